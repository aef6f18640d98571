"""Dates that lie ahead of the moment an article was taken in."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

#: Where a day begins first. Dates are as written in the outlet's own time zone, and the newest day there is no mistake.
FIRST_TO_BEGIN = ZoneInfo("Pacific/Kiritimati")


def latest_day(moment: datetime) -> date:
    """The latest day that has begun anywhere on Earth at ``moment`` (with a time zone)."""
    return moment.astimezone(FIRST_TO_BEGIN).date()


def lies_ahead(published: date | None, taken_in: datetime) -> bool:
    """Whether a publication date had begun nowhere on Earth when the article was taken in: a wrong
    date, or an announcement."""
    return published is not None and published > latest_day(taken_in)
