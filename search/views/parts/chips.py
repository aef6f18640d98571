"""Chips: every filter that is on, each with the address that removes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from search.backends.base import FACETS
from search.query.facets import Facet, date_label
from search.query.querystring import with_toggled
from search.query.request import SearchRequest, Selection
from search.views.parts.facetpanel import facet_title, none_label
from search.views.parts.links import results_url


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter: "Country", "Armenia". `without` is the question without it."""

    title: str
    label: str
    remove_label: str
    remove_url: str
    without: SearchRequest
    excluded: bool = False


def chips_of(request: SearchRequest, facets: tuple[Facet, ...]) -> tuple[Chip, ...]:
    """A chip for every ticked and excluded value and for the dates."""
    labels = {(facet.name, value.value): value.label for facet in facets for value in facet.values}
    chips = []
    for name in FACETS:
        selection = request.selection(name)
        for value in (*selection.ticked, *selection.excluded):
            label = none_label(name) if value == "none" else labels.get((name, value), value)
            chips.append(
                _chip(
                    facet_title(name), label, with_toggled(request, name, value), excluded=value in selection.excluded
                )
            )
    if request.date_from or request.date_to:
        chips.append(_chip(_("Date"), _range_label(request), replace(request, page=1, date_from="", date_to="")))
    if request.date_missing:
        chips.append(_chip(_("Date"), none_label("date"), replace(request, page=1, date_missing=False)))
    return tuple(chips)


def without_filters(request: SearchRequest) -> SearchRequest:
    """The question without any filter; its words and order stay."""
    none = Selection()
    return replace(
        request, page=1, outlet=none, language=none, country=none, date_from="", date_to="", date_missing=False
    )


def _chip(title: str, label: str, without: SearchRequest, *, excluded: bool = False) -> Chip:
    shown = _("Not %(facet)s") % {"facet": title.lower()} if excluded else title
    name = _("Remove filter %(facet)s: %(value)s") % {"facet": shown, "value": label}
    return Chip(shown, label, name, results_url(without), without, excluded)


def _range_label(request: SearchRequest) -> str:
    first, last = request.date_from, request.date_to
    if first == last:
        return date_label(first)
    if not last:
        return _("from %(date)s") % {"date": date_label(first)}
    if not first:
        return _("until %(date)s") % {"date": date_label(last)}
    return f"{date_label(first)} – {date_label(last)}"
