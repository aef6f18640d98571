"""One spelling before words are cut: the same for an article, a question and what is marked.

A text goes through a table of passes. Each takes away or replaces characters that decide where a
word ends, or that cannot be seen: direction marks, half-width letters, the apostrophe inside a
Ukrainian word, the comma in 1,000. What only changes a word's letters is `terms.fold_word`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from search.analysis.spelling_passes import PASSES, Pass
from search.engine.writing.splitter import code_points

#: Bits of characters that may stand beside a mark; those below are the marks of the passes.
SIDES_BIT = 16
_MARKS = np.uint32((1 << SIDES_BIT) - 1)
#: Of texts as short as a word each character is looked at, which is quicker than making arrays.
SHORT = 40
Places = NDArray[np.int64]
#: A stretch of a text, first and last-plus-one character, and what is written instead.
Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text in one spelling, and where its characters came from.

    `starts` and `ends` are (characters): first and last-plus-one character in the text as it was;
    None where nothing changed.
    """

    text: str
    starts: Places | None = None
    ends: Places | None = None

    def original(self, starts: Places, ends: Places) -> tuple[Places, Places]:
        """Stretches of the spelling, none of them empty, as stretches of the text as it was."""
        if self.starts is None or self.ends is None:
            return starts, ends
        return self.starts.take(starts), self.ends.take(ends - 1)


def respell(text: str) -> str:
    """The text in one spelling. Doing it twice changes nothing more."""
    return text if _stays(text) else _respelled(text, tracked=False).text


def spelled(text: str) -> Spelled:
    """:func:`respell`, with the places."""
    return Spelled(text) if _stays(text) else _respelled(text, tracked=True)


def _stays(text: str) -> bool:
    """Whether it takes no more than a look to see that there is nothing to do."""
    if len(text) <= SHORT:
        return _mark_characters().isdisjoint(text)
    return text.isascii() and "'" not in text and not _has_groups(text)


def _respelled(text: str, *, tracked: bool) -> Spelled:
    result = Spelled(text)
    marks = _Marks(text)
    for number, one in enumerate(PASSES):
        if marks.present >> number & 1:
            edits = list(_edits(one, result.text, marks.of(number, one)))
            if edits:
                result = _applied(result, edits, tracked)
                marks = _Marks(result.text)
    return result


def _has_groups(text: str) -> bool:
    """Whether an ASCII text may have a number in groups: the one thing in most of them."""
    return b"1,1" in text.encode("ascii").translate(_ascii_shapes())


class _Marks:
    """The characters of a text that call for passes."""

    def __init__(self, text: str) -> None:
        kinds = np.zeros(len(text) + 2, dtype=np.uint32)
        np.take(_table(), code_points(text), out=kinds[1:-1], mode="clip")
        places = np.flatnonzero(kinds & _MARKS)
        self._places = places - 1
        self._kinds = kinds.take(places)
        self._beside = kinds.take(places - 1) & kinds.take(places + 1)
        #: Bit n where pass n may have something to do.
        self.present = int(np.bitwise_or.reduce(self._kinds)) if len(places) else 0

    def of(self, number: int, one: Pass) -> list[int]:
        """Where a pass is called for."""
        called = self._kinds & np.uint32(1 << number) != 0
        if one.sides is not None:
            called &= self._beside & np.uint32(1 << (SIDES_BIT + _sides().index(one.sides))) != 0
        places: list[int] = self._places.compress(called).tolist()
        return places


@cache
def _mark_characters() -> frozenset[str]:
    return frozenset(map(chr, np.flatnonzero(_table() & _MARKS).tolist()))


@cache
def _ascii_shapes() -> bytes:
    """A digit for any digit, a comma for what groups them, a space for the rest."""
    return bytes(49 if 48 <= code < 58 else 44 if code in b",.'" else 32 for code in range(256))


@cache
def _sides() -> list[re.Pattern[str]]:
    return list(dict.fromkeys(one.sides for one in PASSES if one.sides is not None))


@cache
def _table() -> NDArray[np.uint32]:
    """(code points) bit n for the marks of pass n, above them a bit for each kind of sides."""
    table = np.zeros(0x110000, dtype=np.uint32)
    characters = "".join(map(chr, range(0x10000)))
    kinds = dict(enumerate(one.marks for one in PASSES)) | dict(enumerate(_sides(), SIDES_BIT))
    for number, kind in kinds.items():
        table[[match.start() for match in kind.finditer(characters)]] |= np.uint32(1 << number)
    return table


def _edits(one: Pass, text: str, places: Iterable[int]) -> Iterator[Edit]:
    """The changes of a pass, in order and apart."""
    done = 0
    for place in places:
        for back in one.backs:
            start = place - back
            match = one.pattern.match(text, start) if start >= done else None
            if match is not None:
                done = match.end()
                new = one.replaced(match)
                if new != match.group():
                    yield match.start(), done, new
                break


def _applied(before: Spelled, edits: list[Edit], tracked: bool) -> Spelled:
    parts: list[str] = []
    spans: list[tuple[Places, Places]] = []
    at = 0
    for start, end, new in (*edits, (len(before.text), len(before.text), "")):
        parts += [before.text[at:start], new]
        if tracked:
            kept = np.arange(at, start)
            spans += [(kept, kept + 1), (np.full(len(new), start), np.full(len(new), end))]
        at = end
    text = "".join(parts)
    if not tracked:
        return Spelled(text)
    starts, ends = (np.concatenate(its) for its in zip(*spans, strict=True))
    return Spelled(text, *before.original(starts, ends))
