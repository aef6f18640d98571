"""The date facet: articles by year, month or day, and the bars of its picture, all counted alike.

An article counts in each bucket that its period overlaps, which is what the bucket's link selects.
Buckets follow the range that was chosen; of all dates they follow where most articles lie, so that
a few stray ones do not decide how the others are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from search.backends.base import DateBin, DateFilter, FacetCounts, Interval
from search.backends.snapshot import Snapshot

Days = NDArray[np.int64]

#: Up to so many days (about a quarter) a chosen range is shown by days, up to so many months by months.
MOST_DAYS = 92
MOST_MONTHS = 36
#: More buckets from the first date to the last than these are counted by the next longer interval.
MOST_BUCKETS = 40_000
#: Stray articles are at most so many, or this share of all where that is more; never over this share of few.
STRAY_ARTICLES = 2
STRAY_SHARE = 0.02
MOST_STRAY_SHARE = 0.25
#: More years than these are drawn as decades, then centuries.
MOST_BARS = 120
YEAR_STEPS = (1, 10, 100, 1000)

_LONGER: dict[Interval, Interval] = {"day": "month", "month": "year"}
_UNITS: dict[Interval, Literal["D", "M", "Y"]] = {"day": "D", "month": "M", "year": "Y"}
_LETTERS: dict[Interval, int] = {"day": 10, "month": 7, "year": 4}
_EPOCH_YEAR = 1970
_EPOCH = date(_EPOCH_YEAR, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Histogram:
    """The date facet of an answer: `counts` by `interval`, and `bars` for its picture, without the
    gaps."""

    counts: FacetCounts
    interval: Interval
    bars: tuple[DateBin, ...]


class _Periods:
    """The periods of the articles that are counted, with how many have each."""

    def __init__(self, first: Days, last: Days, counts: Days) -> None:
        by_last = np.argsort(last, kind="stable")
        self.first, self.last, self.counts = first, last, counts
        self._ends = last[by_last]
        self._begun = np.concatenate(([0], np.cumsum(counts)))
        self._ended = np.concatenate(([0], np.cumsum(counts[by_last])))

    def overlapping(self, first: Days, last: Days) -> Days:
        """How many articles overlap each stretch of days, both ends included."""
        begun = self._begun[np.searchsorted(self.first, last, side="right")]
        ended = self._ended[np.searchsorted(self._ends, first, side="left")]
        return np.asarray(begun - ended, dtype=np.int64)

    def main(self) -> tuple[int, int]:
        """First and last day without the stray ones: those beyond a gap that is longer than all of
        the rest."""
        total = int(self._begun[-1])
        stray = min(max(STRAY_ARTICLES, int(total * STRAY_SHARE)), int(total * MOST_STRAY_SHARE))
        low, high = 0, len(self.first) - 1
        while True:
            before = low, high
            low = self._past_strays(low, high, stray)
            high = self._before_strays(low, high, stray)
            if (low, high) == before:
                return int(self.first[low]), int(self.last[low : high + 1].max())

    def _past_strays(self, low: int, high: int, stray: int) -> int:
        for at in range(int(np.searchsorted(self._begun, stray, side="right")) - 1, low, -1):
            gap = self.first[at] - self.last[low:at].max()
            if at <= high and gap > self.last[at : high + 1].max() - self.first[at]:
                return at
        return low

    def _before_strays(self, low: int, high: int, stray: int) -> int:
        total = int(self._begun[-1])
        for at in range(int(np.searchsorted(self._begun, total - stray, side="left")), high + 1):
            rest = self.last[low:at].max() if at > low else None
            if rest is not None and self.first[at] - rest > rest - self.first[low]:
                return at - 1
        return high


def histogram(snapshot: Snapshot, counts: NDArray[np.int64], dates: DateFilter) -> Histogram:
    """The date facet.

    Args:
        snapshot: what is searched.
        counts: articles with each code of `snapshot.periods`, those without a date first; dates
            ignored.
        dates: the range that was chosen; buckets outside it are left out.
    """
    missing, by_code = int(counts[0]), counts[1:]
    asked = dates.first_day, dates.last_day
    chosen, main, interval = None, None, _chosen_interval(dates)
    if interval is None:
        chosen, interval = _periods(snapshot, by_code, *asked), "month"
    if chosen is not None:
        main = _within(dates, *chosen.main())
        interval = _interval(*main, shortest="day" if dates.has_range else "month")
    while True:
        # The buckets at the ends of the range are counted whole, as their links select them.
        whole = _whole_buckets(dates, interval)
        periods = chosen if chosen is not None and whole == asked else _periods(snapshot, by_code, *whole)
        if periods is None:
            return Histogram(FacetCounts((), missing), interval, ())
        reach = _within(dates, int(periods.first[0]), int(periods.last.max()))
        if interval not in _LONGER or _bucket(reach[1], interval) - _bucket(reach[0], interval) < MOST_BUCKETS:
            break
        interval = _LONGER[interval]
    counted = FacetCounts(_buckets(periods, reach, interval), missing)
    return Histogram(counted, interval, _bars(periods, reach, main or reach, interval))


def _periods(
    snapshot: Snapshot, by_code: NDArray[np.int64], first_day: int | None, last_day: int | None
) -> _Periods | None:
    """Those that overlap a range of days; None where none does."""
    inside = by_code > 0
    if first_day is not None:
        inside &= snapshot.period_last >= first_day
    if last_day is not None:
        inside &= snapshot.period_first <= last_day
    present = np.flatnonzero(inside)
    if not len(present):
        return None
    return _Periods(snapshot.period_first[present], snapshot.period_last[present], by_code[present])


def _whole_buckets(dates: DateFilter, interval: Interval) -> tuple[int | None, int | None]:
    """The chosen range, widened to the first day of its first bucket and the last of its last."""
    first, last = dates.first_day, dates.last_day
    if first is not None:
        first = _edge(first, interval, 0)
    return first, None if last is None else _edge(last, interval, 1) - 1


def _edge(day: int, interval: Interval, further: int) -> int:
    """The first day of a day's bucket, or of one so many further."""
    return int(_first_days(np.array([_bucket(day, interval) + further], dtype=np.int64), interval)[0])


