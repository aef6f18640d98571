"""Positions for snippets and terms for suggestions."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings

from search.engine.lookup import frequent_terms, term_positions
from search.engine.reader import EngineReader
from tests.engine.indexes import build_bulk, build_model
from tests.engine.model import Doc
from tests.engine.strategies import WORDS, Commit, histories


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow], database=None)
@given(histories)
def test_positions_are_those_of_the_text(tmp_path_factory: object, history: list[Commit]) -> None:
    path = str(tmp_path_factory.mktemp("index"))  # type: ignore[attr-defined]
    build_bulk(path, history)
    reader = EngineReader.open(path)
    for number, doc in enumerate(build_model(history).docs):
        for word in WORDS:
            expected = [place for place, other in enumerate(doc.text["body"]) if other == word]
            assert term_positions(reader, "body", word, number) == expected


def test_terms_with_a_prefix_come_most_frequent_first(tmp_path: Path) -> None:
    history = [
        Commit([], [Doc("1", {"body": ["ab", "abc"]}), Doc("2", {"body": ["abc", "b"]})], False),
        Commit([], [Doc("3", {"body": ["abd", "abc", "ab"]})], False),
    ]
    build_bulk(str(tmp_path), history)
    reader = EngineReader.open(str(tmp_path))
    assert frequent_terms(reader, "body", "ab", 2) == [("abc", 3), ("ab", 2)]
    assert frequent_terms(reader, "nosuch", "a", 2) == []
