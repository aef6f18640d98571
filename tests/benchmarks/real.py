"""Times searches over real articles beside tantivy-py.

    python -m tests.benchmarks.real --articles 100000 [--queries N] [--seed N] [--json FILE] [--keep DIR] [--data DIR]

Takes the collections of a folder (`../shared/data`), fills up to the number with recombinations of
their paragraphs, and loads the same articles into a data directory of Corpus and into tantivy.
Every question is asked of both, one after the other: Corpus through `/api/search`, whose `took_ms`
counts, tantivy in process with its count and four aggregations. Prints medians and 95th percentiles
in milliseconds by kind of question, and the geometric mean of the ratios, tantivy's times under 0.5
ms counted as 0.5.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[3] / "shared" / "data"
FLOOR_MS = 0.5
WARM_UP = 2


def prepare(folder: Path, data: Path, count: int, seed: int) -> tuple[Any, Any]:
    """Corpus and tantivy over the same articles; what a kept folder holds is used again."""
    os.environ["CORPUS_DATA_DIR"] = str(folder / "corpus")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
    import django

    django.setup()
    from tests.benchmarks import real_product, real_tantivy
    from tests.benchmarks.real_articles import articles

    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    if not (folder / "corpus" / "index" / "CURRENT").exists():
        real_product.load(articles(data, count, seed))
    peer = real_tantivy.RealTantivy(folder / "tantivy")
    if not peer.size:
        peer.load(real_product.stored())
    return real_product.Product(), peer


def drawn(count: int, seed: int) -> list[Any]:
    """The questions, from the titles and values of the articles that are there; the first few of
    each kind warm up."""
    from search.models import Article, CountryMention
    from tests.benchmarks.real_questions import questions

    titles = list(Article.objects.order_by("pk").values_list("title", flat=True)[:20_000])
    rows = list(Article.objects.order_by("pk").values_list("outlet__slug", "language", "published")[:20_000])
    facets = {
        "outlet": [slug for slug, _, _ in rows if slug],
        "language": [language for _, language, _ in rows],
        "country": list(CountryMention.objects.order_by("pk").values_list("country", flat=True)[:20_000]),
    }
    years = [day.year for _, _, day in rows if day]
    return list(questions(titles, facets, years, count + WARM_UP, random.Random(seed)))


def measure(product: Any, peer: Any, asked: list[Any]) -> dict[str, list[tuple[float, float]]]:
    """(Corpus, tantivy) milliseconds of each question by kind."""
    times: dict[str, list[tuple[float, float]]] = {}
    for question in asked:
        took, _ = product.ask(question.parameters())
        other, _ = peer.ask(question)
        times.setdefault(question.kind, []).append((took, other))
    return {kind: pairs[WARM_UP:] for kind, pairs in times.items()}


def summary(pairs: list[tuple[float, float]]) -> dict[str, float]:
    """Medians, 95th percentiles and the geometric mean of the ratios."""
    ours, theirs = [own for own, _ in pairs], [other for _, other in pairs]
    return {
        "corpus": statistics.median(ours),
        "corpus_p95": percentile(ours),
        "tantivy": statistics.median(theirs),
        "tantivy_p95": percentile(theirs),
        "ratio": math.exp(statistics.fmean(math.log(own / max(other, FLOOR_MS)) for own, other in pairs)),
    }


def percentile(found: list[float]) -> float:
    """The 95th percentile."""
    return sorted(found)[min(len(found) - 1, int(len(found) * 0.95))]


def report(figures: dict[str, dict[str, float]]) -> str:
    """A table in Markdown."""
    lines = ["| question | Corpus | tantivy | ratio |", "|---|---|---|---|"]
    for kind, row in figures.items():
        own = f"{row['corpus']:.2f} ({row['corpus_p95']:.2f})"
        other = f"{row['tantivy']:.2f} ({row['tantivy_p95']:.2f})"
        lines.append(f"| {kind} | {own} | {other} | {row['ratio']:.2f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=60, help="questions of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="build here, and use again what is there")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of collections")
    options = parser.parse_args()
    if not any(options.data.glob("*/articles.jsonl.gz")):
        sys.stdout.write(f"skipped: {options.data} holds no */articles.jsonl.gz; give the folder with --data\n")
        return
    folder = options.keep or Path(tempfile.mkdtemp(prefix="real-benchmark-"))
    try:
        product, peer = prepare(folder.resolve(), options.data, options.articles, options.seed)
        times = measure(product, peer, drawn(options.queries, options.seed))
    finally:
        if options.keep is None:
            shutil.rmtree(folder)
    figures = {kind: summary(pairs) for kind, pairs in times.items()}
    figures["all"] = summary([pair for pairs in times.values() for pair in pairs])
    sys.stdout.write(f"{peer.size:,} articles, {options.queries} questions a kind\n\n{report(figures)}")
    if options.json:
        options.json.write_text(json.dumps({"articles": peer.size, "figures": figures}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
