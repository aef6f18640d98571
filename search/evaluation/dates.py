"""Whether dates as collections write them are read."""

from __future__ import annotations

from collections.abc import Iterable

from search.dates.reading import read_date
from search.dates.values import DateSource
from search.evaluation.counts import share


def share_of_dates_read(dates: Iterable[tuple[str, str | None]]) -> float:
    """Share of the stated dates, each with its article's language where known, that give at least a
    year."""
    every = list(dates)
    read = sum(
        read_date(date, source=DateSource.METADATA, language=language).day is not None for date, language in every
    )
    return share(read, len(every))
