"""How text becomes terms: the same for indexing, querying, highlighting and looking up names.

A text is brought to one spelling (`search.analysis.spelling`). Words are then runs of letters,
digits and combining marks, split at apostrophes (``l'Arménie``); text written without spaces, and
Korean, whose words carry particles, becomes overlapping pairs of characters. Each article is
analysed in its own language, and its terms carry the language's tag (``nation:en``,
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
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from search.analysis.spelling import respell, spelled
from search.analysis.stemming import stem_of
from search.engine.writing.splitter import CharacterSplitter, code_points, word_characters

#: Between a stem and its language: terms of one stem stand next to each other in the index. No word holds it.
TAG = ":"
#: Instead of a language, before a word as it is written, where folding changed it: ``ano:=año``.
WRITTEN = "="

# Han, Kana, Thai, Lao, Burmese, Khmer: written without spaces between words. Hangul: particles hide the word.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\uaa60-\uaa7f\ua960-\ua97f\ua9e0-\ua9ff\u1780-\u17ff\u3005-\u3007"
    "\u3040-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)


def _word_class() -> str:
    """Letters, digits and marks, as the engine's splitter has them, for a character class."""
    edges = np.flatnonzero(np.diff(word_characters(), prepend=False, append=False)).tolist()
    return "".join(f"\\U{first:08x}-\\U{end - 1:08x}" for first, end in zip(edges[0::2], edges[1::2], strict=True))


_WORD = rf"(?:(?![{_UNSPACED}])[{_word_class()}])+"
_TOKEN = re.compile(rf"(?P<run>[{_UNSPACED}]+)|(?P<word>{_WORD})")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_RUN = re.compile(f"[{_UNSPACED}]")

_FOLDED_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ە": "ه",
        "ؤ": "و", "ئ": "ي", "ہ": "ه", "ھ": "ه", "ۃ": "ه", "ڪ": "ك", "ـ": None, "·": None,
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ə": "e", "þ": "th", "ð": "d",
        "ё": "е", "ґ": "г",
        # The letters of Malayalam that end a syllable, as the letter and the sign that takes its vowel.
        "ൺ": "ണ്", "ൻ": "ന്", "ർ": "ര്", "ൽ": "ല്", "ൾ": "ള്", "ൿ": "ക്",
    }
)  # fmt: skip
# Marks whose loss changes no letter: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs. The й of
# Cyrillic is put back afterwards: it is a letter. Indic and other marks are vowels and stay.
_DROPPED = re.compile(
    "[\u0300-\u0305\u0307-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    # The dot below that makes a foreign sound of an Indian letter is left out as often.
    "\u093c\u0a3c\u0abc]"
)
_BREVE = re.compile("(?<![иИ])\u0306")
# Armenian ew as it is written in capitals; vowels of Thai and Lao that decompose.
_TOGETHER = (("եւ", "եվ"), ("\u0e4d\u0e32", "\u0e33"), ("\u0ecd\u0eb2", "\u0eb3"))
_MAX_WORD_CHARACTERS = 64
_KEPT_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Token:
    """One word, or one pair of an unspaced run, in the one spelling. Offsets are in the original
    text; `position` counts tokens from 0."""

    text: str
    start: int
    end: int
    position: int
    unspaced: bool = False


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """The form in which spellings of a word are equal: case, accents, Arabic letter forms, tatweel
    and marks are gone."""
    word = respell(word)
    if word.isascii():
        return word.lower()
    # Compatibility letters (𝚨) have capitals of their own, so the case goes after the forms.
    plain = unicodedata.normalize("NFKD", word).casefold().replace("i\u0307", "i")
    parts = unicodedata.normalize("NFKD", plain)
    kept = _BREVE.sub("", _DROPPED.sub("", parts))
    joined = unicodedata.normalize("NFC", kept).translate(_FOLDED_LETTERS)
    for apart, together in _TOGETHER:
        joined = joined.replace(apart, together)
    if joined.isalpha():
        return joined
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and unicodedata.digit(c, None) is not None else c for c in joined
    )


@lru_cache(maxsize=50_000)
def written_word(word: str) -> str:
    """The word as it is written, accents and all; capitals and what cannot be seen do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", respell(word)).lower())


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, in order. A run of n unspaced characters gives its n-1 pairs and then
    its last character."""
    respelled = spelled(text)
    own = respelled.text
    starts, ends = _bounds(own)
    firsts, lasts = respelled.original(starts, ends)
    places = zip(starts.tolist(), ends.tolist(), firsts.tolist(), lasts.tolist(), strict=True)
    for position, (start, end, first, last) in enumerate(places):
        yield Token(own[start:end], first, last, position, _RUN.match(own, start) is not None)


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
    """The texts of `tokens`, fast."""
    return cut_texts(respell(text))


def cut_texts(text: str) -> list[str]:
    """The same of a text in the one spelling: what indexing uses."""
    if text.isascii():
        return _ASCII_WORD.findall(text)
    starts, ends = _bounds(text)
    return [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def token_spans(text: str) -> list[tuple[int, int]]:
    """First and last-plus-one character of each of the `token_texts` in the text."""
    starts, ends = token_bounds(text)
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def token_bounds(text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The same as two arrays, (tokens): the place of a token number in the text, without a look at
    the words."""
    respelled = spelled(text)
    return respelled.original(*_bounds(respelled.text))


def _bounds(text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Those of the tokens of a text in the one spelling."""
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
    return CharacterSplitter(fold=str)


@cache
def _unspaced() -> NDArray[np.bool_]:
    """(code points) those of scripts written without spaces."""
    table = np.zeros(0x110000, dtype=bool)
    for run in re.finditer(f"[{_UNSPACED}]+", "".join(map(chr, range(len(table))))):
        table[run.start() : run.end()] = True
    return table


@lru_cache(maxsize=100_000)
def term_of(word: str, profile: str) -> str:
    """The term of one token in a profile, tagged with it: ``nation:en``."""
    return _term(fold_word(word), profile)


def _term(folded: str, profile: str) -> str:
    return f"{stem_of(_kept(folded), profile)}{TAG}{profile}"


def _kept(folded: str) -> str:
    """The word; of one that nobody would write, its beginning and what tells it from others."""
    if len(folded) <= _MAX_WORD_CHARACTERS:
        return folded
    rest = blake2b(folded[_KEPT_CHARACTERS:].encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return folded[:_KEPT_CHARACTERS] + rest


def stems_of(word: str, profiles: Iterable[str]) -> dict[str, list[str]]:
    """The stems of one token and the profiles that make each; stem, TAG and profile together are
    :func:`term_of`."""
    folded = _kept(fold_word(word))
    found: dict[str, list[str]] = {}
    for profile in profiles:
        found.setdefault(stem_of(folded, profile), []).append(profile)
    return found


def written_term(word: str) -> str | None:
    """The term that marks how a token is written, where that is not how it is folded."""
    if word.isascii():
        return None
    folded = fold_word(word)
    if folded == word.lower():
        return None
    written = written_word(word)
    return None if written == folded else f"{_kept(folded)}{TAG}{WRITTEN}{_kept(written)}"
