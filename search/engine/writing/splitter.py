"""Splits many texts into words at once, by classes of characters, and numbers the words by hash
without making strings of them.

A Python loop spends most of indexing on look-ups of tokens one by one. Here a batch of texts
becomes one array of code points; words are runs of word characters; a rolling hash gives each word
64 bits, and a table of recently seen hashes gives most of them their number at once. Only words not
seen before become strings. See docs/engine.md, "Writing".
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engine.storage.arrays import stretches

Codes = npt.NDArray[np.integer[Any]]
_TABLE_BITS = 20
# Drawn anew in each process, so that nobody can write texts whose words collide.
_BASE = np.uint64(secrets.randbits(64) | 1)
_MIX = np.uint64(secrets.randbits(64) | 1)
# Characters whose words are numbered at once: the arrays of eight bytes for each then stay in the processor's cache.
PIECE_CHARACTERS = 1 << 17
# No number of a word: those that aren't indexed have -1.
_UNKNOWN = -2
_WORD_CATEGORIES = frozenset("LNM")
# The parts of Unicode that hold letters, numbers or marks; the rest is unassigned or for private use.
_ASSIGNED = ((0, 0x34000), (0xE0000, 0xE0200))


@cache
def word_characters() -> npt.NDArray[np.bool_]:
    """(code points) letters, numbers and combining marks: unlike ``\\w``, which cuts vocalised
    Arabic and Hindi into pieces."""
    inside = np.zeros(0x110000, dtype=bool)
    for first, last in _ASSIGNED:
        inside[first:last] = [unicodedata.category(chr(code))[0] in _WORD_CATEGORIES for code in range(first, last)]
    return inside


class CharacterSplitter:
    """A ``Profile.split`` that the bulk writer runs over whole batches; called with one text it
    gives the same words.

    Args:
        fold: applied to each text first, for instance ``str.lower``; must not change with context.
        joining: further characters that belong to words, for instance "'".
    """

    def __init__(self, fold: Callable[[str], str] = str.lower, joining: str = "") -> None:
        self.fold = fold
        self._inside = word_characters()
        if joining:
            self._inside = self._inside.copy()
            self._inside[[ord(character) for character in joining]] = True
            self._inside[ord("\n")] = False

    def __call__(self, text: str) -> list[str]:
        folded = self.fold(text)
        starts, ends = self.bounds(code_points(folded))
        return [folded[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]

    @property
    def inside(self) -> npt.NDArray[np.bool_]:
        """(code points) those that belong to words."""
        return self._inside

    def bounds(self, codes: Codes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """First and last-plus-one character of each word."""
        inside = np.zeros(len(codes) + 2, dtype=bool)
        np.take(self._inside, codes, out=inside[1:-1])
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        return edges[0::2], edges[1::2]


def code_points(text: str) -> Codes:
    """Code points of a text, bytes where it is plain ASCII."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


class _Powers:
    """Powers of the base and of its inverse modulo 2**64, as many as were ever needed."""

    def __init__(self) -> None:
        self.powers = np.ones(1, dtype=np.uint64)
        self.inverses = np.ones(1, dtype=np.uint64)

    def reach(self, count: int) -> None:
        if count > len(self.powers):
            inverse = np.uint64(pow(int(_BASE), -1, 1 << 64))
            size = max(count, PIECE_CHARACTERS + 1)
            for name, base in (("powers", _BASE), ("inverses", inverse)):
                factors = np.full(size, base, dtype=np.uint64)
                factors[0] = 1
                setattr(self, name, np.multiply.accumulate(factors))


_powers = _Powers()


def word_hashes(codes: Codes, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """A 64-bit hash of each word, never 0, the same for the same letters wherever they stand."""
    _powers.reach(len(codes) + 1)
    mixed = (codes.astype(np.uint64) + np.uint64(1)) * _MIX
    mixed ^= mixed >> np.uint64(29)
    mixed *= _powers.powers[: len(codes)]
    total = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(mixed, out=total[1:])
    hashes = (total.take(ends) - total.take(starts)) * _powers.inverses.take(starts)
    hashes ^= hashes >> np.uint64(32)
    hashes *= _MIX
    hashes |= np.uint64(1)
    return hashes


class WordNumberer:
    """Numbers the words of batches for one profile.

    Args:
        splitter: cuts texts into words.
        number: gives the numbers of words seen for the first time, -1 for none.
    """

    def __init__(self, splitter: CharacterSplitter, number: Callable[[list[str]], list[int]]) -> None:
        self._splitter = splitter
        self._number = number
        self._known: dict[int, int] = {}
        # Zeros take no memory before something is written there; no hash is 0.
        self._hashes = np.zeros(1 << _TABLE_BITS, dtype=np.uint64)
        self._numbers = np.zeros(1 << _TABLE_BITS, dtype=np.int32)

    def numbers(self, folded: Sequence[str]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Word numbers of folded texts one after another, and how many words each text has."""
        sizes = np.fromiter(map(len, folded), dtype=np.int64, count=len(folded)) + 1
        pieces = [
            self._numbers_of("\n".join(folded[first:last]), sizes[first:last])
            for first, last in stretches(np.cumsum(sizes), PIECE_CHARACTERS)
        ]
        if len(pieces) == 1:
            return pieces[0]
        numbers, counts = zip(*pieces, strict=True) if pieces else (([],), ([],))
        return np.concatenate(numbers, dtype=np.int32), np.concatenate(counts, dtype=np.int64)

    def _numbers_of(
        self, joined: str, sizes: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """The same for texts joined by line ends; ``sizes`` counts each with its line end."""
        codes = code_points(joined)
        starts, ends = self._splitter.bounds(codes)
        hashes = word_hashes(codes, starts, ends)
        slots = (hashes >> np.uint64(64 - _TABLE_BITS)).astype(np.int64)
        numbers = self._numbers.take(slots)
        missed = np.flatnonzero(self._hashes.take(slots) != hashes)
        if len(missed):
            numbers[missed] = self._look_up(joined, hashes[missed], starts[missed], ends[missed])
        limits = np.searchsorted(starts, np.cumsum(sizes))
        return numbers, np.diff(limits, prepend=0)

    def _look_up(
        self, joined: str, hashes: npt.NDArray[np.uint64], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int32]:
        """Numbers of words not in the table of recent ones; they replace what was in their
        places."""
        distinct, first, inverse = np.unique(hashes, return_index=True, return_inverse=True)
        values = distinct.tolist()
        found = np.fromiter(map(self._known.get, values, repeat(_UNKNOWN)), dtype=np.int32, count=len(values))
        fresh = np.flatnonzero(found == _UNKNOWN)
        if len(fresh):
            begin, end = starts.take(first.take(fresh)).tolist(), ends.take(first.take(fresh)).tolist()
            numbers = self._number([joined[start:stop] for start, stop in zip(begin, end, strict=True)])
            self._known.update(zip(distinct.take(fresh).tolist(), numbers, strict=True))
            found[fresh] = numbers
        slots = (distinct >> np.uint64(64 - _TABLE_BITS)).astype(np.int64)
        self._hashes[slots] = distinct
        self._numbers[slots] = found
        return found.take(inverse)
