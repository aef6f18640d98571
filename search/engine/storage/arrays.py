"""Small array helpers used by several modules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.integer[Any]]
Docs = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

# Items worked on at once: arrays of so many stay in the processor's cache, and their memory is not fresh each time.
STRETCH = 1 << 18

NO_DOCS: Docs = np.zeros(0, dtype=np.int32)


def narrowest(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same non-negative integers in the smallest unsigned type that holds them."""
    top = int(values.max()) if values.size else 0
    for dtype in (np.uint8, np.uint16, np.uint32):
        if top <= np.iinfo(dtype).max:
            return values.astype(dtype, copy=False)
    return values.astype(np.uint64, copy=False)


def starts_of(counts: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Offsets of consecutive runs of the given lengths: ``len(counts) + 1`` items, the last is the
    total."""
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def lengths_of(starts: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Lengths of consecutive runs from their offsets: the inverse of :func:`starts_of`."""
    wide = starts.astype(np.int64)
    lengths: npt.NDArray[np.int64] = wide[1:] - wide[:-1]
    return lengths


def ragged(starts: npt.NDArray[Any], lengths: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Indexes ``starts[i] .. starts[i] + lengths[i]`` for every i, one after another."""
    ends = np.cumsum(lengths, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    indexes = np.arange(total, dtype=np.int64)
    indexes += np.repeat(np.asarray(starts, dtype=np.int64) - (ends - lengths), lengths)
    return indexes


def stretches(ends: npt.NDArray[Any], most: int) -> Iterator[tuple[int, int]]:
    """Runs of items, (first, last exclusive), that hold about ``most`` of something together, one
    item at least.

    Args:
        ends: (n) how much of it there is up to the end of each item.
        most: what is computed for a run takes several times its memory.
    """
    first, held = 0, 0
    while first < len(ends):
        last = max(first + 1, int(np.searchsorted(ends, held + most, side="right")))
        yield first, last
        first, held = last, int(ends[last - 1])


def firsts(ordered: npt.NDArray[Any]) -> Mask:
    """(n) True where a value differs from the one before."""
    found = np.empty(len(ordered), dtype=bool)
    found[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=found[1:])
    return found
