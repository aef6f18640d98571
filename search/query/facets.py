"""Facets as people see them: value, label, count, selected. Templates only loop over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language

from search.backends.base import BackendResult, DateBin, Interval
from search.countries.names import country_name
from search.languages.tags import language_name
from search.models import Outlet
from search.query.request import SearchRequest


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value: `value` is what its parameter takes, `label` is for people."""

    value: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet. `missing` counts articles without a value; `missing_selected` tells whether these
    are ticked. Dates are counted by `interval` and drawn as `bars`."""

    name: str
    values: tuple[FacetValue, ...]
    missing: int
    missing_selected: bool = False
    missing_excluded: bool = False
    interval: Interval = "month"
    bars: tuple[DateBin, ...] = ()


def facets_of(answer: BackendResult, request: SearchRequest) -> tuple[Facet, ...]:
    """The four facets of an answer: outlet, language, country and date."""
    counts = answer.facets
    locale = get_language() or "en"
    outlets = {
        str(pk): (slug, name)
        for pk, slug, name in Outlet.objects.filter(
            pk__in=[int(key) for key, _count in counts["outlet"].values if key.isdecimal()]
        ).values_list("pk", "slug", "name")
    }
    known = [(*outlets[key], count) for key, count in counts["outlet"].values if key in outlets]
    languages = [(code, language_name(code, locale), count) for code, count in counts["language"].values]
    countries = [(code, country_name(code, locale), count) for code, count in counts["country"].values]
    return (
        _facet("outlet", known, counts["outlet"].missing, request),
        _facet("language", languages, counts["language"].missing, request),
        _facet("country", countries, counts["country"].missing, request),
        _date_facet(answer, request),
    )


def _facet(name: str, rows: list[tuple[str, str, int]], missing: int, request: SearchRequest) -> Facet:
    selection = request.selection(name)
    values = tuple(
        FacetValue(value, label, count, value in selection.ticked, value in selection.excluded)
        for value, label, count in rows
    )
    return Facet(name, values, missing, "none" in selection.ticked, "none" in selection.excluded)


def _date_facet(answer: BackendResult, request: SearchRequest) -> Facet:
    counts = answer.facets["date"]
    # A chosen range is all there is to see.
    chosen = request.backend.dates.has_range
    values = tuple(FacetValue(value, date_label(value), count, chosen) for value, count in counts.values)
    return Facet("date", values, counts.missing, request.date_missing, interval=answer.interval, bars=answer.bars)


def date_label(value: str) -> str:
    """``2020-10`` as "October 2020" in the reader's language; a year stays as it is; days are
    written out."""
    return _date_label(value, get_language())


@lru_cache(maxsize=20_000)
def _date_label(value: str, _language: str | None) -> str:
    # The formats are those of the active language, which stands among the arguments for the cache alone.
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return value
    if len(parts) == 2:
        return date_format(date(parts[0], parts[1], 1), "YEAR_MONTH_FORMAT")
    return date_format(date(parts[0], parts[1], parts[2]), "DATE_FORMAT")
