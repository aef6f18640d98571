"""Choosing a country or a language by its name: a widget that asks the server, and the server's
answer.

There are 250 countries and a page can have a hundred mentions, so the choices are not written into
every select.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Any

from babel import Locale, localedata
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, get_select2_language
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse_lazy
from django.utils.translation import get_language

from search.analysis.terms import fold_word
from search.codes import COUNTRY_CODES
from search.countries.gazetteer import cldr_rows
from search.countries.names import country_name, resolve_country
from search.languages.tags import language_name, normalise_language
from search.models import Article

MAX_CHOICES = 300


def country_label(code: str) -> str:
    """``Armenia (AM)`` in the reader's language; empty for no code."""
    return f"{country_name(code, get_language() or 'en')} ({code})" if code else ""


def language_label(code: str) -> str:
    """``Arabic (ar)`` in the reader's language; empty for no code."""
    return f"{language_name(code, get_language() or 'en')} ({code})" if code else ""


class CodeSelect(forms.Select):
    """A select that finds a `country` or a `language` by a name in any language, with only the
    chosen option in it."""

    LABELS = {"country": country_label, "language": language_label}

    def __init__(self, kind: str, attrs: dict[str, Any] | None = None) -> None:
        self.kind = kind
        super().__init__(
            {
                "class": "admin-autocomplete",
                "data-ajax--cache": "true",
                "data-ajax--delay": 250,
                "data-ajax--type": "GET",
                "data-ajax--url": reverse_lazy("admin:search_codes", args=[kind]),
                "data-theme": "admin-autocomplete",
                "data-allow-clear": "true",
                "data-placeholder": "",
                **(attrs or {}),
            }
        )

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        """The empty choice and the chosen one."""
        chosen = [code for code in value if code]
        rows = [("", "", not chosen), *((code, self.LABELS[self.kind](code), True) for code in chosen)]
        options = [
            self.create_option(name, code, label, selected, number, attrs=attrs)
            for number, (code, label, selected) in enumerate(rows)
        ]
        return [(None, options, 0)]

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Attributes, with the language that the texts of the widget are in."""
        return {"lang": get_select2_language() or "", **super().build_attrs(base_attrs, extra_attrs)}

    @property
    def media(self) -> forms.Media:
        """The script and style that Django's own autocompletion uses."""
        return autocomplete_media()


def autocomplete_media() -> forms.Media:
    """Select2 as the admin ships it."""
    return outlet_select().media


def outlet_select() -> AutocompleteSelect:
    """The admin's own autocompletion of outlets."""
    return AutocompleteSelect(Article._meta.get_field("outlet"), admin.site)


def code_choices(request: HttpRequest, kind: str) -> JsonResponse:
    """The codes with a name like `term`; as select2 wants them.

    A term may stand anywhere in a name in the reader's language, English or Arabic, and begin one
    in any other.
    """
    if kind not in CodeSelect.LABELS:
        raise Http404
    term = fold_word(request.GET.get("term", "").strip())[:100]
    exact = resolve_country(term) if kind == "country" else normalise_language(term)
    found = []
    for code, name, near, far in _names(kind, get_language() or "en"):
        first = fold_word(name).startswith(term)
        if code == exact or any(term in form for form in near) or any(form.startswith(term) for form in far):
            found.append((code != exact, not first, fold_word(name), code))
    results = [{"id": code, "text": CodeSelect.LABELS[kind](code)} for *_order, code in sorted(found)[:MAX_CHOICES]]
    return JsonResponse({"results": results, "pagination": {"more": False}})


def _name(kind: str, code: str, locale: str) -> str:
    return country_name(code, locale) if kind == "country" else language_name(code, locale)


@lru_cache(maxsize=8)
def _names(kind: str, locale: str) -> tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]:
    """Of everything that can be chosen: code, name, and folded names in languages near to the
    reader and in others."""
    others = defaultdict(set)
    if kind == "country":
        codes = list(COUNTRY_CODES)
        for country, name, _languages in cldr_rows():
            others[country].add(fold_word(name))
    else:
        codes = sorted(str(code) for code in Locale("en").languages if code == normalise_language(str(code)))
        for code in codes:
            others[code].add(fold_word(language_name(code, code if localedata.exists(code) else "en")))
    rows = []
    for code in codes:
        near = {fold_word(code), *(fold_word(_name(kind, code, other)) for other in (locale, "en", "ar"))}
        rows.append((code, _name(kind, code, locale), tuple(near), tuple(others[code] - near)))
    return tuple(rows)
