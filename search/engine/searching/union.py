"""Many terms at once: their postings one after another, scored and added up in one pass instead of
one pass a term."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from search.engine.searching.hits import Hits, listed
from search.engine.searching.scoring import bm25
from search.engine.storage.arrays import Docs, Scores, firsts

# A list shorter than this share of the documents is sorted, a longer one goes through a mask.
DENSE_SHARE = 8


class TermPostings(NamedTuple):
    """One term of a field.

    Attributes:
        docs: ascending documents.
        weights: (docs) frequencies, or None where all are 1.
        factor: what the score is multiplied by: idf, boost and BM25's constant.
        norms: (documents in the snapshot) length norms of the field, None where it isn't scored by
            length.
    """

    docs: Docs
    weights: npt.NDArray[Any] | None
    factor: float
    norms: Scores | None


def distinct(docs: Docs) -> Docs:
    """Documents in order and without repeats. For lists of this kind several times faster than
    ``np.unique``."""
    ordered = np.sort(docs)
    return ordered.compress(firsts(ordered))


def joined_weights(terms: Sequence[TermPostings]) -> npt.NDArray[Any] | None:
    """Weights of the postings of terms, one after another; None where all are 1."""
    if all(term.weights is None for term in terms):
        return None
    weights = [np.ones(len(term.docs), np.uint8) if term.weights is None else term.weights for term in terms]
    return weights[0] if len(weights) == 1 else np.concatenate(weights)


def any_term(terms: Sequence[TermPostings], size: int, scored: bool) -> Hits:
    """Documents with any of some terms; scores are summed.

    Args:
        terms: at least one, those of a field next to each other.
        size: number of documents in the snapshot.
        scored: whether scores will be asked for.
    """
    docs = np.concatenate([term.docs for term in terms])
    dense = len(docs) * DENSE_SHARE >= size
    if not dense and not scored:
        return Hits(size, distinct(docs))
    if not dense:
        # One plain sort of documents with their places is much faster than an indirect one.
        keys = docs.astype(np.int64) << 32
        keys |= np.arange(len(docs))
        keys.sort()
        ordered = (keys >> 32).astype(np.int32)
        starts = np.flatnonzero(firsts(ordered))
        scores = _scores(terms, docs).take(keys & 0xFFFFFFFF)
        return listed(ordered.take(starts), np.add.reduceat(scores, starts) if len(starts) else scores, size)
    mask = np.zeros(size, dtype=bool)
    mask[docs] = True
    if not scored:
        return Hits(size, mask=mask)
    total = np.bincount(docs, weights=_scores(terms, docs), minlength=size).astype(np.float32)
    return Hits(size, mask=mask, dense=total)


def _scores(terms: Sequence[TermPostings], docs: Docs) -> Scores:
    """(docs) scores of the postings, in their order."""
    found, start = [], 0
    for _, group in groupby(terms, key=lambda term: id(term.norms)):
        its = list(group)
        sizes = [len(term.docs) for term in its]
        stop = start + sum(sizes)
        weights = joined_weights(its)
        # A copy: factors are multiplied in where there are no norms.
        frequencies = np.ones(stop - start, np.float32) if weights is None else weights.astype(np.float32)
        norms = its[0].norms
        scores = frequencies if norms is None else bm25(frequencies, norms.take(docs[start:stop]), 1.0)
        factors = {term.factor for term in its}
        if len(factors) == 1:
            scores *= np.float32(factors.pop())
        else:
            scores *= np.repeat(np.array([term.factor for term in its], dtype=np.float32), sizes)
        found.append(scores)
        start = stop
    return np.concatenate(found)
