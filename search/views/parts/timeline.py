"""The date facet as a histogram: bars that are links, with their geometry, and the same data as a
table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from search.backends.base import DateBin, Interval
from search.query.facets import Facet, date_label
from search.query.querystring import Gap, period_gap
from search.query.request import SearchRequest
from search.views.parts.facetpanel import FacetLink, none_label
from search.views.parts.links import results_gap, results_url, too_long
from search.views.parts.text import articles, number

HEIGHT_PIXELS = 64
#: A bar with few articles is still seen and hit.
LEAST_PIXELS = 2
#: Few bars stay narrow, so that one month is not a wall.
WIDEST_BAR_PERCENT = 5.0
MOST_TICKS = 8
#: What lies far from all else stands apart by this share of the bars.
APART_SHARE = 0.06
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
class Slot:
    """A bar in its place, counted from 0."""

    at: int
    bar: DateBin


def timeline_of(facet: Facet, request: SearchRequest) -> Timeline:
    """The histogram of the date facet; without bars when nothing is dated."""
    slots = slots_of(facet.bars, facet.interval)
    count = slots[-1].at + 1 if slots else 0
    most = max((slot.bar.count for slot in slots), default=0)
    addresses = results_gap(period_gap(request))
    return Timeline(
        bars=tuple(_bar(slot, most, 100 / count, request, addresses) for slot in slots),
        ticks=tuple(_ticks(slots, facet.interval)),
        height=HEIGHT_PIXELS,
        narrowed=request.backend.dates.has_range,
        reset_url=results_url(replace(request, page=1, date_from="", date_to="")),
        missing=_missing(facet, request),
    )


def slots_of(bars: Sequence[DateBin], interval: Interval) -> list[Slot]:
    """The bars in their places: as far from each other as their dates are, stray ones at a small
    distance from the others."""
    if not bars:
        return []
    spans = [(_number(bar.first, interval), _number(bar.last, interval)) for bar in bars]
    step = max((last - first + 1 for bar, (first, last) in zip(bars, spans, strict=True) if not bar.stray), default=1)
    main = [number for bar, span in zip(bars, spans, strict=True) if not bar.stray for number in span]
    apart = 1 + round((main[-1] - main[0] + 1) / step * APART_SHARE) if main else 1
    slots, at = [], 0
    for place, bar in enumerate(bars):
        if place and (bar.stray or bars[place - 1].stray):
            at += 1 + apart
        elif place:
            at += 1 + (spans[place][0] - spans[place - 1][1] - 1) // step
        slots.append(Slot(at, bar))
    return slots


def _number(value: str, interval: Interval) -> int:
    """The years, months or days up to a date."""
    year, month, day = ([int(part) for part in value.split("-")] + [1, 1])[:3]
    return {"year": year, "month": year * 12 + month, "day": date(year, month, day).toordinal()}[interval]


def _bar(slot: Slot, most: int, width_of_slot: float, request: SearchRequest, addresses: Gap) -> Bar:
    bar = slot.bar
    width = min(width_of_slot * (1 - BAR_GAP_SHARE), WIDEST_BAR_PERCENT)
    height = max(LEAST_PIXELS, round(bar.count / most * HEIGHT_PIXELS))
    one = bar.first == bar.last
    label = date_label(bar.first) if one else span_label(bar.first, bar.last)
    several = replace(request, page=1, date_from=bar.first, date_to=bar.last, date_missing=False)
    return Bar(
        label=_("%(date)s, %(articles)s") % {"date": label, "articles": articles(bar.count)},
        date=label,
        count=number(bar.count),
        url="" if too_long(request) else addresses.filled(bar.first) if one else results_url(several),
        selected=request.backend.dates.has_range,
        x=f"{(slot.at + 0.5) * width_of_slot - width / 2:.2f}%",
        width=f"{width:.2f}%",
        slot_x=f"{slot.at * width_of_slot:.2f}%",
        slot_width=f"{width_of_slot:.2f}%",
        y=HEIGHT_PIXELS - height,
        height=height,
    )


def span_label(first: str, last: str) -> str:
    """``1901–1989``, "May 1901 – September 2018"."""
    if len(first) == len(last) == 4:
        return f"{first}–{last}"
    return f"{date_label(first)} – {date_label(last)}"


def _ticks(slots: list[Slot], interval: Interval) -> Iterator[Tick]:
    """The year where one begins, round ones if there are many, of days the month; where none
    begins, the first and the last bar. Of stray bars the years that are next to the others are
    left out."""
    if not slots:
        return
    count = slots[-1].at + 1
    for slot in slots:
        if slot.bar.stray:
            end = slot.bar.first if slot.at == 0 else slot.bar.last
            yield Tick(f"{(slot.at + 0.5) * 100 / count:.2f}%", end[:4])
    main = [slot for slot in slots if not slot.bar.stray]
    marks = list(_beginnings(main, interval))
    if interval != "day":
        step = next((step for step in ROUND_YEARS if _round(marks, step) <= MOST_TICKS), ROUND_YEARS[-1])
        marks = [(at, year) for at, year in marks if int(year) % step == 0]
    if not marks:
        marks = [(slot.at, date_label(slot.bar.first)) for slot in dict.fromkeys((main[0], main[-1]))]
    for at, label in marks:
        yield Tick(f"{(at + 0.5) * 100 / count:.2f}%", label)


def _beginnings(main: list[Slot], interval: Interval) -> Iterator[tuple[int, str]]:
    """Places where a year (of days: a month) begins, those without a bar included, and its name."""
    step = max(_number(slot.bar.last, interval) - _number(slot.bar.first, interval) + 1 for slot in main)
    following = iter(main)
    slot = next(following)
    for at in range(main[0].at, main[-1].at + 1):
        while slot.at < at:
            slot = next(following)
        value = (
            slot.bar.first
            if slot.at == at
            else _value(_number(slot.bar.first, interval) - (slot.at - at) * step, interval)
        )
        if interval == "year" or (interval == "month" and value[5:] == "01"):
            yield at, value[:4]
        elif interval == "day" and value[8:] == "01":
            yield at, date_label(value[:7])


def _value(number: int, interval: Interval) -> str:
    """The date with a number of years, months or days."""
    if interval == "year":
        return f"{number:04d}"
    if interval == "month":
        return f"{(number - 1) // 12:04d}-{(number - 1) % 12 + 1:02d}"
    return date.fromordinal(number).isoformat()


def _round(marks: list[tuple[int, str]], step: int) -> int:
    return sum(1 for _at, year in marks if int(year) % step == 0)


def _missing(facet: Facet, request: SearchRequest) -> tuple[FacetLink, ...]:
    if not (facet.missing or facet.missing_selected):
        return ()
    toggle = replace(request, page=1, date_missing=not request.date_missing)
    state = "on" if facet.missing_selected else ""
    return (FacetLink(none_label("date"), number(facet.missing), state, results_url(toggle), exclude_url=""),)
