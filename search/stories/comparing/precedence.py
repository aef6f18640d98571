"""Who had a story first, as far as the dates say."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from search.dates.values import Precision, PublishedDate

_FINENESS = {Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 2, Precision.UNKNOWN: 3}


@dataclass(frozen=True, slots=True)
class DatedMember:
    """An article of a story and when it was published."""

    article: int
    published: PublishedDate


@dataclass(frozen=True, slots=True)
class First:
    """The article that was first; ``certain`` when its date leaves no other the chance to have
    been.

    ``likely`` when each other is dated, and may have come as late as after it: of articles without
    a date, or of one day, the dates do not say which was first, and one is first only as some order
    is needed.
    """

    article: int
    certain: bool
    likely: bool = field(default=False, compare=False)


def first_of(members: Sequence[DatedMember]) -> First:
    """The first of a story's members.

    It is the one that was out soonest at the latest reading of its date (a month's last day, a
    year's); then the one dated more precisely, then the smaller id. Raises ``ValueError`` without
    members.
    """
    if not members:
        raise ValueError("A story has members.")
    first = min(members, key=lambda member: (_last_day(member.published), _fineness(member), member.article))
    latest = _last_day(first.published)
    others = [other.published for other in members if other.article != first.article]
    certain = all(_first_day(other) > latest for other in others)
    likely = first.published.day is not None and all(latest < _last_day(other) < date.max for other in others)
    return First(first.article, certain, likely)


def _fineness(member: DatedMember) -> int:
    return _FINENESS[member.published.precision]


def _first_day(published: PublishedDate) -> date:
    return published.day or date.min


def _last_day(published: PublishedDate) -> date:
    day = published.day
    if day is None:
        return date.max
    if published.precision is Precision.YEAR:
        return date(day.year, 12, 31)
    if published.precision is Precision.MONTH:
        return day.replace(day=1) + timedelta(days=calendar.monthrange(day.year, day.month)[1] - 1)
    return day
