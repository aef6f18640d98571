"""Several terms in one pass."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engine.searching.scoring import bm25
from search.engine.searching.union import TermPostings, any_term, distinct

SIZE = 64
NORMS = np.linspace(0.5, 3, SIZE, dtype=np.float32)


@st.composite
def terms(draw: st.DrawFn) -> list[TermPostings]:
    found = []
    for norms in (NORMS, None):
        for docs in draw(st.lists(st.sets(st.integers(0, SIZE - 1)), max_size=4)):
            weights = draw(st.none() | st.lists(st.integers(1, 9), min_size=len(docs), max_size=len(docs)))
            found.append(
                TermPostings(
                    np.array(sorted(docs), dtype=np.int32),
                    None if weights is None else np.array(weights, dtype=np.uint8),
                    draw(st.sampled_from([0.5, 2.0])),
                    norms,
                )
            )
    return found or [TermPostings(np.zeros(0, dtype=np.int32), None, 1.0, None)]


@given(terms(), st.sampled_from([SIZE, 100 * SIZE]))
def test_scores_of_all_terms_are_added_up_whether_matches_are_many_or_few(found: list[TermPostings], size: int) -> None:
    expected: dict[int, float] = {}
    for term in found:
        frequencies = np.ones(len(term.docs), np.float32) if term.weights is None else term.weights.astype(np.float32)
        scores = frequencies if term.norms is None else bm25(frequencies, term.norms[term.docs], 1.0)
        for doc, score in zip(term.docs.tolist(), (scores * np.float32(term.factor)).tolist(), strict=True):
            expected[doc] = expected.get(doc, 0.0) + score
    hits = any_term(found, size, True)
    assert hits.docs.tolist() == sorted(expected)
    assert np.allclose(hits.scores(hits.docs), [expected[doc] for doc in sorted(expected)], rtol=1e-5)
    assert any_term(found, size, False).docs.tolist() == sorted(expected)


@given(st.lists(st.integers(0, 99)))
def test_distinct_documents_come_in_order(docs: list[int]) -> None:
    assert distinct(np.array(docs, dtype=np.int32)).tolist() == sorted(set(docs))