def _within(dates: DateFilter, first: int, last: int) -> tuple[int, int]:
    """Days cut to the chosen range."""
    first = first if dates.first_day is None else max(first, dates.first_day)
    last = last if dates.last_day is None else min(last, dates.last_day)
    return first, max(first, last)


def _chosen_interval(dates: DateFilter) -> Interval | None:
    """What a range with two ends is shown by, whatever lies in it."""
    if dates.first_day is None or dates.last_day is None:
        return None
    return _interval(dates.first_day, dates.last_day, shortest="day")


def _interval(first: int, last: int, shortest: Interval) -> Interval:
    if shortest == "day" and last - first < MOST_DAYS:
        return "day"
    return "month" if _bucket(last, "month") - _bucket(first, "month") < MOST_MONTHS else "year"


def _bucket(day: int, interval: Interval) -> int:
    """The number of a day's bucket, counted from 1970."""
    return int(_as_units(np.array([day], dtype=np.int64), interval)[0])


def _as_units(days: Days, interval: Interval) -> Days:
    moments = (days - _EPOCH).astype("datetime64[D]").astype(f"datetime64[{_UNITS[interval]}]")
    return moments.astype(np.int64)


def _first_days(numbers: Days, interval: Interval) -> Days:
    """The first day of each bucket."""
    moments = numbers.astype(f"datetime64[{_UNITS[interval]}]").astype("datetime64[D]")
    return moments.astype(np.int64) + _EPOCH


def _buckets(periods: _Periods, reach: tuple[int, int], interval: Interval) -> tuple[tuple[str, int], ...]:
    """The buckets with articles, in order of time."""
    numbers = np.arange(_bucket(reach[0], interval), _bucket(reach[1], interval) + 1, dtype=np.int64)
    edges = _first_days(np.append(numbers, numbers[-1] + 1), interval)
    counts = periods.overlapping(edges[:-1], edges[1:] - 1)
    filled = np.flatnonzero(counts)
    labels = (_label(day, interval) for day in edges[filled].tolist())
    return tuple(zip(labels, counts[filled].tolist(), strict=True))


def _label(day: int, interval: Interval) -> str:
    return date.fromordinal(day).isoformat()[: _LETTERS[interval]]


def _bars(periods: _Periods, reach: tuple[int, int], main: tuple[int, int], interval: Interval) -> tuple[DateBin, ...]:
    """The bars of the picture: one a bucket where most articles lie, of many years one for ten or
    more; what lies before and after in one each."""
    low, high = _bucket(main[0], interval), _bucket(main[1], interval)
    numbers = np.arange(low, high + 2, dtype=np.int64)
    if interval == "year":
        step = next((step for step in YEAR_STEPS if (high - low) // step < MOST_BARS), YEAR_STEPS[-1])
        starts = np.arange((low + _EPOCH_YEAR) // step * step, high + _EPOCH_YEAR + 1, step, dtype=np.int64)
        numbers = np.clip(np.append(starts, starts[-1] + step), date.min.year, date.max.year + 1) - _EPOCH_YEAR
    edges = _first_days(numbers, interval)
    # Whole buckets, as their links select them.
    start, end = _edge(reach[0], interval, 0), _edge(reach[1], interval, 1) - 1
    bars = _bins(periods, edges[:-1], edges[1:] - 1, interval, stray=False)
    if start < edges[0]:
        bars = _bins(periods, np.array([start]), edges[:1] - 1, interval, stray=True) + bars
    if end >= edges[-1]:
        bars += _bins(periods, edges[-1:], np.array([end]), interval, stray=True)
    return tuple(bars)


def _bins(periods: _Periods, first: Days, last: Days, interval: Interval, *, stray: bool) -> list[DateBin]:
    rows = zip(first.tolist(), last.tolist(), periods.overlapping(first, last).tolist(), strict=True)
    return [
        DateBin(_label(day, interval), _label(end, interval), count, stray=stray) for day, end, count in rows if count
    ]
