from __future__ import annotations

from datetime import date

import pytest

from search.dates.values import Precision, PublishedDate
from search.stories.comparing import DatedMember, First, first_of

UNKNOWN = PublishedDate()


def day(text: str) -> PublishedDate:
    return PublishedDate(date.fromisoformat(text), Precision.DAY)


def month(text: str) -> PublishedDate:
    return PublishedDate(date.fromisoformat(f"{text}-01"), Precision.MONTH)


def year(number: int) -> PublishedDate:
    return PublishedDate(date(number, 1, 1), Precision.YEAR)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([day("2020-03-02"), day("2020-03-01")], First(1, certain=True)),
        ([day("2020-03-01"), day("2020-03-01")], First(0, certain=False)),
        ([month("2020-03"), day("2020-03-09")], First(1, certain=False)),
        ([month("2020-02"), day("2020-03-09")], First(0, certain=True)),
        ([month("2020-02"), day("2020-02-29")], First(1, certain=False)),
        ([year(2020), month("2020-12")], First(1, certain=False)),
        ([year(2019), day("2020-01-01")], First(0, certain=True)),
        ([UNKNOWN, day("2020-03-09")], First(1, certain=False)),
        ([UNKNOWN, UNKNOWN], First(0, certain=False)),
        ([day("2020-03-09")], First(0, certain=True)),
    ],
)
def test_the_first_is_who_was_out_soonest_at_the_latest(dates: list[PublishedDate], expected: First) -> None:
    assert first_of([DatedMember(number, published) for number, published in enumerate(dates)]) == expected


def test_a_story_without_members_is_refused() -> None:
    with pytest.raises(ValueError, match="members"):
        first_of([])
