"""A facet as the page shows it: each value with its count and the addresses that tick or exclude
it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.query.facets import Facet, FacetValue
from search.query.querystring import excluding_gap, ticking_gap, with_excluded, with_toggled
from search.query.request import MAX_FACET_SIZE, SearchRequest
from search.views.parts.links import Submit, results_gap, results_url, too_long
from search.views.parts.text import locale, number

#: Longer facets are cut here, with "Show all".
SHOWN_VALUES = 8


@dataclass(frozen=True, slots=True)
class FacetLink:
    """One value. `state` is ``on`` (ticked), ``off`` (excluded) or empty; `toggle_url` ticks it, or
    takes it back when it is ticked or excluded; `exclude_url` excludes it. Of a long question
    `tick` and `exclude` are buttons for that instead."""

    label: str
    count: str
    state: str
    toggle_url: str
    exclude_url: str
    exclude_label: str = ""
    tick: Submit | None = None
    exclude: Submit | None = None


@dataclass(frozen=True, slots=True)
class FacetPanel:
    """One facet. `shown` are the first values and all that were chosen, whatever their rank; `rest`
    are those behind "Show all"; `all_url` lists still more. `missing` is the value of the articles
    without one, where there are any."""

    name: str
    title: str
    shown: tuple[FacetLink, ...]
    rest: tuple[FacetLink, ...]
    rest_label: str
    all_url: str
    missing: tuple[FacetLink, ...]


def panel_of(facet: Facet, request: SearchRequest, most: int) -> FacetPanel:
    """The panel of the facet `outlet`, `language` or `country`, asked for with at most `most`
    values.

    Values without articles are left out unless ticked.
    """
    values = [value for value in facet.values if value.count or value.selected or value.excluded]
    link = _linker(facet.name, request)
    links = tuple(link(value) for value in values)
    # A "Show all" that uncovers one value takes the place of that value.
    cut = SHOWN_VALUES if len(links) > SHOWN_VALUES + 1 else len(links)
    shown = tuple(link for at, link in enumerate(links) if at < cut or link.state)
    rest = tuple(link for link in links[cut:] if not link.state)
    cut_off = most < MAX_FACET_SIZE and len(facet.values) >= most
    missing = FacetValue("none", none_label(facet.name), facet.missing, facet.missing_selected, facet.missing_excluded)
    return FacetPanel(
        name=facet.name,
        title=facet_title(facet.name),
        shown=shown,
        rest=rest,
        rest_label=_rest_label(facet.name, len(links), cut_off),
        all_url=results_url(replace(request, facet_size=MAX_FACET_SIZE)) if cut_off else "",
        missing=(link(missing),) if missing.count or missing.selected or missing.excluded else (),
    )


def facet_title(name: str) -> str:
    """The name of a facet for people."""
    return {"outlet": _("Outlet"), "language": _("Language"), "country": _("Country"), "date": _("Date")}[name]


def none_label(name: str) -> str:
    """What the articles without a value of a facet are called."""
    return {
        "outlet": _("No outlet"),
        "language": _("No language"),
        "country": _("No country"),
        "date": _("No date"),
    }[name]


def _linker(name: str, request: SearchRequest) -> Callable[[FacetValue], FacetLink]:
    """Makes the links of a facet's values. Values that are neither ticked nor excluded differ in
    one place of the address."""
    tick, exclude = results_gap(ticking_gap(request, name)), results_gap(excluding_gap(request, name))
    exclude_label, locale_name = _("Exclude %(label)s"), locale()
    long = too_long(request)

    def link(value: FacetValue) -> FacetLink:
        chosen = value.selected or value.excluded
        if long:
            # The form holds what is chosen already; its chips take that back.
            toggle_url = exclude_url = ""
        elif chosen:
            toggle_url = results_url(with_toggled(request, name, value.value))
            exclude_url = "" if value.excluded else results_url(with_excluded(request, name, value.value))
        else:
            toggle_url, exclude_url = tick.filled(value.value), exclude.filled(value.value)
        return FacetLink(
            label=value.label,
            count=number(value.count, locale_name),
            state="on" if value.selected else "off" if value.excluded else "",
            toggle_url=toggle_url,
            exclude_url=exclude_url,
            exclude_label=exclude_label % {"label": value.label},
            tick=Submit(name, value.value) if long and not chosen else None,
            exclude=Submit(f"{name}_not", value.value) if long and not chosen else None,
        )

    return link


def _rest_label(name: str, count: int, cut: bool) -> str:
    if cut:
        return _("Show the %(count)s most frequent") % {"count": number(count)}
    labels = {
        "outlet": ngettext("Show all %(count)s outlet", "Show all %(count)s outlets", count),
        "language": ngettext("Show all %(count)s language", "Show all %(count)s languages", count),
        "country": ngettext("Show all %(count)s country", "Show all %(count)s countries", count),
    }
    return labels[name] % {"count": number(count)}
