"""How text becomes terms: the same for indexing, querying, highlighting and looking up names.

Words are runs of letters, digits and combining marks, split at apostrophes (``l'Arménie``,
``Türkiye'nin``); text written without spaces becomes overlapping pairs of characters. Each article
is analysed in its own language, and its terms carry the language's tag (``nation:en``,
``nation:fr``), so that one field serves all languages and no stem of one is mistaken for a word of
another.

People leave accents out, so words are folded before they are stemmed: the two spellings of a word
always share a term.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import Stemmer
from numpy.typing import NDArray

from search.engine.writing.splitter import CharacterSplitter, code_points, word_characters

PLAIN = "xx"
#: Between a stem and its language: terms of one stem stand next to each other in the index. No word holds it.
TAG = ":"
STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# Han, Kana, Thai, Lao, Burmese, Khmer: written without spaces between words.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# These stand inside words and mean nothing there: zero-width joiners of Persian, soft hyphens. fold() drops them.
JOINERS = "\u200c\u200d\u00ad"


def _word_class() -> str:
    """Letters, digits and marks, as the engine's splitter has them, for a character class."""
    inside = word_characters().copy()
    inside[[ord(character) for character in JOINERS]] = True
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False)).tolist()
    return "".join(f"\\U{first:08x}-\\U{end - 1:08x}" for first, end in zip(edges[0::2], edges[1::2], strict=True))


_WORD = rf"(?:(?![{_UNSPACED}])[{_word_class()}])+"
_TOKEN = re.compile(rf"(?P<run>[{_UNSPACED}]+)|(?P<word>{_WORD})")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_RUN = re.compile(f"[{_UNSPACED}]")

