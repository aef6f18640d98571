"""Documents that hold any of many terms, taken run by run of the dictionary within a time limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from search.engine.searching.budget import Cut, ExpansionBudget
from search.engine.searching.hits import Hits
from search.engine.searching.union import distinct
from search.engine.storage.arrays import NO_DOCS, Mask
from search.engine.storage.postings import FieldArrays, FieldPart

# Fewer postings than this share of the documents are sorted, more of them go through a mask.
SORT_SHARE = 32
# Work between two looks at the clock, in postings: some milliseconds.
STEP = 1 << 20
# What a run of terms costs beside its postings.
RUN_COST = 1 << 10

# (part, first term, last term exclusive)
Slices = Sequence[tuple[FieldPart, int, int]]


def runs(part: FieldPart, numbers: npt.NDArray[np.int64]) -> list[tuple[FieldPart, int, int]]:
    """Ascending term numbers as runs of numbers that follow each other, whose postings do too."""
    if not len(numbers):
        return []
    breaks = np.flatnonzero(np.diff(numbers) != 1)
    firsts = numbers.take(np.append(0, breaks + 1)).tolist()
    lasts = numbers.take(np.append(breaks, len(numbers) - 1)).tolist()
    return [(part, first, last + 1) for first, last in zip(firsts, lasts, strict=True)]


def union(slices: Slices, size: int, budget: ExpansionBudget | None = None, query: str = "") -> Hits:
    """Documents with any of the terms; unscored.

    Args:
        slices: runs of terms by segment.
        size: documents in the snapshot.
        budget: where it runs out the rest is left out and ``budget.cuts`` says so; None takes
            everything.
        query: what stands in ``budget.cuts``.
    """
    extents = [part.arrays.extent(first, last) for part, first, last in slices]
    if sum(stop - start for start, stop in extents) * SORT_SHARE < size:
        pieces = [
            part.arrays.docs(start, stop) + np.int32(part.base)
            for (part, _, _), (start, stop) in zip(slices, extents, strict=True)
        ]
        return Hits(size, distinct(np.concatenate(pieces)) if pieces else NO_DOCS)
    mask: Mask = np.zeros(size, dtype=bool)
    terms = sum(last - first for _, first, last in slices)
    taken = work = 0
    for part, first, last in slices:
        its_mask = mask[part.base : part.base + part.arrays.doc_count]
        for count, start, stop in steps(part.arrays, first, last):
            if work >= STEP:
                work = 0
                if mask.all():
                    return Hits(size, mask=mask)
                if budget is not None and not budget.may_take():
                    budget.cuts.append(Cut(query, taken, terms))
                    return Hits(size, mask=mask)
            its_mask[part.arrays.docs(start, stop)] = True
            taken += count
            work += stop - start + RUN_COST
    return Hits(size, mask=mask)


def steps(arrays: FieldArrays, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """A run of terms in pieces of about ``STEP`` postings: (terms, where their postings begin,
    where they end)."""
    start, stop = arrays.extent(first, last)
    if stop - start <= STEP:
        yield last - first, start, stop
        return
    starts = arrays.posting_starts(first, last)
    place = 0
    while place < last - first:
        following = int(np.searchsorted(starts, starts[place] + STEP, side="right")) - 1
        following = min(max(following, place + 1), last - first)
        yield following - place, int(starts[place]), int(starts[following])
        place = following
