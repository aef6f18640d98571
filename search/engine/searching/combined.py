"""One word in several fields as one evidence: BM25F as Robertson and Zaragoza give it.

Whoosh scores each field by itself and adds the scores, so a word that stands once in the title and
once in the body counts as much as two words. Here the weighted, length-normalised frequencies are
added first and saturated once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import query

from search.engine.searching.hits import SEARCH_COST, Hits, nothing
from search.engine.searching.scoring import whoosh_idf
from search.engine.searching.union import DENSE_SHARE, TermPostings, distinct, joined_weights
from search.engine.storage.arrays import Docs, Scores

# Cost of looking documents up in one more term against one step of a scan through a list, measured.
TERM_COST = 1500


class Combined(query.Or):  # type: ignore[misc]
    """Any of several terms that stand for one word, scored as one term.

    Whoosh's own matchers take it for the ``Or`` it is.

    Args:
        subqueries: distinct ``whoosh.query.Term`` nodes of scorable fields; a term's boost is the
            weight of its occurrences.
        idf: how telling the word is; None: Whoosh's idf of the documents with any of the terms.
        boost: factor of the score.
    """

    def __init__(self, subqueries: Sequence[query.Term], idf: float | None = None, boost: float = 1.0) -> None:
        super().__init__(list(subqueries), boost=boost)
        self.idf = idf


def combined_hits(terms: Sequence[TermPostings], size: int, weight: float | None, constant: float) -> Hits:
    """Documents with any of the terms and their scores.

    Args:
        terms: postings of each; the factor is what an occurrence counts.
        size: documents in the snapshot, deleted ones included.
        weight: :attr:`Combined.idf`.
        constant: k1 + 1, times the boost.
    """
    if not terms:
        return nothing(size)
    docs = terms[0].docs if len(terms) == 1 else np.concatenate([term.docs for term in terms])
    if len(terms) == 1 or len(docs) * DENSE_SHARE < size:
        every = docs if len(terms) == 1 else distinct(docs)
        hits, count = Hits(size, every), len(every)
    else:
        mask = np.zeros(size, dtype=bool)
        mask[docs] = True
        hits, count = Hits(size, mask=mask), int(np.count_nonzero(mask))
    if weight is None:
        weight = whoosh_idf(size, count)
    factor = np.float32(constant * weight)

    def score(subset: Docs) -> Scores:
        few = len(subset) * SEARCH_COST + len(terms) * TERM_COST < len(docs)
        evidence = _of_few(terms, subset) if few else _of_all(terms, docs, size).take(subset)
        # factor * e / (e + 1)
        below = evidence + np.float32(1)
        evidence /= below
        evidence *= factor
        return evidence

    hits.score = score
    return hits


def _of_all(terms: Sequence[TermPostings], docs: Docs, size: int) -> Scores:
    """(size) evidence by document number; `docs` are those of all terms, one after another."""
    total = np.zeros(size, dtype=np.float32)
    start = 0
    # Terms of a field and of one weight are reckoned together.
    for _, group in groupby(terms, key=lambda term: (id(term.norms), term.factor)):
        its = list(group)
        stop = start + sum(len(term.docs) for term in its)
        np.add.at(total, docs[start:stop], _evidence(its[0], docs[start:stop], joined_weights(its)))
        start = stop
    return total


def _of_few(terms: Sequence[TermPostings], subset: Docs) -> Scores:
    """(subset) evidence of documents that are looked up in the postings."""
    total = np.zeros(len(subset), dtype=np.float32)
    for term in terms:
        places = np.searchsorted(term.docs, subset)
        places[places == len(term.docs)] = 0
        there = np.flatnonzero(term.docs.take(places) == subset)
        weights = None if term.weights is None else term.weights.take(places[there])
        total[there] += _evidence(term, subset.take(there), weights)
    return total


def _evidence(term: TermPostings, docs: Docs, weights: npt.NDArray[Any] | None) -> Scores:
    """(docs) what the occurrences of a term in these documents count, by the length of their
    field."""
    found = np.full(len(docs), term.factor, dtype=np.float32)
    if weights is not None:
        found *= weights
    if term.norms is not None:
        found /= term.norms.take(docs)
    return found
