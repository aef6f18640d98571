"""Search times of the product over whatever is in its data directory.

    CORPUS_DATA_DIR=var python -m tests.benchmarks.product [--queries N] [--seed N] [--json FILE]

Asks `/api/search` and the results page inside this process, with words of titles drawn at random
(so rare and common ones come as they do in the collection), phrases, fields, filters and ticked
facets. Prints `took_ms` (matching, hits, total and all facet counts) and the time of the whole
answer, by kind of question: median and 95th percentile in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode


def questions(
    titles: list[str], countries: list[str], count: int, chance: random.Random
) -> Iterator[tuple[str, dict[str, str]]]:
    """Kind and parameters of `count` questions of each kind."""
    for _ in range(count):
        words = [word for title in chance.sample(titles, 3) for word in title.split() if word.isalpha()] or ["war"]
        title = chance.choice(titles).replace('"', " ")
        some = chance.sample(words, min(2, len(words)))
        yield "one word", {"q": some[0]}
        yield "two words of one title", {"q": " ".join(title.split()[:2])}
        yield "any of six words", {"q": " ".join(words[:6]), "match": "any"}
        yield "phrase", {"q": '"' + " ".join(title.split()[1:3]) + '"'}
        yield "prefix", {"q": some[0][:4] + "*"}
        yield "fuzzy", {"q": some[0] + "~"}
        yield "word and country", {"q": some[0], "country": chance.choice(countries)}
        yield "everything, newest first", {"sort": "newest", "page": str(chance.randint(1, 20))}
        yield (
            "country, excluding another",
            {"country": chance.choice(countries), "country_not": chance.choice(countries)},
        )
        yield "a year", {"date_from": str(chance.randint(1987, 2019)), "q": some[0]}


def sample_values() -> tuple[int, list[str], list[str]]:
    """How many articles there are, titles spread over all of them, and the countries mentioned."""
    from search.models import Article, CountryMention

    total = Article.objects.count()
    if not total:
        sys.exit("there are no articles here: ingest some, or set CORPUS_DATA_DIR")
    every = Article.objects.values_list("title", flat=True).order_by("pk")[:: max(1, total // 5000)]
    titles = [title for title in every if title]
    countries = sorted(set(CountryMention.objects.values_list("country", flat=True).order_by()[:20_000])) or ["FR"]
    return total, titles, countries


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=int, default=60, help="questions of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
    import django

    django.setup()
    from django.test import Client

    chance = random.Random(options.seed)
    total, titles, countries = sample_values()
    client = Client(headers={"host": "localhost"})
    times: dict[str, dict[str, list[float]]] = {}
    for kind, parameters in questions(titles, countries, options.queries, chance):
        entry = times.setdefault(kind, {"took": [], "api": [], "page": []})
        address = "?" + urlencode(parameters)
        began = time.perf_counter()
        answer = client.get("/api/search" + address)
        entry["api"].append((time.perf_counter() - began) * 1000)
        if answer.status_code == 200:
            entry["took"].append(answer.json()["took_ms"])
        began = time.perf_counter()
        client.get("/" + address)
        entry["page"].append((time.perf_counter() - began) * 1000)
    sys.stdout.write(
        f"{total:,} articles, {options.queries} questions a kind; milliseconds: median / 95th percentile\n"
    )
    figures = {}
    for kind, entry in [*times.items(), ("all", merged(times))]:
        row = {name: (statistics.median(found), percentile(found)) for name, found in entry.items() if found}
        figures[kind] = row
        cells = "  ".join(f"{name} {median:7.2f} / {high:7.2f}" for name, (median, high) in row.items())
        sys.stdout.write(f"{kind:28} {cells}\n")
    if options.json:
        options.json.write_text(json.dumps({"articles": total, "figures": figures}, indent=1), encoding="utf-8")


def merged(times: dict[str, dict[str, list[float]]]) -> dict[str, list[float]]:
    """All kinds together."""
    return {name: [value for entry in times.values() for value in entry[name]] for name in ("took", "api", "page")}


def percentile(found: list[float]) -> float:
    """The 95th percentile."""
    return sorted(found)[min(len(found) - 1, int(len(found) * 0.95))]


if __name__ == "__main__":
    main()
