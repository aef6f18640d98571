"""What a word that is sought stands for beside itself: words with others written onto their fronts,
and other ways of writing it.

These cannot be told when a text is read (is that letter "and", or the word's own?), but they can be
added to a word that is sought.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from search.analysis.chinese import other_forms
from search.analysis.spelling_passes import APOSTROPHES, HALF_SPACE
from search.analysis.terms import fold_word, has_runs, term_of, token_texts

#: What is written onto the front of the next word: "and", "so", "in", "for", "like"; in Hebrew also "the", "from", "that".
PREFIXES = {
    "ar": ("و", "ف", "ب", "ل", "ك", "وب", "ول"),
    "he": (
        "ו",
        "ה",
        "ב",
        "כ",
        "ל",
        "מ",
        "ש",
        "וה",
        "וב",
        "ול",
        "ומ",
        "וכ",
        "וש",
        "שה",
        "שב",
        "של",
        "שמ",
        "מה",
        "כש",
        "לכ",
    ),
}
#: A word of fewer letters stands for itself only.
_LEAST = {"ar": 4, "he": 3}
#: Ways of writing one word that are tried.
MOST_SPELLINGS = 12
#: A longer word is not taken apart.
_LONGEST = 40

_LETTER = r"[^\W\d_]"
_INITIALS = re.compile(rf"(?:{_LETTER}\.){{1,5}}{_LETTER}\.?")
_PIECES = re.compile(rf"{_LETTER}+|\d+")
_MODEL = re.compile(
    rf"{_LETTER}{{1,12}}[-\u2010-\u2012\u2212]?\d{{1,5}}(?:[-\u2010-\u2012\u2212]?{_LETTER}{{1,3}})?|\d{{1,5}}[-\u2010-\u2012\u2212]?{_LETTER}{{1,3}}"
)
_HYPHENED = re.compile(rf"{_LETTER}{{1,20}}(?:[-\u2010-\u2012{APOSTROPHES}]{_LETTER}{{1,20}}){{1,3}}")
_NUMBER = re.compile(r"\d{4,12}")
# Years are nearly never grouped.
_YEARS = range(1000, 2200)
# Articles, pronouns and prepositions of French, Italian, Catalan and their kin before a vowel.
_ELIDED = re.compile(
    rf"(?:[cdjlmnst]|qu|gl|un|dell|all|nell|dall|sull|coll|quell|quest|bell|sant|anch|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu)"
    rf"[{APOSTROPHES}](?=[aeiouyhæœàâäáãåèéêëìíîïòóôöõùúûüÿ])(?P<word>.{{2,}})",
    re.IGNORECASE,
)
_ARABIC_WORD = re.compile("[\u0620-\u06ff]{5,20}")
_LEAST_PART = 2
_HANGUL = re.compile("[\uac00-\ud7a3]+")
# Particles of Korean, the longest first; the word before them has two syllables or more.
_PARTICLES = re.compile(
    "(?<=..)(?:에서는|에서도|으로는|으로도|에게서|이라고|까지|부터|에서|에게|으로|처럼|보다|마저|조차|밖에|에는|에도|이나|이란|라고|라는|"
    "은|는|이|가|을|를|의|에|로|와|과|도|만|나|란)$"
)


def has_clitics(word: str, profile: str) -> bool:
    """Whether a word may have others written onto its front in a profile, so that it stands for
    several terms."""
    return profile in PREFIXES and not word.isascii()


def query_terms(word: str, profile: str) -> tuple[str, ...]:
    """The terms that a word sought stands for: its own first, then those of the word with what is
    written onto it."""
    own = term_of(word, profile)
    if not has_clitics(word, profile) or len(folded := fold_word(word)) < _LEAST[profile]:
        return (own,)
    # The prefixes are folded as they are.
    return tuple(dict.fromkeys([own, *(term_of(prefix + folded, profile) for prefix in PREFIXES[profile])]))


def bare_words(word: str, profile: str) -> tuple[str, ...]:
    """The word without each of the letters that may have been written onto its front
    (``وأرمينيا``: ``أرمينيا``).

    They may as well be its own first letters (``وزارة``); which it is, the articles tell: the
    likelier word stands in more.
    """
    if not has_clitics(word, profile):
        return ()
    rests = (word.removeprefix(prefix) for prefix in PREFIXES[profile] if word.startswith(prefix))
    return tuple(rest for rest in rests if len(fold_word(rest)) >= _LEAST[profile])


@lru_cache(maxsize=4096)
def spellings(word: str) -> tuple[str, ...]:
    """Texts that one typed word without a space stands for, itself first: some are several words.

    ``TB-2``: also ``TB2``; ``US``: ``U S``, which is what ``U.S.`` is cut into; ``l'Arménie``:
    ``Arménie``; ``10000``: ``10 000``; ``外交官员``: ``外交官員``; a Korean word without its particle.
    """
    if len(word) > _LONGEST:
        return (word,)
    found = dict.fromkeys([word])
    for others in (_initials, _models, _numbers, _words, _chinese, _korean):
        found |= dict.fromkeys(others(word))
    return tuple(found)[:MOST_SPELLINGS]


def is_arabic(word: str) -> bool:
    """Whether a word is of Arabic letters, as Persian ones are."""
    return _ARABIC_WORD.fullmatch(word) is not None


def persian_parts(word: str) -> tuple[str, ...]:
    """The two words that a Persian word may be, written with a space for the half-space that was
    left out."""
    if not is_arabic(word):
        return ()
    return tuple(f"{word[:at]} {word[at:]}" for at in range(_LEAST_PART, len(word) - _LEAST_PART + 1))


def joined_words(words: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Neighbouring words that may be one: first, last-plus-one, and how it is written.

    Numbers in groups (``1 000 000``), models (``TB 2``), Persian words.
    """
    found = []
    at = 0
    while at < len(words) - 1:
        end = at + 1
        if re.fullmatch(r"\d{1,3}", words[at]):
            while end < len(words) and re.fullmatch(r"\d{3}", words[end]):
                end += 1
        if end == at + 1 and _one_word(words[at], words[at + 1]):
            end += 1
        if end > at + 1:
            found.append((at, end, "".join(words[at:end])))
        at = end
    return found


