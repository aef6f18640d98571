"""From matches to hits, total and facet counts, in one pass over the columns.

A facet's counts ignore its own ticks and obey everything else, its own exclusions too; so each count is what ticking the
value would give. All come from one evaluation of the query and a few masks over its matches.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.backends.base import (
    FACETS,
    MISSING,
    BackendHit,
    BackendQuery,
    BackendResult,
    DateFilter,
    FacetCounts,
    FacetFilter,
    Sort,
)
from search.backends.snapshot import NO_DAY, CodeColumn, Columns

MONTHS_BEFORE_YEARS = 36
Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]


def collect(columns: Columns, rows: Rows, scores: NDArray[np.float64], asked: BackendQuery) -> BackendResult:
    """Hits of the page asked for, the total and every facet, of matching rows (ascending) and their scores.

    `took_ms` is 0.0: whoever evaluated the query knows when it began.
    """
    filters = {name: asked.filters.get(name, FacetFilter()) for name in FACETS}
    ticks: dict[str, Mask | None] = {"date": _date_mask(columns, rows, asked.dates)}
    for name, chosen in filters.items():
        ticks[name] = _any_of(columns.facets[name], rows, chosen.any_of) if chosen.any_of else None
    excluded = [
        ~_any_of(columns.facets[name], rows, chosen.none_of) for name, chosen in filters.items() if chosen.none_of
    ]
    allowed = _all(excluded)
    inside = {name: _all([allowed, *[mask for other, mask in ticks.items() if other != name]]) for name in ticks}
    both = _all([allowed, *ticks.values()])
    facets = {
        name: _count(columns.facets[name], _selected(rows, inside[name]), chosen, asked.facet_size)
        for name, chosen in filters.items()
    }
    facets["date"] = _histogram(columns, _selected(rows, inside["date"]), asked.facet_size)
    kept = _selected(rows, both)
    kept_scores = scores if both is None else scores[both]
    order = _order(columns, kept, kept_scores, asked.sort, asked.start + asked.limit)[asked.start :]
    hits = tuple(BackendHit(int(columns.ids[kept[at]]), float(kept_scores[at])) for at in order)
    return BackendResult(hits, len(kept), facets, 0.0)


def _all(masks: list[Mask | None]) -> Mask | None:
    present = [mask for mask in masks if mask is not None]
    if not present:
        return None
    result = present[0]
    for mask in present[1:]:
        result = result & mask
    return result


def _selected(rows: Rows, mask: Mask | None) -> Rows:
    return rows if mask is None else rows[mask]


def _any_of(column: CodeColumn, rows: Rows, values: frozenset[str]) -> Mask:
    """Which rows have one of the values; MISSING: which have none at all."""
    wanted = np.zeros(len(column.values) + 1, dtype=bool)
    for value in values - {MISSING}:
        code = column.code_of(value)
        if code is not None:
            wanted[code] = True
    hits = np.concatenate(([0], np.cumsum(wanted[column.codes], dtype=np.int64)))
    found: Mask = hits[column.offsets[rows + 1]] > hits[column.offsets[rows]]
    return found | (column.lengths[rows] == 0) if MISSING in values else found


def _date_mask(columns: Columns, rows: Rows, dates: DateFilter) -> Mask | None:
    if not dates.active:
        return None
    first, last = columns.first_day[rows], columns.last_day[rows]
    undated: Mask = first == NO_DAY
    if not dates.has_range:
        return undated
    low = dates.first_day if dates.first_day is not None else NO_DAY
    inside: Mask = ~undated & (last >= low)
    if dates.last_day is not None:
        inside &= first <= dates.last_day
    return inside | undated if dates.missing else inside


def _count(column: CodeColumn, rows: Rows, chosen: FacetFilter, size: int) -> FacetCounts:
    lengths = column.lengths[rows]
    counts = np.bincount(column.codes[_ranges(column.offsets[rows], lengths)], minlength=len(column.values))
    named = dict.fromkeys([*sorted(chosen.any_of), *sorted(chosen.none_of)], 0)
    top = np.lexsort((np.arange(len(counts)), -counts))[: size + len(named)]
    found = {column.values[code]: int(counts[code]) for code in top if counts[code] > 0}
    values = dict(list(found.items())[:size])
    for value in named:
        if value != MISSING:
            code = column.code_of(value)
            values[value] = int(counts[code]) if code is not None and value not in chosen.none_of else 0
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    return FacetCounts(tuple(ordered), int(np.count_nonzero(lengths == 0)))


def _ranges(starts: Rows, lengths: Rows) -> Rows:
    """The positions starts[i] … starts[i] + lengths[i] - 1 of all i, concatenated."""
    total = int(lengths.sum())
    before = np.cumsum(lengths) - lengths
    return np.arange(total, dtype=np.int64) + np.repeat(starts - before, lengths)


def _histogram(columns: Columns, rows: Rows, size: int) -> FacetCounts:
    """Articles whose period overlaps each month; years instead when the dates span over 36 months."""
    first, last = columns.first_day[rows], columns.last_day[rows]
    dated = first != NO_DAY
    missing = int(len(rows) - np.count_nonzero(dated))
    if missing == len(rows):
        return FacetCounts((), missing)
    first_month, last_month = _months(first[dated]), _months(last[dated])
    low, high = int(first_month.min()), int(last_month.max())
    step = 1 if high - low < MONTHS_BEFORE_YEARS else 12
    low, starts, ends = low // step, first_month // step, last_month // step
    change = np.bincount(starts - low, minlength=high // step - low + 2)
    change = change - np.bincount(ends - low + 1, minlength=len(change))
    counts = np.cumsum(change)
    buckets = [(low + at, int(counts[at])) for at in np.flatnonzero(counts)]
    if len(buckets) > size:
        buckets = sorted(sorted(buckets, key=lambda bucket: (-bucket[1], bucket[0]))[:size])
    labels = [(f"{month // 12:04d}-{month % 12 + 1:02d}" if step == 1 else f"{month:04d}", n) for month, n in buckets]
    return FacetCounts(tuple(labels), missing)


def _months(days: NDArray[np.int32]) -> NDArray[np.int64]:
    """Months since the year 0 of proleptic ordinals."""
    epoch = date(1970, 1, 1).toordinal()
    since_1970 = (days.astype(np.int64) - epoch).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return since_1970 + 1970 * 12


def _order(columns: Columns, rows: Rows, scores: NDArray[np.float64], sort: Sort, most: int) -> Rows:
    """Positions in `rows`, best first, at most `most`. Ties: newest, then the latest id; undated last."""
    if sort == "relevance" and 0 < most < len(rows) // 4:
        # Only what scores at least as much as the last place can be on the page.
        threshold = np.partition(scores, len(scores) - most)[len(scores) - most]
        near = np.flatnonzero(scores >= threshold)
    else:
        near = np.arange(len(rows))
    some = rows[near]
    ids, last = columns.ids[some], columns.last_day[some].astype(np.int64)
    first = columns.first_day[some].astype(np.int64)
    keys: Mapping[Sort, tuple[NDArray[Any], ...]] = {
        "relevance": (-ids, -first, -scores[near]),
        "newest": (-ids, last, -first, first == NO_DAY),
        "oldest": (ids, last, first, first == NO_DAY),
    }
    return near[np.lexsort(keys[sort])][:most]
