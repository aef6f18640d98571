"""How well saved pages are split: the seeds, the seeds without the table of phrases, and invented
pages.

    python -m tests.evaluation.pages [--seeds FOLDER] [--data FOLDER] [--verbose]

``--seeds`` holds pages and ``gold.json`` (default: ../shared/seeds beside the project). ``--data``
holds collections (default: ../shared/data); pages are put together from their articles, titles and
texts a blank line apart without a byline or any other cue: each alone, which must stay one, and
five one under the other.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import orjson

from search.ingest.splitting.boilerplate import PHRASES, Phrases
from search.ingest.splitting.split import split_page

from .heldout import LOOKED_AT, pages
from .scoring import Gold, Score, score

SHARED = Path(__file__).resolve().parents[3] / "shared"
DEFAULT_SEEDS = SHARED / "seeds"
COLLECTIONS = ("gilets_jaunes", "arabic_news", "persian_news", "slavic_news", "russian_wikinews", "html_pages")
ARTICLES = 200  # of each collection


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 0 also when the seeds are not there."""
    parser = argparse.ArgumentParser(description="Evaluate the splitting of saved pages.")
    parser.add_argument("--seeds", type=Path, default=DEFAULT_SEEDS, help="folder with pages and gold.json")
    parser.add_argument("--verbose", action="store_true", help="print what is wrong")
    parser.add_argument("--data", type=Path, default=SHARED / "data", help="folder with collections of articles")
    options = parser.parse_args(arguments)
    for name, phrases in (("", PHRASES), (", no phrases", Phrases())):
        if (options.seeds / "gold.json").exists():
            total, wrong = evaluate_seeds(options.seeds, phrases)
            report(f"seeds{name}", total, wrong, options.verbose)
        else:
            report(f"seeds{name}: skipped, no {options.seeds}", None, [], False)
        for group, (total, wrong) in evaluate_invented(phrases).items():
            report(f"{group}{name}", total, wrong, options.verbose)
    for together in (1, 5):
        total, wrong = evaluate_collections(options.data, together)
        name = f"real texts, {together} to a page"
        if total.gold:
            report(name, total, wrong, options.verbose)
        else:
            report(f"{name}: skipped, no {options.data}", None, [], False)
    return 0


def evaluate_seeds(folder: Path, phrases: Phrases) -> tuple[Score, list[str]]:
    """The score over the hand-labelled pages, and what is wrong."""
    gold: dict[str, list[Gold]] = defaultdict(list)
    for each in json.loads((folder / "gold.json").read_text(encoding="utf-8")):
        labels = (each["outlet"], each["author"], each["date"])
        gold[each["file"]].append(Gold(each["file"], each["start_line"], each["end_line"], *labels))
    total, wrong = Score(), []
    for name, articles in gold.items():
        text = (folder / name).read_text(encoding="utf-8")
        wrong += score(total, articles, split_page(text, phrases=phrases))
    return total, wrong


def evaluate_invented(phrases: Phrases) -> dict[str, tuple[Score, list[str]]]:
    """The score over the invented pages, those at hand while the rules were written and the others,
    by group."""
    found: dict[str, tuple[Score, list[str]]] = {
        "invented, looked at": (Score(), []),
        "invented, others": (Score(), []),
    }
    for language, page in pages():
        total, wrong = found["invented, looked at" if language in LOOKED_AT else "invented, others"]
        wrong += score(total, page.gold, split_page(page.text, phrases=phrases))
    return found


def evaluate_collections(folder: Path, together: int) -> tuple[Score, list[str]]:
    """The score over pages of so many articles of each collection that is there, and what is wrong."""
    total, wrong = Score(), list[str]()
    for name in COLLECTIONS:
        for file in (folder / name / "articles.jsonl.gz", folder / name / "gold.jsonl.gz"):
            articles = list(islice(_texts(file), ARTICLES)) if file.exists() else []
            random.Random(7).shuffle(articles)
            for first in range(0, len(articles) - together + 1, together):
                lines: list[str] = []
                gold: list[Gold] = []
                for article in articles[first : first + together]:
                    start = len(lines) + 1
                    lines += [line for text in article for line in (text, "")]
                    gold.append(Gold(f"{name} {first}", start, len(lines) - 1))
                wrong += score(total, gold, split_page("\n".join(lines)))
    return total, wrong


def _texts(file: Path) -> Iterator[list[str]]:
    """Title and paragraphs of the articles that have a title and three paragraphs, every tenth of
    them."""
    with gzip.open(file) as lines:
        for number, line in enumerate(lines):
            article = orjson.loads(line)
            paragraphs = [" ".join(text.split()) for text in (article["text"] or "").split("\n") if text.strip()]
            if article["title"] and len(paragraphs) >= 3 and (file.name == "gold.jsonl.gz" or number % 10 == 0):
                yield [" ".join(article["title"].split()), *paragraphs]


def report(name: str, total: Score | None, wrong: Sequence[str], verbose: bool) -> None:
    """One line of figures, and one for each mistake where asked for."""
    sys.stdout.write(f"{name}: {total}\n" if total else f"{name}\n")
    for line in wrong if verbose else ():
        sys.stdout.write(f"    {line}\n")


if __name__ == "__main__":
    raise SystemExit(main())