def _one_word(one: str, other: str) -> bool:
    if is_arabic(one + other):
        return min(len(one), len(other)) >= _LEAST_PART
    return one.isalpha() and one.isupper() and len(one) <= 4 and other.isdigit() and len(other) <= 4


def _initials(word: str) -> list[str]:
    if _INITIALS.fullmatch(word):
        return [word.replace(".", "")]
    if word.isalpha() and word.isupper() and 2 <= len(word) <= 4 and not has_runs(word):
        return [" ".join(word)]
    return []


def _models(word: str) -> list[str]:
    """With and without what may stand between letters and digits."""
    if not _MODEL.fullmatch(word):
        return []
    pieces = _PIECES.findall(word)
    ways = (
        "".join(map("".join, zip(pieces, (*seams, ""), strict=True)))
        for seams in product(("", " "), repeat=len(pieces) - 1)
    )
    return list(ways)


def _numbers(word: str) -> list[str]:
    own = token_texts(word)
    if len(own) != 1 or not _NUMBER.fullmatch(own[0]) or own[0].startswith("0"):
        return []
    number = fold_word(own[0])
    if int(number) in _YEARS and len(word) == len(number):
        return []
    return [f"{int(number):,}".replace(",", " ")]


def _words(word: str) -> list[str]:
    elided = _ELIDED.fullmatch(word)
    found = [elided["word"]] if elided else []
    if HALF_SPACE in word:
        found.append(word.replace(HALF_SPACE, ""))
    if _HYPHENED.fullmatch(word) and not elided:
        found.append("".join(_PIECES.findall(word)))
    return found


def _chinese(word: str) -> list[str]:
    return list(other_forms(word))


def _korean(word: str) -> list[str]:
    if not _HANGUL.fullmatch(word):
        return []
    bare = _PARTICLES.sub("", word)
    return [] if bare == word else [bare]
