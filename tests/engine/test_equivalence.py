"""The evaluator, Whoosh's matchers over the same arrays, stock Whoosh and a brute-force model agree
on random histories."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from search.engine.codec import ArrayCodec
from search.engine.reader import EngineReader
from search.engine.searching.fallback import whoosh_hits
from search.engine.searching.scoring import Bm25
from search.engine.writing import policy
from tests.engine.effort import CASES, careful
from tests.engine.indexes import build_bulk, build_model, build_whoosh, dedupe, survivors
from tests.engine.layouts import Layout
from tests.engine.model import Model, ranges_are_right, scored_by_whoosh
from tests.engine.strategies import (
    Case,
    Commit,
    busy_histories,
    cases,
    plain_queries,
    queries,
    queries_without_spans,
    span_queries,
)

pytestmark = pytest.mark.usefixtures("short_stretches")

Answer = dict[int, float]


def assert_same(found: Answer, expected: Answer, what: str, scores: bool = True) -> None:
    """Same documents, and scores within 1e-5. Documents go by serial: Whoosh merges in another
    order."""
    assert sorted(found) == sorted(expected), what
    if scores:
        assert found == pytest.approx(expected, rel=1e-5, abs=1e-5), what


def evaluated(reader: EngineReader, query: Any) -> Answer:
    """The evaluator's answer."""
    matches = reader.evaluate(query, expansion_seconds=60)
    assert not matches.cuts
    assert matches.docs.tolist() == sorted(set(matches.docs.tolist()))
    serials = [reader.stored(doc)["serial"] for doc in matches.docs.tolist()]
    assert len(set(serials)) == len(serials)
    return dict(zip(serials, matches.scores.tolist(), strict=True))


def by_matchers(whoosh_reader: Any, query: Any) -> Answer:
    """The answer of Whoosh's own matchers over a reader."""
    hits = whoosh_hits(whoosh_reader, Bm25().whoosh(), query, whoosh_reader.doc_count_all(), True)
    return {
        whoosh_reader.stored_fields(doc)["serial"]: score
        for doc, score in zip(hits.docs.tolist(), hits.scores(hits.docs).tolist(), strict=True)
        if not whoosh_reader.is_deleted(doc)
    }


def expected_of(model: Model, query: Any) -> Answer:
    """The oracle's answer."""
    return {model.docs[number].serial: score for number, score in model.search(query).items()}


def check_evaluator(reader: EngineReader, model: Model, query: Any) -> None:
    """The evaluator, with and without scores, against the oracle."""
    expected = expected_of(model, query)
    assert_same(evaluated(reader, query), expected, f"evaluator: {query!r}")
    unscored = reader.evaluate(query, scored=False, expansion_seconds=60)
    assert sorted(reader.stored(doc)["serial"] for doc in unscored.docs.tolist()) == sorted(expected), (
        f"unscored: {query!r}"
    )


def check_bulk_index(case: Case) -> None:
    """The evaluator over what the bulk writer made of a history, several documents of one key in a
    commit included."""
    with tempfile.TemporaryDirectory() as path:
        build_bulk(path, case.history, case.layout)
        reader = EngineReader.open(path)
        model = build_model(case.history, case.layout)
        for query in case.asked:
            check_evaluator(reader, model, query)


def deduped(case: Case) -> Case:
    """The case without two documents of one key in a commit, where keys are unique."""
    return replace(case, history=[dedupe(commit) for commit in case.history]) if case.layout.unique else case


@contextmanager
def stock_reader_of(history: list[Commit], layout: Layout) -> Iterator[Any]:
    """A reader of stock Whoosh after a history; in files, for its index in memory shares a folder
    in /tmp with other processes."""
    with tempfile.TemporaryDirectory() as path:
        made = build_whoosh(FileStorage(path), history, layout.schema(stock=True), None)
        with made.reader() as reader:
            yield reader


@careful
@given(cases(queries))
def test_evaluator_agrees_with_the_model_on_an_index_of_the_bulk_writer(case: Case) -> None:
    check_bulk_index(case)


@careful
@given(cases(queries))
def test_evaluator_agrees_with_the_model_on_an_index_written_by_whoosh_with_this_codec(case: Case) -> None:
    case = deduped(case)
    with tempfile.TemporaryDirectory() as path:
        build_whoosh(FileStorage(path), case.history, case.layout.schema(), ArrayCodec())
        reader = EngineReader.open(path)
        model = build_model(case.history, case.layout)
        for query in case.asked:
            check_evaluator(reader, model, query)


@careful
@given(cases(queries, busy_histories), st.sampled_from((2, 8)), st.booleans())
def test_evaluator_agrees_with_the_model_whatever_the_merges(case: Case, fanout: int, bulk: bool) -> None:
    case = case if bulk else deduped(case)
    with tempfile.TemporaryDirectory() as path, pytest.MonkeyPatch.context() as patch:
        # Two segments of a size are enough for a merge, so that few commits meet many.
        patch.setattr(policy, "FANOUT", fanout)
        if bulk:
            build_bulk(path, case.history, case.layout)
        else:
            build_whoosh(FileStorage(path), case.history, case.layout.schema(), ArrayCodec())
        reader = EngineReader.open(path)
        model = survivors(build_model(case.history, case.layout), reader)
        for query in case.asked:
            check_evaluator(reader, model, query)


def test_whoosh_answers_the_same_over_this_codec_as_over_its_own() -> None:
    compared = 0

    @careful
    @given(cases(st.one_of(queries_without_spans, span_queries)))
    def check(case: Case) -> None:
        nonlocal compared
        # Documents must have the same numbers on both sides, for some of Whoosh's matchers go wrong depending on them.
        case = deduped(case)
        history = [replace(commit, optimize=False) for commit in case.history]
        with tempfile.TemporaryDirectory() as path, stock_reader_of(history, case.layout) as stock_reader:
            build_bulk(path, history, case.layout)
            reader = EngineReader.open(path)
            if reader.doc_count_all != stock_reader.doc_count_all():
                return
            for query in case.asked:
                if not ranges_are_right(query, case.layout):
                    continue
                ours = by_matchers(reader.whoosh_reader(), query)
                assert_same(ours, by_matchers(stock_reader, query), f"codecs: {query!r}")
                compared += 1

    check()
    assert compared >= CASES // 4


def test_evaluator_matchers_stock_whoosh_and_model_agree_where_whoosh_is_right() -> None:
    compared = [0, 0]

    @careful
    @given(cases(plain_queries))
    def check(case: Case) -> None:
        case = deduped(case)
        with tempfile.TemporaryDirectory() as path, stock_reader_of(case.history, case.layout) as stock_reader:
            build_bulk(path, case.history, case.layout)
            reader = EngineReader.open(path)
            model = build_model(case.history, case.layout)
            for query in case.asked:
                check_evaluator(reader, model, query)
                if not ranges_are_right(query, case.layout):
                    continue
                expected, scores = expected_of(model, query), scored_by_whoosh(query)
                if reader.doc_count_all:
                    assert_same(by_matchers(reader.whoosh_reader(), query), expected, f"matchers: {query!r}", scores)
                    compared[0] += 1
                if reader.doc_count_all == stock_reader.doc_count_all():
                    assert_same(by_matchers(stock_reader, query), expected, f"stock: {query!r}", scores)
                    compared[1] += 1

    check()
    assert min(compared) >= CASES // 4, compared


@careful
@given(cases(span_queries))
def test_span_queries_agree_with_the_model_by_evaluator_and_matchers(case: Case) -> None:
    check_bulk_index(case)
