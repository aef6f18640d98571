"""By what the dates of an answer are counted, and how they are drawn; that all counts are right is
tested for every backend in `tests/contract`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from search.backends.base import BackendQuery, BackendResult, DateFilter, IndexDocument
from search.backends.histogram import MOST_BARS
from search.backends.whoosh import WhooshBackend
from search.query.values import read_period


def answer(folder: Path, days: Iterable[str], first: str = "", last: str = "") -> BackendResult:
    documents = []
    for number, day in enumerate(days, 1):
        period = read_period(day)
        assert period
        documents.append(IndexDocument(number, "one", "", first_day=period.first_day, last_day=period.last_day))
    backend = WhooshBackend(folder)
    backend.rebuild(documents).go_live()
    return backend.search(BackendQuery(dates=chosen(first, last), facet_size=1))


def chosen(first: str, last: str) -> DateFilter:
    start, end = read_period(first), read_period(last)
    return DateFilter(start.first_day if start else None, end.last_day if end else None)


def values(found: BackendResult) -> dict[str, int]:
    return dict(found.facets["date"].values)


def bars(found: BackendResult) -> list[tuple[str, str, int]]:
    return [(bar.first, bar.last, bar.count) for bar in found.bars]


YEARS = [f"{year}-05-04" for year in range(1870, 2020)]
DAYS = [date.fromordinal(736_900 + at).isoformat() for at in range(0, 600, 7)]  # 2018-07 to 2020-02


def test_a_hundred_and_fifty_years_are_all_counted_whatever_the_size_of_facets(tmp_path: Path) -> None:
    found = answer(tmp_path, YEARS)
    assert values(found) == {str(year): 1 for year in range(1870, 2020)}
    assert bars(found) == [(f"{year}", f"{year + 9}", 10) for year in range(1870, 2020, 10)]


@pytest.mark.parametrize(
    ("first", "last", "interval"),
    [
        ("", "", "month"),
        ("2018", "2019", "month"),
        ("2018-11", "2019-03", "month"),
        ("2018-11", "2018-12", "day"),
        ("2018-12", "2018-12", "day"),
        ("2018-12-03", "2018-12-03", "day"),
        ("2010", "2020", "year"),
        ("2020-01", "", "day"),
        ("", "2018-09", "day"),
        ("2019", "", "month"),
        ("2000", "2001", "month"),
    ],
)
def test_buckets_follow_the_chosen_range(tmp_path: Path, first: str, last: str, interval: str) -> None:
    found = answer(tmp_path, DAYS, first, last)
    assert found.interval == interval
    letters = {"year": 4, "month": 7, "day": 10}[interval]
    inside = [day for day in DAYS if (first or "0") <= day <= (last or "9") + "~"]
    assert values(found) == {day[:letters]: sum(d[:letters] == day[:letters] for d in inside) for day in inside}


@pytest.mark.parametrize("strays", [["1901", "1901-03-05"], ["2099-01-01"], ["1850", "1901", "2050"]])
def test_stray_dates_do_not_flatten_the_rest(tmp_path: Path, strays: list[str]) -> None:
    found = answer(tmp_path / "with", [*DAYS * 2, *strays])
    alone = answer(tmp_path / "without", DAYS * 2)
    assert found.interval == alone.interval == "month"
    assert [bar for bar in found.bars if not bar.stray] == list(alone.bars)
    assert sum(bar.count for bar in found.bars if bar.stray) == len(strays)
    assert values(alone).items() <= values(found).items()


def test_dates_that_lie_evenly_are_not_stray(tmp_path: Path) -> None:
    assert not any(bar.stray for bar in answer(tmp_path, YEARS[::10] * 3).bars)
    assert not any(bar.stray for bar in answer(tmp_path, ["1901", "2020", "2020"]).bars)


def test_an_article_of_two_years_counts_once_in_their_decade(tmp_path: Path) -> None:
    documents = [
        IndexDocument(1, "", "", first_day=date(2001, 5, 1).toordinal(), last_day=date(2003, 1, 1).toordinal())
    ]
    documents += [
        IndexDocument(number, "", "", first_day=date(number, 1, 1).toordinal(), last_day=date(number, 1, 2).toordinal())
        for number in range(1850, 2020)
    ]
    backend = WhooshBackend(tmp_path)
    backend.rebuild(documents).go_live()
    found = backend.search(BackendQuery())
    assert len(found.bars) <= MOST_BARS
    decade = next(bar for bar in found.bars if bar.first == "2000")
    linked = backend.search(replace(BackendQuery(), dates=chosen(decade.first, decade.last)))
    assert decade.count == linked.total == 11


def test_from_the_first_year_to_the_last_nothing_is_cut(tmp_path: Path) -> None:
    found = answer(tmp_path, ["0001", "0500-02", "0999-12-31", "5000", "9999-12-31"] * 2)
    assert values(found) == {"0001": 2, "0500": 2, "0999": 2, "5000": 2, "9999": 2}
    assert [(bar.first, bar.last) for bar in found.bars] == [
        ("0001", "0099"),
        ("0500", "0599"),
        ("0900", "0999"),
        ("5000", "5099"),
        ("9900", "9999"),
    ]
