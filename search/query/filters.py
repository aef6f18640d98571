"""The django-filter FilterSet: the one decoder of the addresses of the results page and the API.

A bad value gives a message at its field and no results: never silently wider ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote_plus

import django_filters
from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.backends.base import FACETS, MISSING, BackendQuery, DateFilter, FacetFilter, Sort
from search.codes import COUNTRY_CODES
from search.exceptions import QueryError
from search.languages.tags import normalise_language
from search.models import Article, Outlet
from search.query.language import parse_query
from search.query.request import (
    FACET_SIZE,
    MAX_FACET_SIZE,
    MAX_PAGE_SIZE,
    PAGE_SIZE,
    SearchRequest,
    Selection,
    default_sort,
)
from search.query.values import read_period

NONE = "none"
#: The value of `letter` that asks to read every operator as one.
LETTER = "1"
#: Of all values of facets in an address, percent-encoded. With a query of 2,000 characters, which are up to 24,000 bytes,
#: and one filter more, the links of a page stay below the longest request line: `corpus_app.limits`.
MAX_FILTER_BYTES = 30_000
SORTS = ("relevance", "newest", "oldest")


class ValuesField(forms.Field):
    """A parameter that may be repeated; gives a tuple of distinct canonical values, `none` among
    them."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> tuple[str, ...]:
        """Canonical values in the order given. Raises ValidationError naming every unknown one."""
        given = [text.strip().replace("\x00", "") for text in value or [] if text.strip()]
        known = self.canonical({text for text in given if text.casefold() != NONE})
        unknown = [text for text in given if text.casefold() != NONE and text not in known]
        if unknown:
            raise forms.ValidationError([self.message(text[:100]) for text in dict.fromkeys(unknown)])
        return tuple(dict.fromkeys(NONE if text.casefold() == NONE else known[text] for text in given))

    def canonical(self, given: Iterable[str]) -> dict[str, str]:
        """The canonical form of each known value."""
        raise NotImplementedError

    def message(self, text: str) -> str:
        """What is wrong with an unknown value."""
        raise NotImplementedError


class OutletsField(ValuesField):
    """Slugs of outlets."""

    def canonical(self, given: Iterable[str]) -> dict[str, str]:
        """Slugs that exist."""
        wanted = {text: (text, text.lower()) for text in given}
        there = set(
            Outlet.objects.filter(slug__in={form for forms_ in wanted.values() for form in forms_}).values_list(
                "slug", flat=True
            )
        )
        return {
            text: next(form for form in forms_ if form in there)
            for text, forms_ in wanted.items()
            if there.intersection(forms_)
        }

    def message(self, text: str) -> str:
        """No such outlet."""
        return _("No outlet has the address name “%(value)s”.") % {"value": text}


class LanguagesField(ValuesField):
    """Language subtags."""

    def canonical(self, given: Iterable[str]) -> dict[str, str]:
        """Subtags of languages there are."""
        return {text: subtag for text in given if (subtag := normalise_language(text))}

    def message(self, text: str) -> str:
        """No such language."""
        return _("No language has the code “%(value)s”: try en, ar or fr.") % {"value": text}


class CountriesField(ValuesField):
    """ISO 3166-1 alpha-2 codes and XK."""

    def canonical(self, given: Iterable[str]) -> dict[str, str]:
        """Codes of countries there are."""
        return {text: text.upper() for text in given if text.upper() in COUNTRY_CODES}

    def message(self, text: str) -> str:
        """No such country."""
        return _("No country has the code “%(value)s”: two letters such as AM or FR.") % {"value": text}


