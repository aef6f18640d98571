"""Articles with a like signature, found without comparing every pair: locality-sensitive hashing in
NumPy arrays."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.stories.comparing.signatures import BANDS, HASHES, Signature, band_hashes

#: Estimated share of word pairs below which a candidate is not worth reading: near copies share half or more, the
#: estimate's error is .065.
MIN_RESEMBLANCE = 0.3

Number = TypeVar("Number", bound=np.integer[Any])
_BUCKETS = 1 << 16  # a band; chains stay short up to a million articles
# Room that costs nothing until it is used: the system hands out memory as rows are written, and copying arrays to larger
# ones takes longer than an addition may.
_CAPACITY = 1 << 18
# The newest of a bucket that are looked at: a text repeated ten thousand times costs no more than this.
_MAX_CHAIN = 300
_BAND_NUMBERS = np.arange(BANDS)


class StoryIndex:
    """Signatures by number, in the order in which they were added, from 0: 200 bytes each and 5 MB
    besides.

    Every bucket of a band holds a chain of numbers, the newest first; all bands are followed at
    once. ``capacity`` is how many there is room for before arrays have to be copied (a tenth of a
    second or more).
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._heads = np.full((BANDS, _BUCKETS), -1, dtype=np.int32)
        # The low half of every hash: enough to tell whether two are equal, and half the memory.
        self._hashes = np.empty((capacity, HASHES), dtype=np.uint16)
        self._older = np.empty((capacity, BANDS), dtype=np.int32)
        self._used = 0

    def add(self, sketch: Signature) -> list[int]:
        """Put a signature in; returns the numbers of those like it that were in before, the most
        like first."""
        hashes = sketch.hashes
        buckets = (band_hashes(hashes[np.newaxis]) % np.uint64(_BUCKETS)).astype(np.int64)[0]
        found = self._candidates(hashes, buckets)
        self._insert(hashes, buckets)
        return found

    def _candidates(self, hashes: NDArray[np.uint32], buckets: NDArray[np.int64]) -> list[int]:
        rows = self._heads[_BAND_NUMBERS, buckets]
        bands = _BAND_NUMBERS
        met: list[NDArray[np.int32]] = []
        for _step in range(_MAX_CHAIN):
            inside = rows >= 0
            rows, bands = rows[inside], bands[inside]
            if not len(rows):
                break
            met.append(rows)
            rows = self._older[rows, bands]
        if not met:
            return []
        unique = np.unique(np.concatenate(met))
        likely: list[int] = unique[likely_rows(self._hashes[unique], hashes.astype(np.uint16))].tolist()
        return likely

    def _insert(self, hashes: NDArray[np.uint32], buckets: NDArray[np.int64]) -> None:
        row = self._used
        if row == len(self._hashes):
            # By half, so that little is held unused.
            capacity = row + row // 2 + 1
            self._hashes = _longer(self._hashes, capacity)
            self._older = _longer(self._older, capacity)
        self._hashes[row] = hashes.astype(np.uint16)
        self._older[row] = self._heads[_BAND_NUMBERS, buckets]
        self._heads[_BAND_NUMBERS, buckets] = row
        self._used += 1


def likely_rows(hashes: NDArray[np.unsignedinteger], own: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
    """Of (articles, 60) signature values, the rows worth comparing with one article's own, the most
    like first."""
    resemblance = (hashes == own).mean(axis=1)
    order: NDArray[np.int64] = np.argsort(-resemblance, kind="stable")
    return order[: int((resemblance >= MIN_RESEMBLANCE).sum())]


def _longer(held: NDArray[Number], capacity: int) -> NDArray[Number]:
    """A copy with room for so many rows."""
    longer = np.empty((capacity, *held.shape[1:]), dtype=held.dtype)
    longer[: len(held)] = held
    return longer
