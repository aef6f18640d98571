"""What misspellings can be ruled out by without comparing letters: how long the terms are and which
letters they hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


def _bits() -> npt.NDArray[np.uint32]:
    bits: npt.NDArray[np.uint32] = np.left_shift(np.uint32(1), np.arange(256, dtype=np.uint32) & np.uint32(31))
    # The newline between terms is none of their letters.
    bits[ord("\n")] = 0
    return bits


BITS = _bits()


@dataclass(frozen=True, slots=True)
class TermShapes:
    """Shapes of consecutive terms.

    Attributes:
        sizes: (terms) letters of each.
        letters: (terms) a bit for each letter that occurs, by the last of its bytes; some letters
            share one.
        wide: (terms) True where there are letters beyond ASCII.
    """

    sizes: npt.NDArray[np.int32]
    letters: npt.NDArray[np.uint32]
    wide: npt.NDArray[np.bool_]

    def part(self, first: int, last: int) -> TermShapes:
        """Those of terms ``first`` to ``last`` (exclusive)."""
        return TermShapes(self.sizes[first:last], self.letters[first:last], self.wide[first:last])


def shapes_of(data: npt.NDArray[np.uint8], ends: npt.NDArray[np.int64]) -> TermShapes:
    """Shapes of terms that stand one after another, each with a newline behind it.

    Args:
        data: their bytes.
        ends: (terms + 1) where each begins, and the end of the last.
    """
    lasts = _last_bytes(data)
    return TermShapes(
        np.add.reduceat(lasts, ends[:-1], dtype=np.int32) - 1,
        np.bitwise_or.reduceat(BITS.take(data) * lasts, ends[:-1]),
        np.logical_or.reduceat(data >= 0x80, ends[:-1]),
    )


def letters_of(text: str) -> np.uint32:
    """A bit for each letter of a text, as in :class:`TermShapes`."""
    data = np.frombuffer(text.encode("utf-8", "replace") + b"\n", dtype=np.uint8)
    return np.uint32(np.bitwise_or.reduce(BITS.take(data) * _last_bytes(data)))


def _last_bytes(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """(bytes) True for the last byte of each letter of UTF-8: the next one begins another."""
    lasts = np.ones(len(data), dtype=bool)
    np.not_equal(data[1:] & 0xC0, 0x80, out=lasts[:-1])
    return lasts
