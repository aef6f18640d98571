"""What a node of a query tree matches: documents, and scores only for the documents somebody asks
about."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from search.engine.storage.arrays import NO_DOCS, Docs, Mask, Scores

# Cost of a binary search for one document against one step of a scan through a list, measured.
SEARCH_COST = 12
# Lists of together less than this share of the documents are merged as lists; longer ones as arrays over all documents.
SPARSE_SHARE = 8


def positions_in(haystack: Docs, needles: Docs, size: int) -> npt.NDArray[np.intp]:
    """Where each of ``needles`` stands in ``haystack``; all of them do.

    Args:
        haystack: ascending documents.
        needles: ascending documents, a subset.
        size: number of documents in the snapshot.
    """
    if len(needles) * SEARCH_COST < len(haystack):
        return np.searchsorted(haystack, needles)
    flags = np.zeros(size, dtype=bool)
    flags[needles] = True
    return np.flatnonzero(flags.take(haystack))


def intersect(a: Docs, b: Docs, size: int) -> Docs:
    """Documents in both of two ascending lists."""
    if len(a) > len(b):
        a, b = b, a
    if not len(a):
        return NO_DOCS
    if len(a) * SEARCH_COST < len(b):
        places = np.searchsorted(b, a)
        places[places == len(b)] = 0
        return a.compress(b.take(places) == a)
    flags = np.zeros(size, dtype=bool)
    flags[a] = True
    return b.compress(flags.take(b))


class Hits:
    """Documents as an ascending list, a mask, or both, each made when first needed.

    Args:
        size: number of documents in the snapshot (length of masks).
        docs: ascending global document numbers.
        mask: (size) True where matched.
        constant: the score of every match, where scores aren't given.
        dense: (size) scores by document number.
        score: computes scores for an ascending subset of the matches.
    """

    __slots__ = ("_docs", "_mask", "constant", "dense", "score", "size")

    def __init__(
        self,
        size: int,
        docs: Docs | None = None,
        mask: Mask | None = None,
        *,
        constant: float = 0.0,
        dense: Scores | None = None,
        score: Callable[[Docs], Scores] | None = None,
    ) -> None:
        self.size = size
        self._docs = docs
        self._mask = mask
        self.constant = constant
        self.dense = dense
        self.score = score

    @property
    def docs(self) -> Docs:
        """Ascending document numbers."""
        if self._docs is None:
            assert self._mask is not None
            self._docs = np.flatnonzero(self._mask).astype(np.int32)
        return self._docs

    @property
    def mask(self) -> Mask:
        """(size) True where matched."""
        if self._mask is None:
            self._mask = np.zeros(self.size, dtype=bool)
            self._mask[self.docs] = True
        return self._mask

    @property
    def has_mask(self) -> bool:
        """Whether the mask has been made."""
        return self._mask is not None

    def count_at_most(self) -> int:
        """A cheap upper bound of the number of matches."""
        return self.size if self._docs is None else len(self._docs)

    @property
    def adds_nothing(self) -> bool:
        """Whether every score is 0."""
        return self.score is None and self.dense is None and self.constant == 0.0

    def scores(self, docs: Docs) -> Scores:
        """Scores of an ascending subset of the matches; a new array."""
        if self.score is not None:
            return self.score(docs)
        if self.dense is not None:
            return self.dense.take(docs)
        return np.full(len(docs), self.constant, dtype=np.float32)

    def constant_score(self, value: float) -> Hits:
        """The same documents, each with this score."""
        return Hits(self.size, self._docs, self._mask, constant=value)


def listed(docs: Docs, scores: Scores, size: int) -> Hits:
    """Hits with a score for each of a list of documents."""

    def score(subset: Docs) -> Scores:
        if len(subset) == len(docs):
            return scores.copy()
        return scores.take(positions_in(docs, subset, size))

    return Hits(size, docs, score=score)


def nothing(size: int) -> Hits:
    """No documents."""
    return Hits(size, NO_DOCS)


def all_of(children: list[Hits]) -> Docs:
    """Documents that every child matches, starting with the rarest."""
    ordered = sorted(children, key=Hits.count_at_most)
    if ordered[0].count_at_most() == ordered[0].size:
        masks = [child.mask for child in ordered]
        return np.flatnonzero(np.logical_and.reduce(masks)).astype(np.int32)
    docs = ordered[0].docs
    for child in ordered[1:]:
        if not len(docs):
            break
        docs = docs.compress(child.mask.take(docs)) if child.has_mask else intersect(docs, child.docs, child.size)
    return docs


def sum_of(children: list[Hits], docs: Docs, boost: float) -> Scores:
    """Summed scores of documents that every child matches."""
    total = children[0].scores(docs)
    for child in children[1:]:
        if not child.adds_nothing:
            total += child.scores(docs)
    if boost != 1.0:
        total *= np.float32(boost)
    return total


def any_of(children: list[Hits], scored: bool, boost: float) -> Hits:
    """Documents that any child matches; scores are summed."""
    size = children[0].size
    if sum(child.count_at_most() for child in children) * SPARSE_SHARE < size:
        return _sparse_union(children, size, scored, boost)
    mask = np.zeros(size, dtype=bool)
    for child in children:
        if child.has_mask:
            mask |= child.mask
        else:
            mask[child.docs] = True
    if not scored:
        return Hits(size, mask=mask)
    total = np.zeros(size, dtype=np.float32)
    for number, child in enumerate(children):
        if child.dense is not None and child.score is None:
            total += child.dense
            continue
        if child.adds_nothing:
            continue
        if number == 0:
            total[child.docs] = child.scores(child.docs)
        else:
            total[child.docs] += child.scores(child.docs)
    if boost != 1.0:
        total *= np.float32(boost)
    return Hits(size, mask=mask, dense=total)


def _sparse_union(children: list[Hits], size: int, scored: bool, boost: float) -> Hits:
    every = np.concatenate([child.docs for child in children])
    if not scored:
        return Hits(size, np.unique(every))
    docs, inverse = np.unique(every, return_inverse=True)
    scores = np.concatenate([child.scores(child.docs) for child in children])
    total = np.bincount(inverse, weights=scores, minlength=len(docs)).astype(np.float32)
    total *= np.float32(boost)
    return listed(docs, total, size)
