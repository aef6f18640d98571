"""Dates inferred from the other articles of a page."""

from __future__ import annotations

from datetime import date

import pytest

from search.dates.inferring import inferred_dates
from search.dates.values import DateSource, Precision, PublishedDate


def page(days: str) -> list[PublishedDate]:
    """One sign an article: a digit is a day of October 2020, ``-`` no date, ``?`` one that cannot
    be read, ``m`` a month."""
    made = {"-": PublishedDate(), "?": PublishedDate(raw="the day after"),
            "m": PublishedDate(date(2020, 10, 1), Precision.MONTH, DateSource.STATED, "October 2020")}  # fmt: skip
    return [
        made.get(sign) or PublishedDate(date(2020, 10, int(sign)), Precision.DAY, DateSource.STATED, sign)
        for sign in days
    ]


def shown(dates: list[PublishedDate]) -> str:
    return "".join(
        "?" if each.day is None and each.raw else "-" if each.day is None else
        "m" if each.precision is Precision.MONTH else str(each.day.day)
        for each in dates
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("5-56", "5556"),
        ("77-765", "777765"),
        ("-555-", "55555"),
        ("55--5", "55555"),
        ("5-5", "5-5"),
        ("5-67", "5-67"),
        ("-567", "-567"),
        ("567-", "567-"),
        ("5-537", "5-537"),
        ("55?5", "55?5"),
        ("5m-55", "5m-55"),
        ("", ""),
        ("---", "---"),
    ],
)
def test_only_a_day_that_both_sides_agree_on_is_inferred(stated: str, expected: str) -> None:
    assert shown(inferred_dates(page(stated))) == expected


def test_an_inferred_date_says_so() -> None:
    before = page("55-5")
    after = inferred_dates(before)
    assert after[2].source is DateSource.INFERRED
    assert [after[0], after[1], after[3]] == [before[0], before[1], before[3]]
