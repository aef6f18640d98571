"""One spelling for matching: case, accents, Arabic letter forms and punctuation folded, with a way
back.

Every kept character gives exactly one character, so offsets stay those of the original unless
something is dropped (combining marks, tatweel, invisible format characters); then the places of
what was dropped go along.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_SINGLE = {
    "İ": "i", "ı": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك",
    "’": " ", "ʼ": " ", "ʻ": " ", "\u200c": " ",
}  # fmt: skip
# Marks that readers leave out at will and invisible format characters. The vowel signs of Indic scripts, Thai or Khmer
# are letters of their words and stay; ZWNJ separates Persian words and becomes a space.
_DROPPED = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08d3-\u08e1"
    "\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u200b\u200d-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20f0"
    "\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]"
)


def _fold_char(char: str) -> str:
    if char in _SINGLE:
        return _SINGLE[char]
    base = _DROPPED.sub("", unicodedata.normalize("NFKD", char))
    for candidate in (base.lower(), char.lower(), char):
        if len(candidate) == 1:
            if candidate in _SINGLE:
                return _SINGLE[candidate]
            return candidate if candidate.isalnum() or unicodedata.category(candidate) in ("Mc", "Mn") else " "
    return char


class _FoldTable(dict[int, str]):
    """Filled as characters are met."""

    def __missing__(self, code_point: int) -> str:
        folded = _fold_char(chr(code_point))
        self[code_point] = folded
        return folded


_TABLE = _FoldTable()
_ASCII_TABLE = {code: _fold_char(chr(code)) for code in range(128)}


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; ``dropped[n]`` is the index in it before which ``n + 1`` characters of the
    original were dropped."""

    text: str
    dropped: tuple[int, ...] = ()

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded span ``start:end`` (not empty) stands in the original text."""
        if not self.dropped:
            return start, end
        return start + bisect_right(self.dropped, start), end + bisect_right(self.dropped, end - 1)

    def marked_span(self, text: str, start: int, end: int) -> tuple[int, int]:
        """``original_span`` with the marks that its last letter carries in the original
        ``text``."""
        begin, stop = self.original_span(start, end)
        if self.dropped:
            while stop < len(text) and unicodedata.category(text[stop]) == "Mn":
                stop += 1
        return begin, stop


def fold_with_offsets(text: str) -> Folded:
    """Fold ``text``: lower case, no accents or marks, one Arabic letter form, punctuation as single
    spaces."""
    if text.isascii():
        return Folded(text.translate(_ASCII_TABLE))
    dropped = tuple(found.start() - number for number, found in enumerate(_DROPPED.finditer(text)))
    if dropped:
        text = _DROPPED.sub("", text)
    return Folded(text.translate(_TABLE), dropped)


def fold_key(text: str) -> str:
    """``text`` folded to a look-up key: words separated by single spaces."""
    return " ".join(fold_with_offsets(text).text.split())
