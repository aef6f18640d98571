"""Positions for snippets."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given, settings

from search.engine.occurrences import prefix_occurrences, term_occurrences
from search.engine.reader import EngineReader
from tests.engine.indexes import build_bulk, build_model
from tests.engine.strategies import WORDS, Commit, histories


@settings(max_examples=30, database=None)
@given(histories)
def test_positions_are_those_of_the_text(tmp_path_factory: object, history: list[Commit]) -> None:
    path = str(tmp_path_factory.mktemp("index"))  # type: ignore[attr-defined]
    build_bulk(path, history)
    reader = EngineReader.open(path)
    texts = [doc.text["body"] for doc in build_model(history).docs]
    asked = range(0, len(texts), 2)
    for word in WORDS:
        found = term_occurrences(reader, "body", [word, "nosuchword"], asked)
        assert {doc: sorted(positions) for doc, positions in found.items()} == places(texts, asked, {word})
    for start in {word[:1] for word in WORDS}:
        begun = prefix_occurrences(reader, "body", start, asked)
        assert begun is not None
        wanted = {word for text in texts for word in text if word.startswith(start)}
        assert {doc: sorted(positions) for doc, positions in begun.items()} == places(texts, asked, wanted)


def places(texts: list[list[str]], docs: Iterable[int], words: set[str]) -> dict[int, list[int]]:
    found = {doc: [place for place, word in enumerate(texts[doc]) if word in words] for doc in docs}
    return {doc: positions for doc, positions in found.items() if positions}
