"""From matches to hits, total and facet counts, all from one evaluation.

A facet's counts ignore its own ticks and obey everything else, its own exclusions too; so each count is what ticking the
value would give.
"""

from __future__ import annotations

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
)
from search.backends.snapshot import Snapshot
from search.engine.arrays import Docs, Mask
from search.engine.globalcolumn import CodesColumn, MultiCodesColumn, overlap_mask
from search.engine.results import Matches, Selection

MONTHS_BEFORE_YEARS = 36


def collect(snapshot: Snapshot, matches: Matches, asked: BackendQuery) -> BackendResult:
    """Hits of the page asked for, the total and every facet.

    `took_ms` is 0.0: whoever evaluated the query knows when it began.
    """
    chosen = {name: asked.filters.get(name, FacetFilter()) for name in FACETS}
    masks: dict[str, Mask] = {}
    for name, column in snapshot.facets.items():
        if chosen[name].any_of:
            masks[name] = column.mask(chosen[name].any_of)
        if chosen[name].none_of:
            # No facet has this name, so no count ignores it.
            masks[f"not {name}"] = ~column.mask(chosen[name].none_of)
    if asked.dates.active:
        masks["date"] = _date_mask(snapshot, asked.dates)
    selection = matches.filtered(masks)
    facets = {
        name: _facet(column, selection.counts(column, name), chosen[name], asked.facet_size)
        for name, column in snapshot.facets.items()
    }
    facets["date"] = _histogram(snapshot, selection.docs_ignoring("date"), asked.facet_size)
    return BackendResult(_hits(snapshot, selection, asked), selection.total, facets, 0.0)


def _date_mask(snapshot: Snapshot, dates: DateFilter) -> Mask:
    undated: Mask = snapshot.first_month == 0
    if not dates.has_range:
        return undated
    inside = overlap_mask(snapshot.first_day, snapshot.last_day, dates.first_day, dates.last_day)
    return inside | undated if dates.missing else inside


def _facet(
    column: CodesColumn | MultiCodesColumn, counts: NDArray[np.int64], chosen: FacetFilter, size: int
) -> FacetCounts:
    missing, by_code = int(counts[0]), counts[1:]
    present = np.flatnonzero(by_code)
    top = present[np.lexsort((present, -by_code[present]))[:size]]
    values = {column.values[code]: int(by_code[code]) for code in top}
    for value in chosen.any_of - {MISSING}:
        code = column.code(value)
        values[value] = int(counts[code]) if code > 0 else 0
    values.update(dict.fromkeys(chosen.none_of - {MISSING}, 0))
    return FacetCounts(tuple(sorted(values.items(), key=lambda item: (-item[1], item[0]))), missing)


def _histogram(snapshot: Snapshot, docs: Docs, size: int) -> FacetCounts:
    """Articles whose period overlaps each month; years instead when the dates span over 36 months."""
    first, last = snapshot.first_month.take(docs), snapshot.last_month.take(docs)
    dated = first != 0
    missing = len(docs) - int(np.count_nonzero(dated))
    if missing:
        first, last = first[dated], last[dated]
    if not len(first):
        return FacetCounts((), missing)
    low, high = int(first.min()), int(last.max())
    step = 1 if high - low < MONTHS_BEFORE_YEARS else 12
    low, first, last = low // step, first // step, last // step
    # +1 where a period begins, -1 after it ends: the running sum counts the periods that are open.
    change = np.bincount(first - low, minlength=high // step - low + 2)
    change[1:] -= np.bincount(last - low, minlength=len(change) - 1)
    counts = np.cumsum(change)
    buckets = [(low + at, int(counts[at])) for at in np.flatnonzero(counts).tolist()]
    if len(buckets) > size:
        buckets = sorted(sorted(buckets, key=lambda bucket: (-bucket[1], bucket[0]))[:size])
    labels = [(f"{month // 12:04d}-{month % 12 + 1:02d}" if step == 1 else f"{month:04d}", n) for month, n in buckets]
    return FacetCounts(tuple(labels), missing)


def _hits(snapshot: Snapshot, selection: Selection, asked: BackendQuery) -> tuple[BackendHit, ...]:
    """The page, best first. Equal scores: newest first; equal dates: the latest id first; undated last."""
    docs, most = selection.docs, asked.start + asked.limit
    if asked.sort == "relevance":
        scores = selection.scores().astype(np.float64)
        near = np.arange(len(docs))
        if most < len(docs) // 4:
            # Only what scores at least as much as the last place can be on the page.
            near = np.flatnonzero(scores >= np.partition(scores, len(scores) - most)[len(scores) - most])
        order = near[np.lexsort((snapshot.by_newest[docs[near]], -scores[near]))][asked.start : most]
        return tuple(BackendHit(int(snapshot.ids[docs[at]]), float(scores[at])) for at in order.tolist())
    ranks = (snapshot.by_newest if asked.sort == "newest" else snapshot.by_oldest).take(docs)
    if most < len(docs) // 4:
        near = np.argpartition(ranks, most)[:most]
        order = near[np.argsort(ranks[near])][asked.start :]
    else:
        order = np.argsort(ranks)[asked.start : most]
    return tuple(BackendHit(int(snapshot.ids[docs[at]]), 0.0) for at in order.tolist())
