"""The date facet as a histogram: bars that are links, with their geometry, and the same data as a
table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from search.query.facets import Facet, date_label
from search.query.querystring import Gap, period_gap
from search.query.request import SearchRequest
from search.query.values import read_period
from search.views.parts.facetpanel import FacetLink, none_label
from search.views.parts.links import results_gap, results_url, too_long
from search.views.parts.text import articles, number

HEIGHT_PIXELS = 64
#: A bar with few articles is still seen and hit.
LEAST_PIXELS = 2
#: Few bars stay narrow, so that one month is not a wall.
WIDEST_BAR_PERCENT = 5.0
#: More years than these are drawn as decades, then centuries.
MOST_BARS = 120
MOST_TICKS = 8
ROUND_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
BAR_GAP_SHARE = 0.14


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; without `url` where the question is too long to be repeated in each.

    `x`, `width`, `slot_x` and `slot_width` are percentages, `y` and `height` pixels from the top.
    """

    label: str
    date: str
    count: str
    url: str
    selected: bool
    x: str
    width: str
    slot_x: str
    slot_width: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on the axis, centred below its bar; `x` is a percentage."""

    x: str
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The histogram. Bars without articles are drawn as gaps and are not in `bars`. `narrowed`
    tells whether a range is on."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    height: int
    narrowed: bool
    reset_url: str
    missing: tuple[FacetLink, ...]


@dataclass(frozen=True, slots=True)
class Bucket:
    """A stretch of time: first and last value as addresses write them, and its articles."""

    first: str
    last: str
    count: int


def timeline_of(facet: Facet, request: SearchRequest) -> Timeline:
    """The histogram of the date facet; without bars when nothing is dated."""
    buckets = with_empty_buckets([(value.value, value.count) for value in facet.values])
    most = max((bucket.count for bucket in buckets), default=0)
    addresses = results_gap(period_gap(request))
    return Timeline(
        bars=tuple(
            _bar(at, bucket, most, 100 / len(buckets), request, addresses)
            for at, bucket in enumerate(buckets)
            if bucket.count
        ),
        ticks=tuple(_ticks(buckets)),
        height=HEIGHT_PIXELS,
        narrowed=request.backend.dates.has_range,
        reset_url=results_url(replace(request, page=1, date_from="", date_to="")),
        missing=_missing(facet, request),
    )


def with_empty_buckets(values: list[tuple[str, int]]) -> list[Bucket]:
    """The buckets from the first value to the last, in order, with those of no article; years in
    tens or hundreds if many."""
    if not values:
        return []
    counts = dict(values)
    monthly = all("-" in value for value in counts)
    if monthly:
        return [Bucket(value, value, counts.get(value, 0)) for value in _months(min(counts), max(counts))]
    years = {int(value[:4]): count for value, count in counts.items()}
    first, last = min(years), max(years)
    step = next((step for step in (1, 10, 100) if (last - first) // step < MOST_BARS), 1000)
    starts = range(first - first % step, last + 1, step)
    # An article dated only to a decade's two years is in both; sums are as good as a picture needs.
    return [
        Bucket(
            f"{max(start, 1):04}",
            f"{min(start + step - 1, 9999):04}",
            sum(years.get(year, 0) for year in range(start, start + step)),
        )
        for start in starts
    ]


def _months(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    while (value := f"{year:04}-{month:02}") <= last:
        yield value
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _bar(at: int, bucket: Bucket, most: int, slot: float, request: SearchRequest, addresses: Gap) -> Bar:
    width = min(slot * (1 - BAR_GAP_SHARE), WIDEST_BAR_PERCENT)
    height = max(LEAST_PIXELS, round(bucket.count / most * HEIGHT_PIXELS))
    one = bucket.first == bucket.last
    date = date_label(bucket.first) if one else f"{bucket.first}–{bucket.last}"
    years = replace(request, page=1, date_from=bucket.first, date_to=bucket.last, date_missing=False)
    return Bar(
        label=_("%(date)s, %(articles)s") % {"date": date, "articles": articles(bucket.count)},
        date=date,
        count=number(bucket.count),
        url="" if too_long(request) else addresses.filled(bucket.first) if one else results_url(years),
        selected=_overlaps(bucket, request),
        x=f"{(at + 0.5) * slot - width / 2:.2f}%",
        width=f"{width:.2f}%",
        slot_x=f"{at * slot:.2f}%",
        slot_width=f"{slot:.2f}%",
        y=HEIGHT_PIXELS - height,
        height=height,
    )


def _overlaps(bucket: Bucket, request: SearchRequest) -> bool:
    dates = request.backend.dates
    first, last = read_period(bucket.first), read_period(bucket.last)
    if not (dates.has_range and first and last):
        return False
    return (dates.first_day is None or last.last_day >= dates.first_day) and (
        dates.last_day is None or first.first_day <= dates.last_day
    )


def _ticks(buckets: list[Bucket]) -> Iterator[Tick]:
    """The year where one begins, round ones if there are many; where none begins, the first and the
    last month."""
    marks = [(at, bucket.first[:4]) for at, bucket in enumerate(buckets) if bucket.first[5:7] in ("", "01")]
    step = next((step for step in ROUND_YEARS if _round(marks, step) <= MOST_TICKS), ROUND_YEARS[-1])
    labels = [(at, year) for at, year in marks if int(year) % step == 0]
    if buckets and not labels:
        labels = [(at, date_label(buckets[at].first)) for at in sorted({0, len(buckets) - 1})]
    for at, label in labels:
        yield Tick(f"{(at + 0.5) * 100 / len(buckets):.2f}%", label)


def _round(marks: list[tuple[int, str]], step: int) -> int:
    return sum(1 for _at, year in marks if int(year) % step == 0)


def _missing(facet: Facet, request: SearchRequest) -> tuple[FacetLink, ...]:
    if not (facet.missing or facet.missing_selected):
        return ()
    toggle = replace(request, page=1, date_missing=not request.date_missing)
    state = "on" if facet.missing_selected else ""
    return (FacetLink(none_label("date"), number(facet.missing), state, results_url(toggle), exclude_url=""),)
