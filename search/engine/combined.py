"""One word in several fields as one evidence: BM25F as Robertson and Zaragoza give it.

Whoosh scores each field by itself and adds the scores, so a word that stands once in the title and once in the body counts
as much as two words. Here the weighted, length-normalised frequencies are added first and saturated once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import query

from search.engine.arrays import Docs, Scores
from search.engine.globalfield import GlobalField
from search.engine.hits import SPARSE_SHARE, Hits, listed, nothing
from search.engine.scoring import idf


class Combined(query.Or):  # type: ignore[misc]
    """Any of several terms that stand for one word, scored as one term.

    Whoosh's own matchers take it for the ``Or`` it is.

    Args:
        subqueries: distinct ``whoosh.query.Term`` nodes of scorable fields; a term's boost is the weight of its occurrences.
        idf: how telling the word is; None: Whoosh's idf of the documents with any of the terms.
        boost: factor of the score.
    """

    def __init__(self, subqueries: Sequence[query.Term], idf: float | None = None, boost: float = 1.0) -> None:
        super().__init__(list(subqueries), boost=boost)
        self.idf = idf


@dataclass(frozen=True, slots=True)
class TermPostings:
    """Postings of one of the terms: ascending documents, weights (None where all are 1), and what an occurrence counts."""

    field: GlobalField
    docs: Docs
    weights: npt.NDArray[Any] | None
    boost: float

    def evidence(self) -> Scores:
        """(postings) weight over length norm."""
        found = np.full(len(self.docs), self.boost, dtype=np.float32)
        if self.weights is not None:
            found *= self.weights
        found /= self.field.norms().take(self.docs)
        return found


def combined_hits(terms: Sequence[TermPostings], size: int, weight: float | None, factor: float) -> Hits:
    """Documents with any of the terms and their scores.

    Args:
        terms: postings of each.
        size: documents in the snapshot, deleted ones included.
        weight: :attr:`Combined.idf`.
        factor: k1 + 1, times the boost.
    """
    if not terms:
        return nothing(size)
    every = np.concatenate([term.docs for term in terms])
    if len(every) * SPARSE_SHARE < size:
        docs, inverse = np.unique(every, return_inverse=True)
        evidence = np.concatenate([term.evidence() for term in terms])
        total = np.bincount(inverse, weights=evidence, minlength=len(docs)).astype(np.float32)
        return listed(docs, _saturated(total, factor * (idf(size, len(docs)) if weight is None else weight)), size)
    dense = np.zeros(size, dtype=np.float32)
    mask = np.zeros(size, dtype=bool)
    for term in terms:
        dense[term.docs] += term.evidence()
        mask[term.docs] = True
    if weight is None:
        weight = idf(size, int(np.count_nonzero(mask)))
    return Hits(size, mask=mask, dense=_saturated(dense, weight * factor))


def _saturated(evidence: Scores, factor: float) -> Scores:
    """``factor * e / (e + 1)``; overwrites ``evidence``."""
    below = evidence + np.float32(1)
    evidence /= below
    evidence *= np.float32(factor)
    return evidence
