"""The evaluator, Whoosh's matchers over the same arrays, stock Whoosh and a brute-force model agree on random histories."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage, RamStorage

from search.engine.codec import ArrayCodec
from search.engine.fallback import whoosh_hits
from search.engine.reader import EngineReader
from search.engine.scoring import Bm25
from tests.engine.indexes import build_bulk, build_model, build_whoosh, dedupe, make_schema
from tests.engine.model import Model, scored_by_whoosh
from tests.engine.strategies import Commit, histories, plain_queries, queries

# 500 in `make test`; the nightly target sets 20000.
CASES = int(os.environ.get("ENGINE_CASES", "500"))
QUERIES_A_HISTORY = 8

several_queries = st.lists(queries, min_size=1, max_size=QUERIES_A_HISTORY)
careful = settings(
    report_multiple_bugs=False,
    deadline=None,
    max_examples=max(CASES // QUERIES_A_HISTORY, 10),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
)


Answer = dict[str, float]


def assert_same(found: Answer, expected: Answer, what: str, scores: bool = True) -> None:
    """Same documents, and scores within 1e-5. Documents go by key: Whoosh merges in another order."""
    assert sorted(found) == sorted(expected), what
    if scores:
        assert found == pytest.approx(expected, rel=1e-5, abs=1e-5), what


def evaluated(reader: EngineReader, query: Any) -> Answer:
    """The evaluator's answer."""
    matches = reader.evaluate(query, expansion_seconds=60)
    assert not matches.cuts
    assert matches.docs.tolist() == sorted(set(matches.docs.tolist()))
    keys = [reader.stored(doc)["id"] for doc in matches.docs.tolist()]
    assert len(set(keys)) == len(keys)
    return dict(zip(keys, matches.scores.tolist(), strict=True))


def by_matchers(whoosh_reader: Any, query: Any) -> Answer:
    """The answer of Whoosh's own matchers over a reader."""
    hits = whoosh_hits(whoosh_reader, Bm25().whoosh(), query, whoosh_reader.doc_count_all(), True)
    return {
        whoosh_reader.stored_fields(doc)["id"]: score
        for doc, score in zip(hits.docs.tolist(), hits.scores(hits.docs).tolist(), strict=True)
        if not whoosh_reader.is_deleted(doc)
    }


def expected_of(model: Model, query: Any) -> Answer:
    """The oracle's answer."""
    return {model.docs[number].key: score for number, score in model.search(query).items()}


def check_evaluator(reader: EngineReader, model: Model, query: Any) -> None:
    """The evaluator, with and without scores, against the oracle."""
    expected = expected_of(model, query)
    assert_same(evaluated(reader, query), expected, f"evaluator: {query!r}")
    unscored = reader.evaluate(query, scored=False, expansion_seconds=60)
    assert sorted(reader.stored(doc)["id"] for doc in unscored.docs.tolist()) == sorted(expected), (
        f"unscored: {query!r}"
    )


@careful
@given(histories, several_queries, st.booleans())
def test_evaluator_agrees_with_the_model_on_an_index_of_the_bulk_writer(
    history: list[Commit], asked: list[Any], chars: bool
) -> None:
    with tempfile.TemporaryDirectory() as path:
        build_bulk(path, history, make_schema(chars), chars)
        reader = EngineReader.open(path)
        model = build_model(history)
        for query in asked:
            check_evaluator(reader, model, query)


@careful
@given(histories, several_queries, st.booleans())
def test_evaluator_agrees_with_the_model_on_an_index_written_by_whoosh_with_this_codec(
    history: list[Commit], asked: list[Any], chars: bool
) -> None:
    deduped = [dedupe(commit) for commit in history]
    with tempfile.TemporaryDirectory() as path:
        build_whoosh(FileStorage(path), deduped, make_schema(chars), ArrayCodec())
        reader = EngineReader.open(path)
        model = build_model(deduped)
        for query in asked:
            check_evaluator(reader, model, query)


@careful
@given(histories, several_queries, st.booleans())
def test_whoosh_answers_the_same_over_this_codec_as_over_its_own(
    history: list[Commit], asked: list[Any], chars: bool
) -> None:
    # Documents must have the same numbers on both sides, for some of Whoosh's matchers go wrong depending on them.
    deduped = [replace(dedupe(commit), optimize=False) for commit in history]
    stock = build_whoosh(RamStorage(), deduped, make_schema(chars, stock=True), None)
    with tempfile.TemporaryDirectory() as path, stock.reader() as stock_reader:
        build_bulk(path, deduped, make_schema(chars), chars)
        reader = EngineReader.open(path)
        if reader.doc_count_all != stock_reader.doc_count_all():
            return
        for query in asked:
            ours = by_matchers(reader.whoosh_reader(), query)
            assert_same(ours, by_matchers(stock_reader, query), f"codecs: {query!r}")


@careful
@given(histories, st.lists(plain_queries, min_size=1, max_size=QUERIES_A_HISTORY))
def test_evaluator_matchers_stock_whoosh_and_model_agree_where_whoosh_is_right(
    history: list[Commit], asked: list[Any]
) -> None:
    deduped = [dedupe(commit) for commit in history]
    stock = build_whoosh(RamStorage(), deduped, make_schema(stock=True), None)
    with tempfile.TemporaryDirectory() as path, stock.reader() as stock_reader:
        build_bulk(path, deduped, make_schema())
        reader = EngineReader.open(path)
        model = build_model(deduped)
        for query in asked:
            check_evaluator(reader, model, query)
            expected, scores = expected_of(model, query), scored_by_whoosh(query)
            if reader.doc_count_all:
                assert_same(by_matchers(reader.whoosh_reader(), query), expected, f"matchers: {query!r}", scores)
            if reader.doc_count_all == stock_reader.doc_count_all():
                assert_same(by_matchers(stock_reader, query), expected, f"stock: {query!r}", scores)


@careful
@given(histories, queries)
def test_the_last_of_several_documents_with_one_key_in_a_commit_wins(history: list[Commit], query: Any) -> None:
    with tempfile.TemporaryDirectory() as path:
        build_bulk(path, history, make_schema())
        reader = EngineReader.open(path)
        model = build_model(history)
        live = [reader.stored(doc)["id"] for doc in reader.evaluate(query).docs.tolist()]
        assert sorted(live) == sorted(model.docs[number].key for number in model.search(query))
