"""Questions asked in a terminal: options with the names and values of the parameters of an
address."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.http import QueryDict

from search.backends.base import FACETS
from search.query.filters import SearchFilterSet
from search.query.request import SearchRequest

#: Parameters of the address that may be given several times, and those that may not.
REPEATED = tuple(name for facet in FACETS for name in (facet, f"{facet}_not"))
SINGLE = ("match", "date", "date_from", "date_to", "sort", "page", "page_size", "facet_size")
#: What only matters where results are shown page by page.
OF_PAGES = ("page", "page_size", "facet_size")


def add_question_options(parser: CommandParser, *, paged: bool) -> None:
    """The query and its filters; `paged` with those of pages."""
    parser.add_argument("query", nargs="?", default="", metavar="QUERY", help="words and operators (default: all)")
    for name in REPEATED:
        parser.add_argument(f"--{name.replace('_', '-')}", action="append", default=[], metavar="VALUE")
    for name in SINGLE:
        if paged or name not in OF_PAGES:
            parser.add_argument(f"--{name.replace('_', '-')}", default="", metavar="VALUE")
    parser.add_argument("--letter", action="store_true", help="read every operator as one, as nobody pastes it")


def question_asked(options: dict[str, Any]) -> SearchRequest:
    """The question, decoded by the form that decodes addresses. Raises CommandError for a value
    that cannot be."""
    form = SearchFilterSet(_as_address(options))
    if form.errors:
        wrong = "; ".join(f"{name}: {' '.join(said)}" for name, said in form.errors.items())
        raise CommandError(wrong)
    return form.request_value()


def _as_address(options: dict[str, Any]) -> QueryDict:
    address = QueryDict(mutable=True)
    address["q"] = options["query"]
    for name in REPEATED:
        address.setlist(name, options[name])
    for name in SINGLE:
        if options.get(name):
            address[name] = options[name]
    if options["letter"]:
        address["letter"] = "1"
    return address
