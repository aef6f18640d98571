"""One spelling for comparing words of names and labels: case, accents, Arabic letter forms,
tatweel, digits."""

from __future__ import annotations

import sys
import unicodedata
from functools import lru_cache

#: Code points that cannot be seen and mean nothing in a word: hyphens and breaks that may be, marks of direction, forms of
#: signs. The half-space of Persian (U+200C) is not among them.
INVISIBLE = (
    0xAD, 0x61C, 0x180E, 0x200B, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10), 0xFEFF,
)  # fmt: skip
# Letters that mean the same in names as they are written, and that decomposition leaves apart.
_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه",
        "ھ": "ه", "\u0640": None, "ı": "i", "ł": "l", "ø": "o", "đ": "d", "’": "'", "‘": "'", "ʼ": "'",
        "\u200c": " ", **dict.fromkeys(map(chr, INVISIBLE)),
    }
)  # fmt: skip
_BIDI_AND_ZERO_WIDTH = dict.fromkeys(INVISIBLE)


@lru_cache(maxsize=1)
def _digit_table() -> dict[int, str]:
    """Every decimal digit of Unicode to its ASCII digit."""
    return {
        code: str(unicodedata.digit(chr(code)))
        for code in range(0x660, min(sys.maxunicode, 0x1FFFF))
        if unicodedata.category(chr(code)) == "Nd"
    }


def ascii_digits(text: str) -> str:
    """``text`` with the digits of every script written 0-9; one character for one."""
    return text if text.isascii() else text.translate(_digit_table())


def plain_spaces(text: str) -> str:
    """``text`` on one line: runs of any white space become one space, invisible direction marks
    go."""
    return " ".join(text.translate(_BIDI_AND_ZERO_WIDTH).split())


def fold(text: str) -> str:
    """``text`` without case, accents and letter variants; for comparing only, lengths may
    differ."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFKC", bare).translate(_LETTERS)
