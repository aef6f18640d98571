"""Facets, histograms, filters, top hits and sorting against plain Python."""

from __future__ import annotations

import datetime
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
from search.engine.searching.collect import COLLECT_BLOCK, top_by_column, top_scores
from search.engine.searching.globalcolumn import CLOSE_SPAN, IntsColumn, overlap_mask
from search.engine.searching.results import FilteredMatches, any_mask
from search.engine.storage.columns import MISSING_INT64
from tests.engine.effort import careful
from tests.engine.indexes import build_bulk, build_model
from tests.engine.model import Doc
from tests.engine.strategies import TAGS, Case, Commit, busy_histories, cases, queries

EPOCH = datetime.date(1970, 1, 1)
ticked = st.lists(st.sampled_from(("", *TAGS)), max_size=2)


def kept(matched: list[Doc], tests: dict[str, Callable[[Doc], bool]], own: str | None) -> list[Doc]:
    """The documents that pass every filter but one facet's own."""
    return [doc for doc in matched if all(test(doc) for name, test in tests.items() if name != own)]


def check_counts(reader: EngineReader, selection: FilteredMatches, kept: Callable[[str | None], list[Doc]]) -> None:
    """Total, facets and histogram against a count of the documents."""
    assert selection.total == len(kept(None))
    assert selection.facet(reader.codes("tag"), "tag") == Counter(
        doc.values["tag"] for doc in kept("tag") if "tag" in doc.values
    )
    assert selection.facet(reader.codes("tags"), "tags") == Counter(
        value for doc in kept("tags") for value in set(doc.values.get("tags", []))
    )
    assert selection.counts(reader.codes("tags"), "tags")[0] == sum("tags" not in doc.values for doc in kept("tags"))
    months, without = selection.histogram(reader.ints("day"), "month", "day")
    days_found = [EPOCH + datetime.timedelta(doc.values["day"]) for doc in kept("day") if "day" in doc.values]
    assert months == Counter(f"{day:%Y-%m}" for day in days_found)
    assert list(months) == sorted(months)
    assert without == sum("day" not in doc.values for doc in kept("day"))


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
@settings(deadline=None, max_examples=80, database=None)
def test_top_scores_come_best_first_and_of_equal_ones_the_earlier_first(values: list[int], limit: int) -> None:
    scores = np.array(values, dtype=np.float32)
    expected = sorted(range(len(values)), key=lambda place: (-values[place], place))[:limit]
    assert top_scores(scores, limit).tolist() == expected


@given(st.lists(st.one_of(st.none(), st.integers(-3, 3)), max_size=40), st.integers(0, 12), st.booleans())
@settings(deadline=None, max_examples=80, database=None)
def test_missing_values_come_last_in_both_directions(values: list[int | None], limit: int, descending: bool) -> None:
    column = np.array([MISSING_INT64 if value is None else value for value in values], dtype=np.int64)
    docs = np.arange(len(values), dtype=np.int32)
    known = [place for place, value in enumerate(values) if value is not None]
    known.sort(key=lambda place: (-(values[place] or 0) if descending else (values[place] or 0), place))
    expected = (known + [place for place, value in enumerate(values) if value is None])[:limit]
    assert top_by_column(docs, column, MISSING_INT64, limit, descending).tolist() == expected


def build(path: str, *docs: Doc) -> EngineReader:
    build_bulk(path, [Commit([], list(docs), False)])
    return EngineReader.open(path)


def test_pages_of_hits_join_without_gap_or_overlap(tmp_path: Path) -> None:
    reader = build(str(tmp_path), *(Doc(str(n), {"body": ["a"] * (n % 4 + 1)}) for n in range(50)))
    selection = reader.evaluate(query.Term("body", "a")).filtered()
    pages = [selection.top(7, offset)[0].tolist() for offset in range(0, 56, 7)]
    assert [number for page in pages for number in page] == selection.top(50)[0].tolist()
    newest = [selection.sorted_by(reader.ints("day"), 7, offset).tolist() for offset in range(0, 56, 7)]
    assert sorted(number for page in newest for number in page) == list(range(50))


def test_period_overlaps_a_range_where_they_share_a_day(tmp_path: Path) -> None:
    reader = build(
        str(tmp_path),
        Doc("a", {}, {"day": 10, "n": 1}),
        Doc("b", {}, {"day": 20}),
        Doc("c", {}, {}),
    )
    first = reader.ints("day")
    assert overlap_mask(first, first, 10, 15).tolist() == [True, False, False]
    assert overlap_mask(first, first, 11, 19).tolist() == [False, False, False]
    assert overlap_mask(first, first, None, None).tolist() == [True, True, False]


def test_histogram_groups_by_year_and_by_a_number_of_days(tmp_path: Path) -> None:
    reader = build(str(tmp_path), Doc("a", {}, {"day": 0}), Doc("b", {}, {"day": 364}), Doc("c", {}, {"day": 365}))
    selection = reader.evaluate(query.Every()).filtered()
    assert selection.histogram(reader.ints("day"), "year")[0] == {"1970": 2, "1971": 1}
    assert selection.histogram(reader.ints("day"), 360)[0] == {"1970-01-01": 1, "1970-12-27": 2}
    with pytest.raises(ValueError, match="fortnight"):
        selection.histogram(reader.ints("day"), "fortnight")


@pytest.mark.parametrize("span", [40, CLOSE_SPAN + 400])
def test_histogram_is_the_same_for_days_close_together_and_far_apart(span: int) -> None:
    days = np.array([span, 0, IntsColumn(np.zeros(0, np.int32)).missing, 30, 0, 31], dtype=np.int32)
    column = IntsColumn(days).buckets("month")
    last = str(np.datetime64(span, "D").astype("datetime64[M]"))
    assert column.values == sorted({"1970-01", "1970-02", last})
    assert [column.values[code - 1] if code else "" for code in column.codes.tolist()] == [
        last,
        "1970-01",
        "",
        "1970-01",
        "1970-01",
        "1970-02",
    ]


def test_column_of_another_kind_is_refused_and_one_without_values_is_empty(tmp_path: Path) -> None:
    reader = build(str(tmp_path), Doc("a", {}, {"day": 0}))
    with pytest.raises(ColumnError, match="integers"):
        reader.codes("day")
    assert reader.codes("tag").values == []
    assert reader.codes("tag").mask(["x"]).tolist() == [False]


def test_any_mask_of_nothing_is_an_error_not_everything() -> None:
    with pytest.raises(ValueError, match="at least one"):
        any_mask([])
