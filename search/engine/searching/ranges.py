"""Ranges of numbers, dates and terms as slices of the sorted term dictionary."""

from __future__ import annotations

from typing import Any

from whoosh import fields
from whoosh.util.numeric import to_sortable

from search.engine.searching.globalfield import GlobalField
from search.engine.searching.termruns import Slices


def term_range(field: GlobalField, start: bytes, end: bytes | None, startexcl: bool, endexcl: bool) -> Slices:
    """Slices of each segment's dictionary between two terms; ``end`` None is open."""
    slices = []
    for part in field.parts:
        arrays = part.arrays
        first = arrays.bisect(start)
        if startexcl and first < arrays.term_count and arrays.term(first) == start:
            first += 1
        last = arrays.term_count
        if end is not None:
            last = arrays.bisect(end)
            if not endexcl and last < arrays.term_count and arrays.term(last) == end:
                last += 1
        slices.append((part, first, last))
    return slices


def number_range(field: GlobalField, fieldobj: fields.NUMERIC, query: Any) -> Slices:
    """Slices for a range of numbers or dates, over full-precision terms only.

    Whoosh's own tiers are not used: they return wrong documents for unsigned fields.
    """
    top = 2**fieldobj.bits - 1
    low = 0 if query.start is None else _sortable(fieldobj, query.start) + (1 if query.startexcl else 0)
    high = top if query.end is None else _sortable(fieldobj, query.end) - (1 if query.endexcl else 0)
    low, high = max(low, 0), min(high, top)
    if low > high:
        return []
    return term_range(field, fieldobj.sortable_to_bytes(low), fieldobj.sortable_to_bytes(high), False, False)


def _sortable(fieldobj: fields.NUMERIC, value: Any) -> int:
    """A bound as the field's sortable integer; bounds outside the field's range are moved to just
    outside it."""
    if not isinstance(value, str | bytes):
        if value > fieldobj.max_value:
            return int(2**fieldobj.bits)
        if value < fieldobj.min_value:
            return -1
    return int(to_sortable(fieldobj.numtype, fieldobj.bits, fieldobj.signed, fieldobj.prepare_number(value)))
