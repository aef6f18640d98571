"""How fast countries are detected, on one core, by collection.

    python -m tests.benchmarks.countries [--data FOLDER] [--only NAME …] [--limit N] [--rounds N]

FOLDER (default: ../shared/data beside the project) holds a folder a collection with
``articles.jsonl.gz``. Prints articles and megabytes (of UTF-8 text) a second of processor time: the
median of the rounds, which take the collections in turn, and the slowest. Reading the file and
loading the tables are not counted.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from search.countries import detect_mentions

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
COLLECTIONS = ("reuters", "slavic_news", "russian_wikinews", "arabic_news", "persian_news", "gilets_jaunes")


@dataclass(frozen=True, slots=True)
class Text:
    """What the detector is given of an article."""

    title: str
    body: str
    language: str | None


def read_texts(folder: Path, limit: int) -> list[Text]:
    """The first ``limit`` articles of a collection."""
    texts: list[Text] = []
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            texts.append(Text(row["title"] or "", row["text"], row["language"]))
            if len(texts) == limit:
                break
    return texts


def seconds(texts: list[Text]) -> float:
    """Processor time that detecting takes."""
    start = time.process_time()
    for text in texts:
        detect_mentions(text.title, text.body, text.language)
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the collections")
    parser.add_argument("--only", nargs="+", default=COLLECTIONS, help="names of collections")
    parser.add_argument("--limit", type=int, default=5_000, help="articles a collection")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    collections = {name: options.data / name for name in options.only if (options.data / name).is_dir()}
    if not collections:
        sys.exit(f"{options.data} holds none of {', '.join(options.only)}: give --data FOLDER")
    texts = {name: read_texts(folder, options.limit) for name, folder in collections.items()}
    for found in texts.values():
        seconds(found[:200])
    times: dict[str, list[float]] = {name: [] for name in texts}
    for _ in range(options.rounds):
        for name, found in texts.items():
            times[name].append(seconds(found))
    print(f"{'collection':18}{'articles':>9}{'articles/s':>12}{'slowest':>9}{'MB/s':>7}")  # noqa: T201
    for name, found in texts.items():
        middle, slowest = statistics.median(times[name]), max(times[name])
        size = sum(len(text.title.encode()) + len(text.body.encode()) for text in found) / 1e6
        print(  # noqa: T201
            f"{name:18}{len(found):9,}{len(found) / middle:12,.0f}{len(found) / slowest:9,.0f}{size / middle:7.1f}"
        )


if __name__ == "__main__":
    main()
