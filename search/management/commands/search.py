"""`manage.py search`: the answer of `GET /api/search`, in a terminal."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.http import QueryDict

from search.backends.base import FACETS
from search.management.examples import ExamplesCommand
from search.management.terminal import on_one_line
from search.query.filters import SearchFilterSet
from search.query.payload import as_json
from search.query.results import Hit, SearchResults
from search.query.results import search as answer

#: Parameters of the address that may be given several times, and those that may not.
REPEATED = tuple(name for facet in FACETS for name in (facet, f"{facet}_not"))
SINGLE = ("match", "date", "date_from", "date_to", "sort", "page", "page_size", "facet_size")
SHOWN_FACET_VALUES = 8
_MARK = re.compile("<mark>(.*?)</mark>", re.DOTALL)


class Command(ExamplesCommand):
    """Decodes its options with the form that decodes addresses, so both answer the same."""

    help = "Search the articles. Options have the names and values of the parameters of the results page."
    examples = (
        "Examples:\n"
        "  manage.py search 'peace talks'\n"
        "  manage.py search '\"white phosphorus\"' --country AM --country AZ --sort newest\n"
        "  manage.py search 'title:budget' --date-from 2020-10 --date-to 2020-11\n"
        "  manage.py search --outlet none --json\n"
        "  manage.py search -- '-minister peace'        a query that begins with a hyphen\n"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The options of the command."""
        parser.add_argument("query", nargs="?", default="", metavar="QUERY", help="words and operators (default: all)")
        for name in REPEATED:
            parser.add_argument(f"--{name.replace('_', '-')}", action="append", default=[], metavar="VALUE")
        for name in SINGLE:
            parser.add_argument(f"--{name.replace('_', '-')}", default="", metavar="VALUE")
        parser.add_argument("--json", action="store_true", help="print what the API answers")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Answer. Raises CommandError for a value that cannot be decoded and for an index that
        cannot answer."""
        form = SearchFilterSet(_as_address(options))
        if form.errors:
            wrong = "; ".join(f"{name}: {' '.join(said)}" for name, said in form.errors.items())
            raise CommandError(wrong)
        results = answer(form.request_value())
        if options["json"]:
            self.stdout.write(json.dumps(as_json(results), ensure_ascii=False, indent=2))
        else:
            self._show(results)

    def _show(self, results: SearchResults) -> None:
        shown = f", showing {results.first:,}–{results.last:,}" if results.hits else ""
        self.stdout.write(f"{results.total:,} articles{shown} ({results.took_ms:.1f} ms)")
        for notice in results.notices:
            self.stdout.write(f"note: {on_one_line(str(notice))}")
        for number, hit in enumerate(results.hits, results.first):
            self._show_hit(number, hit)
        for facet in results.facets:
            values = [f"{value.label} {value.count:,}" for value in facet.values[:SHOWN_FACET_VALUES]]
            if facet.missing:
                values.append(f"none {facet.missing:,}")
            if values:
                self.stdout.write(f"{facet.name}: {', '.join(values)}")

    def _show_hit(self, number: int, hit: Hit) -> None:
        facts = (hit.outlet.name if hit.outlet else "", hit.published or "", hit.language, " ".join(hit.countries))
        title = self._marked(hit.title_html)
        self.stdout.write(f"\n{number}. {title}  [{hit.id}]\n   {' · '.join(fact for fact in facts if fact)}")
        for snippet in hit.snippets:
            self.stdout.write(f"   {' '.join(self._marked(snippet).split())}")

    def _marked(self, text: str) -> str:
        """Escaped HTML as plain text; what is marked in it is bold where the terminal has colours."""
        return html.unescape(_MARK.sub(lambda found: self.style.MIGRATE_LABEL(found[1]), text))


def _as_address(options: dict[str, Any]) -> QueryDict:
    address = QueryDict(mutable=True)
    address["q"] = options["query"]
    for name in REPEATED:
        address.setlist(name, options[name])
    for name in SINGLE:
        if options[name]:
            address[name] = options[name]
    return address
