"""`manage.py search`: the answer of `GET /api/search`, in a terminal."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from django.core.management.base import CommandParser

from search.management.examples import ExamplesCommand
from search.management.questions import add_question_options, question_asked
from search.management.terminal import on_one_line
from search.query.payload import as_json
from search.query.results import Hit, SearchResults
from search.query.results import search as answer

SHOWN_FACET_VALUES = 8
_MARK = re.compile("</?mark>")


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
        add_question_options(parser, paged=True)
        parser.add_argument("--json", action="store_true", help="print what the API answers")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Answer. Raises CommandError for a value that cannot be decoded and for an index that
        cannot answer."""
        results = answer(question_asked(options))
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
        self.stdout.write(f"\n{number}. {hit.title}  [{hit.id}]\n   {' · '.join(fact for fact in facts if fact)}")
        for snippet in hit.snippets:
            self.stdout.write(f"   {' '.join(html.unescape(_MARK.sub('', str(snippet))).split())}")