class PeriodField(forms.CharField):
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, kept as typed."""

    def clean(self, value: Any) -> str:
        """The text. Raises ValidationError when it is no date."""
        text: str = super().clean(value)
        if text and read_period(text) is None:
            raise forms.ValidationError(
                _("“%(value)s” is no date: try 2020, 2020-10 or 2020-10-05.") % {"value": text[:40]}
            )
        return text


class OutletsFilter(django_filters.Filter):
    """Outlets by slug."""

    field_class = OutletsField


class LanguagesFilter(django_filters.Filter):
    """Languages by subtag."""

    field_class = LanguagesField


class CountriesFilter(django_filters.Filter):
    """Countries by code."""

    field_class = CountriesField


class PeriodFilter(django_filters.Filter):
    """One end of a range of dates."""

    field_class = PeriodField


class WholeNumberFilter(django_filters.Filter):
    """A whole number."""

    field_class = forms.IntegerField


class SearchForm(forms.Form):
    """Checks what only several fields together tell, and decodes them into a `SearchRequest`."""

    def clean(self) -> dict[str, Any]:
        """Parse the query and compare the dates."""
        data = self.cleaned_data
        if data.get("date_from") and data.get("date_to"):
            first, last = read_period(data["date_from"]), read_period(data["date_to"])
            if first and last and first.first_day > last.last_day:
                self.add_error("date_to", _("The end lies before the start."))
        self._require_short_address()
        if "q" in data:
            try:
                data["parsed"] = parse_query(data["q"], data.get("match") or "all", letter=data.get("letter") == LETTER)
            except QueryError as error:
                self.add_error(error.field, str(error))
        return data

    def _require_short_address(self) -> None:
        """The facet with the longest values is told when they make links that the server would
        refuse."""
        lengths = {
            name: sum(len(name) + len(quote_plus(value)) + 2 for value in self.cleaned_data.get(name, ()))
            for name, field in self.fields.items()
            if isinstance(field, ValuesField)
        }
        if sum(lengths.values()) > MAX_FILTER_BYTES:
            longest = max(lengths, key=lambda name: lengths[name])
            self.add_error(longest, _("There are too many filters for one search. Take some of them away."))


class SearchFilterSet(django_filters.FilterSet):
    """The parameters of `GET /` and `GET /api/search`."""

    q = django_filters.CharFilter(strip=False, label=gettext_lazy("Search"))
    match = django_filters.ChoiceFilter(choices=[("all", gettext_lazy("all words")), ("any", gettext_lazy("any word"))])
    letter = django_filters.ChoiceFilter(choices=[(LETTER, gettext_lazy("to the letter"))])
    outlet = OutletsFilter()
    outlet_not = OutletsFilter()
    language = LanguagesFilter()
    language_not = LanguagesFilter()
    country = CountriesFilter()
    country_not = CountriesFilter()
    date = django_filters.ChoiceFilter(choices=[(NONE, gettext_lazy("no date"))])
    date_from = PeriodFilter(label=gettext_lazy("From"))
    date_to = PeriodFilter(label=gettext_lazy("To"))
    sort = django_filters.ChoiceFilter(choices=[(name, name) for name in SORTS])
    page = WholeNumberFilter(min_value=1)
    page_size = WholeNumberFilter(min_value=1, max_value=MAX_PAGE_SIZE)
    facet_size = WholeNumberFilter(min_value=1, max_value=MAX_FACET_SIZE)

    class Meta:
        model = Article
        form = SearchForm
        fields: tuple[str, ...] = ()

    def __init__(self, data: MultiValueDict[str, str]) -> None:
        super().__init__(data, queryset=Article.objects.none())

    @property
    def errors(self) -> dict[str, list[str]]:
        """Messages by parameter; empty when everything can be answered."""
        return {name: [str(message) for message in messages] for name, messages in self.form.errors.items()}

    def request_value(self) -> SearchRequest:
        """The decoded question; call it only when there are no errors."""
        data = self.form.cleaned_data
        parsed = data["parsed"]
        page_size, page = data["page_size"] or PAGE_SIZE, data["page"] or 1
        first = read_period(data["date_from"]) if data["date_from"] else None
        last = read_period(data["date_to"]) if data["date_to"] else None
        selections = {name: Selection(data[name], data[f"{name}_not"]) for name in FACETS}
        sort: Sort = data["sort"] or default_sort(parsed.tree)
        return SearchRequest(
            q=data["q"].replace("\x00", ""),
            match=data["match"] or "all",
            letter=data["letter"] == LETTER,
            date_from=data["date_from"],
            date_to=data["date_to"],
            date_missing=data["date"] == NONE,
            sort=sort,
            page=page,
            page_size=page_size,
            facet_size=data["facet_size"] or FACET_SIZE,
            notices=parsed.notices,
            otherwise=parsed.otherwise,
            backend=BackendQuery(
                tree=parsed.tree,
                filters=_facet_filters(selections),
                dates=DateFilter(
                    first.first_day if first else None, last.last_day if last else None, data["date"] == NONE
                ),
                sort=sort,
                start=(page - 1) * page_size,
                limit=page_size,
                facet_size=data["facet_size"] or FACET_SIZE,
            ),
            **selections,
        )


def _facet_filters(selections: dict[str, Selection]) -> dict[str, FacetFilter]:
    slugs = {*selections["outlet"].ticked, *selections["outlet"].excluded}
    keys = (
        {slug: str(pk) for slug, pk in Outlet.objects.filter(slug__in=slugs).values_list("slug", "pk")} if slugs else {}
    )
    return {
        name: FacetFilter(
            frozenset(_key(name, value, keys) for value in selection.ticked),
            frozenset(_key(name, value, keys) for value in selection.excluded),
        )
        for name, selection in selections.items()
        if selection.ticked or selection.excluded
    }


def _key(facet: str, value: str, outlets: dict[str, str]) -> str:
    if value == NONE:
        return MISSING
    # An outlet deleted since its slug was checked matches nothing.
    return outlets.get(value, "-") if facet == "outlet" else value
