"""`manage.py search`: the answer of `GET /api/search`, in a terminal."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from typing import Any

from django.core.management.base import CommandParser

from search.management.examples import ExamplesCommand
from search.management.questions import add_question_options, question_asked
from search.management.terminal import on_one_line
from search.query.facets import FacetValue, span_label
from search.query.payload import as_json
from search.query.results import Hit, SearchResults
from search.query.results import search as answer

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
        if results.suggestion:
            other = f"{results.suggestion.q} ({results.suggestion.total:,} articles)"
            self.stdout.write(f"did you mean: {on_one_line(other)}")
        if results.request.otherwise:
            self.stdout.write("note: --letter reads it to the letter.")
        for number, hit in enumerate(results.hits, results.first):
            self._show_hit(number, hit)
        for facet in results.facets:
            if facet.name == "date":
                values = [f"{span_label(bar.first, bar.last)} {bar.count:,}" for bar in facet.bars]
            else:
                shown_values = [*facet.values[:SHOWN_FACET_VALUES], *_chosen(facet.values[SHOWN_FACET_VALUES:])]
                values = [f"{value.label} {value.count:,}" for value in shown_values]
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
        """Escaped HTML as plain text; what is marked in it is bold where the terminal has
        colours."""
        return html.unescape(_MARK.sub(lambda found: self.style.MIGRATE_LABEL(found[1]), text))


def _chosen(values: Sequence[FacetValue]) -> list[FacetValue]:
    return [value for value in values if value.selected or value.excluded]
