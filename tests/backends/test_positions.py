"""Snippets from the positions in the index are those of a look at the whole text."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query

from search.backends.base import BackendQuery, IndexDocument, MatchPlaces
from search.backends.whoosh import WhooshBackend
from search.query.highlight import Highlighter
from search.query.language import parse_query

WORDS = [
    "war",
    "Wars",
    "the",
    "peace",
    "corridor",
    "l'armée",
    "armee",
    "الحكومة",
    "والحكومة",
    "政府",
    "中国政府说",
    "府",
    "日",
    "x-y",
    "é",
]
QUERIES = [
    "war", "peace war", '"the war"', '"war war"', '"the war peace"', "wa*", "a*", "الحكومه", "وحكومة", "政府", "府", "政", "中国政府", "日", "x-y",
    "war -peace", "war OR corridor", '"الحكومة war"', "é", "title:war", "corrid* OR war", "whar~", "c?rridor", '"政府 war"', "x-y wars",
]  # fmt: skip

bodies = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


def tree_of(typed: str) -> query.Query | None:
    return parse_query(typed, "all").tree


@settings(max_examples=60)  # each example builds an index
@given(
    st.lists(st.tuples(bodies, st.sampled_from(["en", "fr", "ar", "zh", ""])), min_size=1, max_size=6),
    st.sampled_from(QUERIES),
)
def test_positions_give_the_snippets_that_the_text_gives(articles: list[tuple[str, str]], typed: str) -> None:
    tree = tree_of(typed)
    with TemporaryDirectory() as folder:
        backend = WhooshBackend(Path(folder))
        documents = [
            IndexDocument(n, "a title", body, language=language) for n, (body, language) in enumerate(articles, 1)
        ]
        backend.rebuild(documents).go_live()
        found = backend.search(BackendQuery(tree=tree, located=True))
    highlighter = Highlighter(tree)
    assert bool(found.places) == bool(found.hits)
    for hit in found.hits:
        body, language = articles[hit.id - 1]
        placed = highlighter.snippets(body, language, found.places.get(hit.id))
        assert placed == highlighter.snippets(body, language)


@pytest.mark.parametrize(
    "places",
    [
        MatchPlaces(frozenset({0})),
        MatchPlaces(frozenset({99})),
        MatchPlaces(frozenset({0, 1})),
    ],
)
def test_a_text_that_is_not_the_indexed_one_is_read(places: MatchPlaces) -> None:
    assert Highlighter(tree_of("war")).snippets("no war here", "en", places) == ("no <mark>war</mark> here",)


def test_a_match_far_down_a_long_text_has_its_snippet() -> None:
    text = "filler " * 100_000 + "war"
    (snippet,) = Highlighter(tree_of("war")).snippets(text, "en", MatchPlaces(frozenset({100_000})))
    assert snippet.endswith("<mark>war</mark>")


def test_no_places_are_read_unasked(tmp_path: Path) -> None:
    backend = WhooshBackend(tmp_path)
    backend.rebuild([IndexDocument(1, "war", "war")]).go_live()
    assert not backend.search(BackendQuery(tree=tree_of("war"))).places
