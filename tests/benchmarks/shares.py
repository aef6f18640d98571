"""What a page of results costs, by its parts: where its time goes.

    CORPUS_DATA_DIR=var python -m tests.benchmarks.shares [--queries N] [--seed N] [--json FILE]

Asks the results page inside this process with the questions of `tests.benchmarks.product` and
prints the share of each part: *engine* (matching, hits, total, facet counts), *snippets* (titles
and excerpts with the words marked), *database* (statements and rows, without what Django makes of
them), *template* (from the page's values to HTML), *address* (the form that decodes the question),
*values* (labels, links and numbers of the page), *django* (the rest: middleware, handlers, rows
into objects).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.benchmarks.product import questions, sample_values


class Stopwatch:
    """Seconds by part; a part inside another counts only as itself."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inside: list[float] = []

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        began = time.perf_counter()
        self._inside.append(0.0)
        try:
            yield
        finally:
            whole = time.perf_counter() - began
            self.seconds[name] += whole - self._inside.pop()
            if self._inside:
                self._inside[-1] += whole

    def watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, timed."""

        def timed(*arguments: Any, **named: Any) -> Any:
            with self.part(name):
                return call(*arguments, **named)

        return timed

    def statements(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        """For `connection.execute_wrapper`."""
        with self.part("database"):
            return execute(*arguments)


def watch(watch_: Stopwatch) -> None:
    """Put the stopwatch around the parts of a page."""
    from search.backends import whoosh
    from search.backends.whoosh import WhooshBackend
    from search.query import results
    from search.query.filters import SearchFilterSet
    from search.query.highlight import Highlighter
    from search.views import context, pages

    def around(owner: Any, name: str, part: str) -> None:
        setattr(owner, name, watch_.watched(part, getattr(owner, name)))

    around(WhooshBackend, "search", "engine")
    around(whoosh, "places_of", "snippets")
    around(results, "facets_of", "values")
    for name in ("title", "snippets"):
        around(Highlighter, name, "snippets")
    around(pages, "SearchFilterSet", "address")
    around(SearchFilterSet, "request_value", "address")
    around(pages, "answered", "values")
    around(context, "row_of", "values")
    around(pages, "page_response", "template")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=int, default=30, help="questions of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    total, titles, countries = sample_values()
    client = Client(headers={"host": "localhost"})
    asked = [
        "/?" + urlencode(parameters)
        for _kind, parameters in questions(titles, countries, options.queries, random.Random(options.seed))
    ]
    for address in asked[:20]:
        client.get(address)
    stopwatch = Stopwatch()
    watch(stopwatch)
    with connection.execute_wrapper(stopwatch.statements):
        for address in asked:
            with stopwatch.part("django"):
                client.get(address)
    whole = sum(stopwatch.seconds.values())
    sys.stdout.write(f"{total:,} articles, {len(asked)} pages, {whole / len(asked) * 1000:.1f} ms a page\n")
    for name, seconds in sorted(stopwatch.seconds.items(), key=lambda item: -item[1]):
        sys.stdout.write(f"{name:10} {seconds / len(asked) * 1000:6.2f} ms  {seconds / whole:5.0%}\n")
    if options.json:
        figures = {name: seconds / len(asked) * 1000 for name, seconds in stopwatch.seconds.items()}
        options.json.write_text(json.dumps({"articles": total, "milliseconds": figures}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
