"""From matches to hits, total and facet counts, all from one evaluation.

A facet's counts ignore its own ticks and obey everything else, its own exclusions too; so each
count is what ticking the value would give.
"""

from __future__ import annotations

from bisect import insort

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
from search.backends.histogram import histogram
from search.backends.snapshot import Snapshot
from search.engine.searching.collect import highest
from search.engine.searching.globalcolumn import CodesColumn, MultiCodesColumn
from search.engine.searching.results import FilteredMatches, Matches
from search.engine.storage.arrays import Mask


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
    dates = histogram(snapshot, selection.counts(snapshot.periods, "date"), asked.dates)
    facets["date"] = dates.counts
    return BackendResult(
        _hits(snapshot, selection, asked), selection.total, facets, 0.0, interval=dates.interval, bars=dates.bars
    )


def _date_mask(snapshot: Snapshot, dates: DateFilter) -> Mask:
    undated: Mask = snapshot.periods.codes == 0
    if not dates.has_range:
        return undated
    inside = ~undated
    if dates.last_day is not None:
        inside &= snapshot.first_day <= dates.last_day
    if dates.first_day is not None:
        inside &= snapshot.last_day >= dates.first_day
    return inside | undated if dates.missing else inside


def _facet(
    column: CodesColumn | MultiCodesColumn, counts: NDArray[np.int64], chosen: FacetFilter, size: int
) -> FacetCounts:
    missing, by_code = int(counts[0]), counts[1:]
    present = np.flatnonzero(by_code)
    # Codes are in the order of their values, so a stable sort leaves equal counts in it.
    top = present[np.argsort(-by_code[present], kind="stable")[:size]]
    values = list(zip([column.values[code] for code in top.tolist()], by_code[top].tolist(), strict=True))
    if not chosen.any_of and not chosen.none_of:
        return FacetCounts(tuple(values), missing)
    asked = chosen.any_of | chosen.none_of
    values = [pair for pair in values if pair[0] not in asked]
    for value in asked - {MISSING}:
        code = column.code(value)
        count = int(counts[code]) if code > 0 and value not in chosen.none_of else 0
        insort(values, (value, count), key=_best_first)
    return FacetCounts(tuple(values), missing)


def _best_first(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _hits(snapshot: Snapshot, selection: FilteredMatches, asked: BackendQuery) -> tuple[BackendHit, ...]:
    """The page, best first. Equal scores: newest first; equal dates: the latest id first; undated
    last."""
    docs, most = selection.docs, asked.start + asked.limit
    if asked.sort == "relevance":
        scores = selection.scores()
        # Only what scores at least as much as the last place can be on the page.
        near = highest(scores, most)
        order = near[np.lexsort((snapshot.newest.ranks[docs[near]], -scores[near]))][asked.start : most]
        return tuple(map(BackendHit, snapshot.ids[docs[order]].tolist(), scores[order].tolist()))
    by_date = snapshot.newest if asked.sort == "newest" else snapshot.oldest
    page = by_date.first(docs, most)[asked.start :]
    return tuple(BackendHit(number, 0.0) for number in snapshot.ids[page].tolist())
