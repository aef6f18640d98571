"""Names of persons: what may be one, and the role that a line gives one."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from search.folding import fold
from search.names.outlets import has_honorific, has_outlet_word, is_known_outlet

MAX_NAME_WORDS = 6


_FIRST_NAMES = Path(__file__).parents[1] / "countries" / "data" / "first_names.txt"


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    lines = _FIRST_NAMES.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for line in lines if not line.startswith("#") for word in line.split())


def looks_like_name(text: str) -> bool:
    """Whether ``text`` could be the name of a person or an outlet: few words, capitals where the
    script has them."""
    words = text.split()
    if (
        not 1 <= len(words) <= MAX_NAME_WORDS
        or len(text) > 60
        or any(char.isdigit() or char in ":：?!" for char in text)
    ):
        return False
    if text[-1] in ",!?:;،؛؟…。" or text[0] in '"“«' or any(char in "，、。" for char in text):
        return False
    if text[-1] == "." and (len(words[-1]) > 4 or not any(char.isupper() for char in words[-1])):
        return False
    for word in words:
        if not NAME_WORD.match(word) and word not in ("&", "-", "–"):
            return False
        letter = next((char for char in word if char.isalpha()), "")
        # Российская газета, El diario: an outlet's common noun is written small in many languages.
        if word != words[0] and letter.islower() and has_outlet_word(word):
            continue
        if (
            letter.islower()
            and fold(word) not in PARTICLES
            and not word.startswith(("al-", "el-", "d'", "d’", "l'", "l’", "د."))
        ):
            return False
    return True


def role_of_name(name: str, repeats: int = 1) -> str | None:
    """``outlet``, ``author`` or ``None`` for a bare name beside a title, ``repeats`` of which the
    page has."""
    if not looks_like_name(name):
        return None
    if has_honorific(name):
        return "author"
    if is_known_outlet(name) or has_outlet_word(name):
        return "outlet"
    words = name.split()
    if words[0].startswith("ال"):
        return "outlet"  # an Arabic given name has no article
    if fold(words[0]) in _first_names() and len(words) in (2, 3, 4):
        return "author"
    if (
        len(words) == 1
        or repeats >= 3
        or fold(words[0]) == "the"
        or any(fold(word) in ("of", "for", "the") for word in words)
    ):
        return "outlet"
    return "author" if len(words) <= 4 else None


def is_first_name(name: str) -> bool:
    """Whether a name begins with a given name that is known."""
    return fold(name.split()[0]) in _first_names()


PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "del",
        "della",
        "della",
        "la",
        "le",
        "les",
        "du",
        "des",
        "van",
        "von",
        "der",
        "den",
        "ten",
        "ter",
        "zu",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "abu",
        "abou",
        "and",
        "y",
        "e",
        "et",
        "und",
        "i",
        "ve",
        "ile",
        "и",
        "та",
        "och",
        "og",
        "of",
        "the",
        "for",
        "&",
        "o'",
        "mc",
        "st",
        "ap",
        "bint",
    ]
)
NAME_WORD = re.compile(r"^[\"'“«(]?[^\W\d_]")
