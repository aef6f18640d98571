"""The search form: what was typed, whether or not it could be answered."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from search.backends.base import FACETS
from search.query.request import FACET_SIZE, PAGE_SIZE, SearchRequest

#: Parameters with an input of their own; the other ones travel in hidden inputs.
_TYPED = ("q", "match", "date_from", "date_to")
#: What a new submission starts afresh.
_FRESH = ("page",)


@dataclass(frozen=True, slots=True)
class SearchBox:
    """The fields of the form. `hidden` are the ticked filters and choices that a new search
    keeps."""

    q: str = ""
    any_word: bool = False
    date_from: str = ""
    date_to: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    q_errors: tuple[str, ...] = ()
    date_from_errors: tuple[str, ...] = ()
    date_to_errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """A parameter without an input of its own that cannot be answered, and the address without
    it."""

    label: str
    messages: tuple[str, ...]
    remove_url: str


def box_of(request: SearchRequest) -> SearchBox:
    """The form of a question that was answered."""
    hidden = [(name, value) for name in FACETS for value in request.selection(name).ticked]
    hidden += [(f"{name}_not", value) for name in FACETS for value in request.selection(name).excluded]
    hidden += [("letter", "1")] * request.letter
    hidden += [("date", "none")] * request.date_missing
    # Relevance means something only with words, so it is not carried over: the default follows the words.
    hidden += [("sort", request.sort)] * (request.sort == "oldest" or (request.sort == "newest" and bool(request.q)))
    hidden += [("page_size", str(request.page_size))] * (request.page_size != PAGE_SIZE)
    hidden += [("facet_size", str(request.facet_size))] * (request.facet_size != FACET_SIZE)
    return SearchBox(request.q, request.match == "any", request.date_from, request.date_to, tuple(hidden))


def box_as_typed(parameters: QueryDict, errors: dict[str, list[str]], known: list[str]) -> SearchBox:
    """The form of an address that cannot be answered: everything typed is still there."""
    hidden = [
        (name, value)
        for name in known
        if name not in (*_TYPED, *_FRESH)
        for value in parameters.getlist(name)
        if value.strip()
    ]
    return SearchBox(
        parameters.get("q", ""),
        parameters.get("match") == "any",
        parameters.get("date_from", ""),
        parameters.get("date_to", ""),
        tuple(hidden),
        tuple(errors.get("q", ())),
        tuple(errors.get("date_from", ())),
        tuple(errors.get("date_to", ())),
    )


def problems_of(parameters: QueryDict, errors: dict[str, list[str]]) -> tuple[FieldProblem, ...]:
    """The messages that no input shows."""
    return tuple(
        FieldProblem(_label(name), tuple(messages), _without(parameters, name))
        for name, messages in errors.items()
        if name not in ("q", "date_from", "date_to")
    )


def _without(parameters: QueryDict, name: str) -> str:
    rest = parameters.copy()
    rest.pop(name, None)
    return f"{reverse('search:results')}?{rest.urlencode() or 'q='}"


def _label(name: str) -> str:
    labels = {
        "match": _("Words"),
        "letter": _("To the letter"),
        "outlet": _("Outlet"),
        "outlet_not": _("Without outlet"),
        "language": _("Language"),
        "language_not": _("Without language"),
        "country": _("Country"),
        "country_not": _("Without country"),
        "date": _("Date"),
        "sort": _("Sort"),
        "page": _("Page"),
        "page_size": _("Articles a page"),
        "facet_size": _("Values a facet"),
    }
    return labels.get(name, name)