_FOLDED_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ە": "ه",
        "ؤ": "و", "ئ": "ي", "ہ": "ه", "ھ": "ه", "ـ": None, "\u200c": None, "\u200d": None, "\u00ad": None,
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ə": "e", "þ": "th", "ð": "d",
        "ё": "е", "ґ": "г",
    }
)  # fmt: skip
# Marks whose loss changes no letter: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs. The й of
# Cyrillic is put back afterwards: it is a letter. Indic and other marks are vowels and stay.
_DROPPED = re.compile(
    "[\u0300-\u0305\u0307-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)
_BREVE = re.compile("(?<![иИ])\u0306")
_MAX_WORD_CHARACTERS = 64
# "And the …", "so by the …": the stemmer takes the article away but not what stands before it.
_TWICE = frozenset({"fr", "es", "pt", "ca"})
_ARABIC_PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول")
_LEAST_ARABIC_CHARACTERS = 4
# Arabic words are cut as light10 does (Larkey, Ballesteros, Connell 2007), and a little more: the article with what is
# written before it, then endings of number, gender and possession. Snowball's Arabic stemmer cuts a word with the article
# elsewhere than without it (المفاوضات, مفاوضات).
_ARABIC_ARTICLE = re.compile("^[وف]?(?:ال|بال|كال|لل)(?=..)")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_LEAST_ARABIC_STEM = 2
# Case endings of nouns and adjectives. The Russian stemmer takes some for verbs (Азербайджана became "азербайджа"), and
# Ukrainian and Belarusian have none.
_LIGHT_ENDINGS = {
    "ru": re.compile("(?<=...)(?:иями|ями|ами|ией|иям|ием|иях|ого|его|ому|ему|ыми|ими|ев|ов|ей|ой|ый|ий|ая|яя|ое|ее|ые|ие|"
                     "ам|ям|ах|ях|ом|ем|ым|им|ую|юю|ию|ия|ии|ью|а|я|у|ю|ы|и|е|о|ь|й)$"),
    "uk": re.compile("(?<=...)(?:іями|ями|ами|ією|еві|ові|ого|ому|ими|іям|іях|ію|ія|ії|ів|їв|ей|ой|ий|ій|ою|ею|єю|ам|ям|ах|ях|"
                     "ом|ем|єм|им|их|а|я|у|ю|и|і|ї|е|є|о|ь|й)$"),
    "be": re.compile("(?<=...)(?:іямі|ямі|амі|ага|яга|аму|яму|ымі|імі|ой|ай|яй|ый|ій|ая|яя|ае|ое|ыя|ія|ам|ям|ах|ях|ом|ем|ым|ім|"
                     "ыю|ію|оў|аў|яў|а|я|у|ю|ы|і|е|о|э|ь|й)$"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word, or one pair of an unspaced run. Offsets are in the original text; `position` counts
    tokens from 0."""

    text: str
    start: int
    end: int
    position: int
    unspaced: bool = False


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """The form in which spellings of a word are equal: case, accents, Arabic letter forms, tatweel
    and marks are gone."""
    if word.isascii():
        return word.lower()
    # Compatibility letters (𝚨) have capitals of their own, so the case goes after the forms.
    plain = unicodedata.normalize("NFKD", word).casefold().replace("i\u0307", "i")
    parts = unicodedata.normalize("NFKD", plain)
    kept = _BREVE.sub("", _DROPPED.sub("", parts))
    joined = unicodedata.normalize("NFC", kept).translate(_FOLDED_LETTERS)
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and unicodedata.digit(c, None) is not None else c for c in joined
    )


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, in order. A run of n unspaced characters gives its n-1 pairs and then
    its last character."""
    position = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.lastgroup == "word":
            yield Token(match.group(), start, end, position)
            position += 1
            continue
        for at in range(start, end):
            pair_end = min(at + 2, end)
            yield Token(text[at:pair_end], at, pair_end, position, unspaced=True)
            position += 1


def query_tokens(text: str) -> list[Token]:
    """The tokens of a query's text: without the single characters that end unspaced runs of two and
    more."""
    kept: list[Token] = []
    before: Token | None = None
    for token in tokens(text):
        ends_run = token.unspaced and len(token.text) == 1 and before is not None and before.end > token.start
        if not ends_run:
            kept.append(token)
        before = token
    return kept


def token_texts(text: str) -> list[str]:
    """The texts of `tokens`, fast: what indexing uses."""
    if text.isascii():
        return _ASCII_WORD.findall(text)
    return [text[start:end] for start, end in token_spans(text)]


def token_spans(text: str) -> list[tuple[int, int]]:
    """First and last-plus-one character of each of the `token_texts`."""
    starts, ends = token_bounds(text)
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def token_bounds(text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The same as two arrays, (tokens): the place of a token number in the text, without a look at
    the words."""
    codes = code_points(text)
    if not has_runs(text):
        return _words().bounds(codes)
    unspaced = np.zeros(len(codes) + 2, dtype=bool)
    unspaced[1:-1] = _unspaced().take(codes)
    inside = np.zeros(len(codes) + 2, dtype=bool)
    inside[1:-1] = _words().inside.take(codes)
    inside &= ~unspaced
    begins = inside[1:] & ~inside[:-1]
    starts = np.flatnonzero(begins | unspaced[1:])
    ends = starts + 1 + unspaced[starts + 2]
    words = ~unspaced[starts + 1]
    ends[words] = np.flatnonzero(inside[:-1] & ~inside[1:])
    return starts, ends


def has_runs(text: str) -> bool:
    """Whether some of the text is written without spaces."""
    return not text.isascii() and _RUN.search(text) is not None


@cache
def _words() -> CharacterSplitter:
    return CharacterSplitter(fold=str, joining=JOINERS)


@cache
def _unspaced() -> NDArray[np.bool_]:
    """(code points) those of scripts written without spaces."""
    table = np.zeros(0x110000, dtype=bool)
    for run in re.finditer(f"[{_UNSPACED}]+", "".join(map(chr, range(len(table))))):
        table[run.start() : run.end()] = True
    return table


#: Every analysis there is.
PROFILES = (PLAIN, *STEMMERS, *(name for name in _LIGHT_ENDINGS if name not in STEMMERS))


def profile_of(language: str) -> str:
    """The analysis a language gets: its own where there is a stemmer, else the plain one."""
    return language if language in PROFILES else PLAIN


@cache
def _stemmer(profile: str) -> Stemmer.Stemmer | None:
    return Stemmer.Stemmer(STEMMERS[profile], 0) if profile in STEMMERS else None


@lru_cache(maxsize=100_000)
def term_of(word: str, profile: str) -> str:
    """The term of one token in a profile, tagged with it: ``nation:en``."""
    return _term(fold_word(word), profile)


def _term(folded: str, profile: str) -> str:
    return f"{_stem(folded[:_MAX_WORD_CHARACTERS], profile)}{TAG}{profile}"


def stems_of(word: str, profiles: Iterable[str]) -> dict[str, list[str]]:
    """The stems of one token and the profiles that make each; stem, TAG and profile together are
    :func:`term_of`."""
    folded = fold_word(word)[:_MAX_WORD_CHARACTERS]
    found: dict[str, list[str]] = {}
    for profile in profiles:
        found.setdefault(_stem(folded, profile), []).append(profile)
    return found


def has_clitics(word: str, profile: str) -> bool:
    """Whether a word may have others written onto its front in a profile, so that it stands for
    several terms."""
    return profile == "ar" and not word.isascii()


def query_terms(word: str, profile: str) -> tuple[str, ...]:
    """The terms that a word sought stands for: its own first, then those of the word with what
    Arabic writes onto it.

    "And", "so", "in", "for" and "like" are letters at the front of the next word. They cannot be
    told from letters of the word itself when a text is read, but they can be added to a word that
    is sought.
    """
    own = term_of(word, profile)
    if not has_clitics(word, profile) or len(folded := fold_word(word)) < _LEAST_ARABIC_CHARACTERS:
        return (own,)
    # The prefixes are folded as they are.
    return tuple(dict.fromkeys([own, *(_term(prefix + folded, profile) for prefix in _ARABIC_PREFIXES)]))


def bare_words(word: str, profile: str) -> tuple[str, ...]:
    """The word without each of the letters that Arabic may have written onto its front
    (``وأرمينيا``: ``أرمينيا``).

    They may as well be its own first letters (``وزارة``); which it is, the articles tell: the
    likelier word stands in more.
    """
    if not has_clitics(word, profile):
        return ()
    rests = (word.removeprefix(prefix) for prefix in _ARABIC_PREFIXES if word.startswith(prefix))
    return tuple(rest for rest in rests if len(fold_word(rest)) >= _LEAST_ARABIC_CHARACTERS)


def _stem(word: str, profile: str) -> str:
    if profile == "ar":
        return _arabic_stem(word)
    if profile in _LIGHT_ENDINGS:
        word = _LIGHT_ENDINGS[profile].sub("", word)
    stemmer = _stemmer(profile)
    if stemmer is None:
        return word
    stem = stemmer.stemWord(word)
    # Endings such as -ée are no endings to the stemmer once the accent is gone: a second look takes the rest.
    return str(stemmer.stemWord(stem) if profile in _TWICE else stem)


def _arabic_stem(word: str) -> str:
    word = _ARABIC_ARTICLE.sub("", word)
    for ending in _ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_ARABIC_STEM:
            word = word[: -len(ending)]
    return word
