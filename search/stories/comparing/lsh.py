"""Articles with a like signature, found without comparing every pair: locality-sensitive hashing in NumPy arrays."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from search.stories.comparing.signatures import BANDS, HASHES, Signature, band_hashes

#: Estimated share of word pairs below which a candidate is not worth reading: near copies share half or more, the
#: estimate's error is .065.
MIN_RESEMBLANCE = 0.3

_BUCKETS = 1 << 16  # a band; chains stay short up to a million articles
# Room that costs nothing until it is used: the system hands out memory as rows are written, and copying arrays to larger
# ones takes longer than an addition may.
_CAPACITY = 1 << 18
# The newest articles of a bucket that are looked at: a text repeated ten thousand times costs no more than this.
_MAX_CHAIN = 300
_BAND_NUMBERS = np.arange(BANDS)


class StoryIndex:
    """Signatures by article id, 220 bytes an article and 5 MB besides.

    Every bucket of a band holds a chain of articles, the newest first; all bands are followed at once.
    ``capacity`` is how many articles there is room for before arrays have to be copied (a tenth of a second or more).
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._heads = np.full((BANDS, _BUCKETS), -1, dtype=np.int32)
        # The low half of every hash: enough to tell whether two are equal, and half the memory.
        self._hashes = np.empty((capacity, HASHES), dtype=np.uint16)
        self._older = np.empty((capacity, BANDS), dtype=np.int32)
        self._ids = np.empty(capacity, dtype=np.int64)
        self._live = np.zeros(capacity, dtype=np.bool_)
        self._row_of: dict[int, int] = {}
        self._used = 0

    def __len__(self) -> int:
        return len(self._row_of)

    def __contains__(self, article_id: int) -> bool:
        return article_id in self._row_of

    def add(self, article_id: int, sketch: Signature) -> list[int]:
        """Put an article in; returns the ids of those like it, the most like first.

        An article that is in already is replaced.
        """
        self.discard(article_id)
        hashes = sketch.hashes
        buckets = _buckets(hashes[np.newaxis])[0]
        found = self._candidates(hashes, buckets)
        self._insert(article_id, hashes, buckets)
        return found

    def candidates(self, sketch: Signature) -> list[int]:
        """The ids of the articles like this one, the most like first, without putting it in."""
        hashes = sketch.hashes
        return self._candidates(hashes, _buckets(hashes[np.newaxis])[0])

    def extend(self, articles: Iterable[tuple[int, Signature]]) -> None:
        """Put in articles whose copies are known already, as when a run starts from the database."""
        for article_id, sketch in articles:
            self.discard(article_id)
            hashes = sketch.hashes
            self._insert(article_id, hashes, _buckets(hashes[np.newaxis])[0])

    def discard(self, article_id: int) -> None:
        """Leave an article out from now on; nothing happens when it is not in."""
        row = self._row_of.pop(article_id, None)
        if row is not None:
            self._live[row] = False

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
        unique = unique[self._live[unique]]
        likely = unique[likely_rows(self._hashes[unique], hashes.astype(np.uint16))]
        return [int(article_id) for article_id in self._ids[likely]]

    def _insert(self, article_id: int, hashes: NDArray[np.uint32], buckets: NDArray[np.int64]) -> None:
        row = self._used
        if row == len(self._ids):
            self._grow()
        self._hashes[row] = hashes.astype(np.uint16)
        self._ids[row] = article_id
        self._live[row] = True
        self._older[row] = self._heads[_BAND_NUMBERS, buckets]
        self._heads[_BAND_NUMBERS, buckets] = row
        self._row_of[article_id] = row
        self._used += 1

    def _grow(self) -> None:
        # By half, so that little is held unused.
        capacity = len(self._ids) + len(self._ids) // 2 + 1
        for name in ("_hashes", "_older", "_ids", "_live"):
            held: NDArray[np.generic] = getattr(self, name)
            larger = np.zeros((capacity, *held.shape[1:]), dtype=held.dtype)
            larger[: len(held)] = held
            setattr(self, name, larger)


def likely_rows(hashes: NDArray[np.unsignedinteger], own: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
    """Of (articles, 60) signature values, the rows worth comparing with one article's own, the most like first."""
    resemblance = (hashes == own).mean(axis=1)
    order: NDArray[np.int64] = np.argsort(-resemblance, kind="stable")
    return order[: int((resemblance >= MIN_RESEMBLANCE).sum())]


def _buckets(hashes: NDArray[np.uint32]) -> NDArray[np.int64]:
    return (band_hashes(hashes) % np.uint64(_BUCKETS)).astype(np.int64)
