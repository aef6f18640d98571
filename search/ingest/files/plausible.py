"""How much a decoded text looks like none: words that no language writes, by form alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

_WORD = re.compile(r"\S++")
_MAX_WORDS = 2_000
_MAX_WORD_CHARACTERS = 200
_MAX_SHOWN_WORDS = 300
# Thai: a vowel's sign without its consonant, the sign of an abbreviation inside a word, a digit in a word.
_MISPLACED = re.compile(
    "(?:^|[^\u0e01-\u0e2e\u0e31\u0e33-\u0e3a\u0e45-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|\u0e2f[\u0e01-\u0e2b]|[\u0e50-\u0e59][\u0e01-\u0e2e]"
)
_LOST = "\ufffd"
# What stands inside words of many languages and is no letter.
_JOINERS = frozenset(
    "'’‘ʼ-‐‑–—./·・:&@_,;()[]«»\"“”„!?…،؛؟।、。，：；（）「」『』《》〈〉…％\u200b\u200c\u200d\u2060\ufeff\u00ad\u00a0"
)
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "ARMENIAN", "GEORGIAN", "THAI", "DEVANAGARI")
# Of a word's letters beyond ASCII, in a script that has accents: Vietnamese comes near this.
_MAX_ACCENTED = 0.6
_MIN_ACCENTED_LETTERS = 4
# A text that is all in capitals is one read with the cases of its letters exchanged, as KOI8 does.
_MIN_CASED_LETTERS = 60
_MAX_UPPER = 0.65
_EXCHANGED = 0.5


def oddness(text: str) -> float:
    """The share of words beyond ASCII that no language writes so: letters of several scripts, signs
    between letters, mostly accents, capitals after small letters, lost characters.

    0 for a text in ASCII.
    """
    count = odd = upper = lower = 0
    for match in islice(_words(text), _MAX_WORDS):
        word = match[0][:_MAX_WORD_CHARACTERS]
        count += 1
        odd += _is_odd(word)
        upper += sum(char.isupper() and char > "\x7f" for char in word)
        lower += sum(char.islower() and char > "\x7f" for char in word)
    if not count:
        return 0.0
    exchanged = upper + lower >= _MIN_CASED_LETTERS and upper > _MAX_UPPER * (upper + lower)
    return min(1.0, odd / count + _EXCHANGED * exchanged)


def _words(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _WORD.finditer(text) if not match[0].isascii())


def words_beyond_ascii(text: str) -> str:
    """The first words of a text or page that are not in ASCII, which is all that an encoding can
    get wrong."""
    return " ".join(match[0][:_MAX_WORD_CHARACTERS] for match in islice(_words(text), _MAX_SHOWN_WORDS))


def _is_odd(word: str) -> bool:
    if _LOST in word or any("\x80" <= char <= "\x9f" or "\ue000" <= char <= "\uf8ff" for char in word):
        return True
    scripts = {_script(char) for char in word if char.isalpha()} - {""}
    if len(scripts) > 1 and any(one in scripts for one in ("LATIN", "CYRILLIC", "GREEK")) and _touch(word):
        return True
    letters = [char for char in word if char.isalpha()]
    accents = sum(char > "\x7f" for char in letters)
    if scripts == {"LATIN"} and len(letters) >= _MIN_ACCENTED_LETTERS and accents > _MAX_ACCENTED * len(letters):
        return True
    return _has_sign_inside(word) or _exchanges_case(word) or _MISPLACED.search(word) is not None


def _touch(word: str) -> bool:
    """Whether letters of two scripts stand side by side, in which no particle is joined to a name
    by a sign."""
    before = ""
    for char in word:
        script = _script(char) if char.isalpha() else ""
        if script and before and script != before and {script, before} & {"CYRILLIC", "GREEK", "LATIN"}:
            return True
        before = script
    return False


def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), "")


def _has_sign_inside(word: str) -> bool:
    return any(
        word[at] > "\x7f"
        and word[at] not in _JOINERS
        and unicodedata.category(word[at])[0] in "SPNCZ"
        and unicodedata.category(word[at]) not in ("Nd", "Nl")
        and word[at - 1].isalpha()
        and word[at + 1].isalpha()
        for at in range(1, len(word) - 1)
    )


def _exchanges_case(word: str) -> bool:
    """Whether a small letter beyond ASCII begins a word that goes on in capitals."""
    return len(word) > 2 and word[0] > "\x7f" and word[0].islower() and word[1].isupper() and word[2].isupper()
