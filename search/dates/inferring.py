"""Dates of articles that state none, from those around them on the same page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from search.dates.values import DateSource, Precision, PublishedDate

#: Dated articles of a page that show its order, or, when all are of one day, that the page is of that day.
MIN_DATED = 3


def inferred_dates(dates: Sequence[PublishedDate]) -> list[PublishedDate]:
    """The dates of a page's articles, in order, with what can be inferred for those without one.

    Nothing is inferred unless at least three articles are dated to the day and stand in the order
    of their dates. An article between two of the same day is of that day; one at either end only
    when all the dated ones are of one day. What an article states, even unreadably, is left as it
    is.
    """
    dated = [each for each in dates if each.day is not None]
    known = [each.day for each in dated if each.day is not None and each.precision is Precision.DAY]
    if len(known) < MIN_DATED or not _is_ordered(known):
        return list(dates)
    whole = known[0] if len(set(known)) == 1 and len(known) == len(dated) else None
    nearest_before, nearest_after = _nearest(dates), _nearest(dates[::-1])[::-1]
    result = []
    for each, before, after in zip(dates, nearest_before, nearest_after, strict=True):
        if each.day is None and not each.raw:
            day = whole or (before if before == after else None)
            if day is not None:
                result.append(PublishedDate(day, Precision.DAY, DateSource.INFERRED))
                continue
        result.append(each)
    return result


def _is_ordered(days: Sequence[date]) -> bool:
    return all(left <= right for left, right in pairwise(days)) or all(left >= right for left, right in pairwise(days))


def _nearest(dates: Sequence[PublishedDate]) -> list[date | None]:
    """For each place the day that is stated last before it; ``None`` for one that is less
    precise."""
    nearest: list[date | None] = []
    last = None
    for each in dates:
        nearest.append(last)
        if each.day is not None:
            last = each.day if each.precision is Precision.DAY else None
    return nearest
