"""A word in several fields as one evidence, against a brute-force computation."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import fields, query

from search.engine.reader import EngineReader
from search.engine.searching.combined import Combined
from search.engine.searching.scoring import Bm25
from search.engine.writer import BulkWriter, create_index
from search.engine.writing.batch import EngineDocument

K1, B = 1.4, 0.5
Document = tuple[list[str], list[str]]
texts = st.lists(st.sampled_from("abcd"), max_size=8)
collections = st.lists(st.tuples(texts, texts), min_size=1, max_size=30)


@contextmanager
def opened(documents: list[Document], cut: int = 0) -> Iterator[EngineReader]:
    """A reader of documents of (title, body); those before `cut` in a segment of their own."""
    with tempfile.TemporaryDirectory() as path:
        create_index(path, fields.Schema(id=fields.ID(unique=True), title=fields.TEXT(), body=fields.TEXT()))
        for first, last in ((0, cut), (cut, len(documents))):
            with BulkWriter(path) as writer:
                for number in range(first, last):
                    title, body = documents[number]
                    writer.add(EngineDocument(str(number), {"title": title, "body": body}))
                writer.commit(merge=False)
        yield EngineReader.open(path, Bm25(K1, B))


def expected(documents: list[Document], weights: dict[tuple[int, str], float], idf: float | None) -> dict[int, float]:
    """Document → score, by the formula; `weights` are those of (field, term)."""
    averages = [sum(len(document[field]) for document in documents) / len(documents) for field in (0, 1)]
    evidence: dict[int, float] = {}
    for number, document in enumerate(documents):
        for (field, term), weight in weights.items():
            if term in document[field]:
                norm = 1 - B + B * len(document[field]) / averages[field]
                evidence[number] = evidence.get(number, 0.0) + weight * document[field].count(term) / norm
    if idf is None:
        idf = math.log(len(documents) / (len(evidence) + 1)) + 1
    return {number: idf * (K1 + 1) * found / (found + K1) for number, found in evidence.items()}


@given(collections, st.integers(0, 30), st.floats(0.5, 4), st.none() | st.floats(0.1, 9))
def test_scores_are_those_of_frequencies_added_before_they_saturate(
    documents: list[Document], cut: int, weight: float, idf: float | None
) -> None:
    # Forty more without the words: the union is then made as a list; without them as an array.
    for padded in (documents, documents + [([], ["z"])] * 40 * 8):
        with opened(padded, min(cut, len(documents))) as reader:
            terms = [query.Term("title", "a", boost=weight), query.Term("body", "a"), query.Term("body", "b")]
            found = reader.evaluate(Combined(terms, idf))
            wanted = expected(padded, {(0, "a"): weight, (1, "a"): 1.0, (1, "b"): 1.0}, idf)
        assert found.docs.tolist() == sorted(wanted)
        assert found.scores.tolist() == pytest.approx([wanted[number] for number in sorted(wanted)], rel=1e-4)


def test_one_term_scores_as_bm25_and_without_scores_the_same_documents_match() -> None:
    documents = [(["a"], ["a", "b", "a"]), ([], ["b"]), ([], ["a"])]
    with opened(documents) as reader:
        one = Combined([query.Term("body", "a")])
        plain = reader.evaluate(query.Term("body", "a"))
        assert reader.evaluate(one).scores.tolist() == pytest.approx(plain.scores.tolist())
        assert reader.evaluate(one, scored=False).docs.tolist() == plain.docs.tolist() == [0, 2]


def test_a_word_of_no_document_matches_nothing() -> None:
    with opened([(["a"], ["b"])]) as reader:
        assert len(reader.evaluate(Combined([query.Term("title", "x"), query.Term("nowhere", "a")]))) == 0
