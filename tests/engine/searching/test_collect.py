"""Facets, filters and top hits against plain Python."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query

from search.engine.errors import ColumnError
from search.engine.reader import EngineReader
from search.engine.searching.collect import COLLECT_BLOCK, top_scores
from search.engine.searching.results import FilteredMatches
from tests.engine.effort import careful
from tests.engine.indexes import build_bulk, build_model
from tests.engine.model import Doc
from tests.engine.strategies import TAGS, Case, Commit, busy_histories, cases, queries

ticked = st.lists(st.sampled_from(("", *TAGS)), max_size=2)


def kept(matched: list[Doc], tests: dict[str, Callable[[Doc], bool]], own: str | None) -> list[Doc]:
    """The documents that pass every filter but one facet's own."""
    return [doc for doc in matched if all(test(doc) for name, test in tests.items() if name != own)]


def check_counts(reader: EngineReader, selection: FilteredMatches, kept: Callable[[str | None], list[Doc]]) -> None:
    """Total and facets against a count of the documents."""
    assert selection.total == len(kept(None))
    assert selection.facet(reader.codes("tag"), "tag") == Counter(
        doc.values["tag"] for doc in kept("tag") if "tag" in doc.values
    )
    assert selection.facet(reader.codes("tags"), "tags") == Counter(
        value for doc in kept("tags") for value in set(doc.values.get("tags", []))
    )
    assert selection.counts(reader.codes("tags"), "tags")[0] == sum("tags" not in doc.values for doc in kept("tags"))
    # Of a facet without ticks of its own, under the filter of days or not.
    for own in (None, "day"):
        assert selection.facet(reader.codes("tag"), own) == Counter(
            doc.values["tag"] for doc in kept(own) if "tag" in doc.values
        )


@careful
@given(
    cases(queries, busy_histories),
    ticked,
    ticked,
    st.one_of(st.none(), st.tuples(st.integers(-400, 0), st.integers(0, 400))),
)
def test_counts_ignore_only_their_own_filter(
    case: Case, tag: list[str], tags: list[str], days: tuple[int, int] | None
) -> None:
    with tempfile.TemporaryDirectory() as path:
        build_bulk(path, case.history, case.layout)
        reader = EngineReader.open(path)
        filters = {}
        tests: dict[str, Callable[[Doc], bool]] = {}
        if tag:
            filters["tag"] = reader.codes("tag").mask(tag)
            tests["tag"] = lambda doc: doc.values.get("tag", "") in tag
        if tags:
            filters["tags"] = reader.codes("tags").mask(tags)
            tests["tags"] = lambda doc: bool(set(doc.values.get("tags", [""])) & set(tags))
        if days:
            filters["day"] = reader.ints("day").mask(*days)
            tests["day"] = lambda doc: "day" in doc.values and days[0] <= doc.values["day"] <= days[1]
        model = build_model(case.history, case.layout)
        for node in case.asked:
            matched = [model.docs[number] for number in model.search(node)]
            selection = reader.evaluate(node, expansion_seconds=60).filtered(filters)
            check_counts(reader, selection, partial(kept, matched, tests))


@given(st.lists(st.integers(0, 5), max_size=COLLECT_BLOCK * 9), st.integers(0, 12))
@settings(max_examples=80, database=None)
def test_top_scores_come_best_first_and_of_equal_ones_the_earlier_first(values: list[int], limit: int) -> None:
    scores = np.array(values, dtype=np.float32)
    expected = sorted(range(len(values)), key=lambda place: (-values[place], place))[:limit]
    assert top_scores(scores, limit).tolist() == expected


def build(path: str, *docs: Doc) -> EngineReader:
    build_bulk(path, [Commit([], list(docs), False)])
    return EngineReader.open(path)


def test_pages_of_hits_join_without_gap_or_overlap(tmp_path: Path) -> None:
    reader = build(str(tmp_path), *(Doc(str(n), {"body": ["a"] * (n % 4 + 1)}) for n in range(50)))
    selection = reader.evaluate(query.Term("body", "a")).filtered()
    pages = [selection.top(7, offset)[0].tolist() for offset in range(0, 56, 7)]
    assert [number for page in pages for number in page] == selection.top(50)[0].tolist()
    assert sorted(number for page in pages for number in page) == list(range(50))


def test_column_of_another_kind_is_refused_and_one_without_values_is_empty(tmp_path: Path) -> None:
    reader = build(str(tmp_path), Doc("a", {}, {"day": 0}))
    with pytest.raises(ColumnError, match="integers"):
        reader.codes("day")
    assert reader.codes("tag").values == []
    assert reader.codes("tag").mask(["x"]).tolist() == [False]
