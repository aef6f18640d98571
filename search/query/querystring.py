"""The one encoder of addresses: a question as the shortest query string that `search.query.filters`
reads back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote_plus

from search.backends.base import FACETS
from search.query.request import FACET_SIZE, PAGE_SIZE, SearchRequest, Selection, default_sort

#: No parameter's value: the form drops NUL characters wherever they come.
_PLACE = "\x00"


@dataclass(frozen=True, slots=True)
class Gap:
    """A query string with places for one more value, for the many links that differ in that value
    alone."""

    parts: tuple[str, ...]

    def filled(self, value: str) -> str:
        """The query string with the value."""
        return quote_plus(value).join(self.parts)


def encode(request: SearchRequest) -> str:
    """``?q=…&country=AM``; empty for the start page. Defaults are left out."""
    pairs = list(pairs_of(request))
    return "?" + "&".join(f"{name}={quote_plus(value)}" for name, value in pairs) if pairs else ""


def pairs_of(request: SearchRequest) -> Iterable[tuple[str, str]]:
    """The parameters of a question that are not the default, in the order of its address."""
    if request.q:
        yield "q", request.q
    if request.match != "all":
        yield "match", request.match
    if request.letter:
        yield "letter", "1"
    for facet in FACETS:
        selection = request.selection(facet)
        yield from ((facet, value) for value in selection.ticked)
        yield from ((f"{facet}_not", value) for value in selection.excluded)
    if request.date_missing:
        yield "date", "none"
    if request.date_from:
        yield "date_from", request.date_from
    if request.date_to:
        yield "date_to", request.date_to
    if request.sort != default_sort(request.backend.tree):
        yield "sort", request.sort
    if request.page_size != PAGE_SIZE:
        yield "page_size", str(request.page_size)
    if request.facet_size != FACET_SIZE:
        yield "facet_size", str(request.facet_size)
    if request.page != 1:
        yield "page", str(request.page)


def with_toggled(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The question with a value of a facet ticked, or unticked if it was ticked or excluded; back
    on page 1."""
    selection = request.selection(facet)
    on = value in selection.ticked or value in selection.excluded
    ticked = tuple(v for v in selection.ticked if v != value) + (() if on else (value,))
    changed = Selection(ticked, tuple(v for v in selection.excluded if v != value))
    return _with_selection(request, facet, changed)


def with_excluded(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The question with a value of a facet excluded; back on page 1."""
    selection = request.selection(facet)
    changed = Selection(
        tuple(v for v in selection.ticked if v != value),
        (*tuple(v for v in selection.excluded if v != value), value),
    )
    return _with_selection(request, facet, changed)


def ticking_gap(request: SearchRequest, facet: str) -> Gap:
    """Query strings that tick a value of a facet which is neither ticked nor excluded."""
    return _gap(with_toggled(request, facet, _PLACE))


def excluding_gap(request: SearchRequest, facet: str) -> Gap:
    """Query strings that exclude a value of a facet which is neither ticked nor excluded."""
    return _gap(with_excluded(request, facet, _PLACE))


def period_gap(request: SearchRequest) -> Gap:
    """Query strings of the question narrowed to one period, its first and last value the same; back
    on page 1."""
    return _gap(replace(request, page=1, date_from=_PLACE, date_to=_PLACE, date_missing=False))


def _gap(request: SearchRequest) -> Gap:
    return Gap(tuple(encode(request).split(quote_plus(_PLACE))))


def _with_selection(request: SearchRequest, facet: str, selection: Selection) -> SearchRequest:
    changes: dict[str, Any] = {facet: selection}
    return replace(request, page=1, **changes)


def on_page(request: SearchRequest, page: int) -> SearchRequest:
    """The same question on another page."""
    return replace(request, page=page)
