"""How well stories are found: every syndicated text, near copies against every pair compared, speed at scale.

    python -m tests.evaluation.stories [--data FOLDER] [--scale ARTICLES]

``FOLDER`` holds ``articles.jsonl.gz`` (default: ../shared/data/gilets_jaunes beside the project). ``--scale 0`` leaves
out the measurement of adding to an index of invented articles (default 100,000).
"""

from __future__ import annotations

import argparse
import gzip
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import orjson

from search.evaluation.stories import as_often_as_written, exact_pairs, pairs_in, syndicated
from search.ingest.stories import StoryIndex, copies_of, group, prepare, signature
from search.ingest.stories.words import words

DEFAULT_DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "gilets_jaunes"
NEAR_COPY = 0.7
Pair = tuple[int, int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 0 also when the data is not there."""
    parser = argparse.ArgumentParser(description="Evaluate stories: syndicated texts, near copies, speed.")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder with articles.jsonl.gz")
    parser.add_argument("--scale", type=int, default=100_000, help="invented articles to add one by one; 0: none")
    options = parser.parse_args(arguments)
    file = options.data / "articles.jsonl.gz"
    if file.exists():
        evaluate(file)
    else:
        say(f"skipped: no {file}")
    if options.scale:
        measure_adding(options.scale)
    return 0


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def evaluate(file: Path) -> None:
    """Print how the stories found in a collection compare with comparing every pair."""
    with gzip.open(file) as lines:
        articles = [orjson.loads(line) for line in lines]
    titles = [article.get("title") or "" for article in articles]
    texts = [article["text"] for article in articles]
    say(f"{file.parent.name}: {len(articles)} articles")
    found = pairs_in(stories_of(titles, texts))

    groups = syndicated(texts, [article.get("outlet") or "" for article in articles])
    whole = sum(all(pair in found for pair in combinations(members, 2)) for members in groups)
    say(f"syndication groups (one text, several outlets): {whole} of {len(groups)} found whole")

    in_words = [words(text) for text in texts]
    running = exact_pairs([as_often_as_written(text) for text in in_words])
    different = exact_pairs([set(text) for text in in_words])
    both = {pair: (running.get(pair, 0.0) + different.get(pair, 0.0)) / 2 for pair in running.keys() | different.keys()}
    for name, overlaps in (
        ("word overlap (mean of the two below)", both),
        ("running words", running),
        ("different words", different),
    ):
        report(name, found, {pair for pair, value in overlaps.items() if value >= NEAR_COPY})


def stories_of(titles: Sequence[str], texts: Sequence[str]) -> list[tuple[int, ...]]:
    """The stories of a collection, articles added one by one as ingest does; prints the speeds."""
    started = time.process_time()
    sketches = [signature(title, text) for title, text in zip(titles, texts, strict=True)]
    seconds = time.process_time() - started
    say(f"signatures: {len(texts) / seconds:,.0f} articles a second")
    index = StoryIndex()
    pairs: list[Pair] = []
    candidates = 0
    started = time.process_time()
    for number, sketch in enumerate(sketches):
        if sketch is None:
            continue
        likely = index.add(number, sketch)
        candidates += len(likely)
        if likely:
            article = prepare(titles[number], texts[number])
            pairs += [
                (other, number)
                for other in copies_of(article, ((other, prepare(titles[other], texts[other])) for other in likely))
            ]
    seconds = time.process_time() - started
    stories = [story.members for story in group(pairs)]
    say(f"adding and deciding: {seconds / len(texts) * 1000:.2f} ms an article; {candidates} candidates read")
    say(f"copies: {len(pairs)} pairs in {len(stories)} stories")
    return stories


def report(name: str, found: set[Pair], wanted: set[Pair]) -> None:
    """Print recall and precision of pairs that share a story."""
    right = len(found & wanted)
    recall = right / len(wanted) if wanted else 1.0
    precision = right / len(found) if found else 1.0
    say(f"near copies by {name} ≥ {NEAR_COPY}: {len(wanted)} pairs, recall {recall:.3f}, precision {precision:.3f}")


def invented(count: int, seed: int = 1) -> Iterator[str]:
    """Texts of 150 to 450 words drawn as often as in a language; one in twenty is an edited copy of an earlier one."""
    random = np.random.default_rng(seed)
    vocabulary = np.array([f"w{number}" for number in range(50_000)])
    frequencies = 1 / (np.arange(len(vocabulary)) + 2.7)
    cumulative = np.cumsum(frequencies / frequencies.sum())
    recent: list[list[str]] = []
    for number in range(count):
        if number % 20 == 19:
            text = list(recent[int(random.integers(len(recent)))])
            for place in random.integers(len(text), size=len(text) // 20):
                text[place] = "edited"
        else:
            drawn = np.searchsorted(cumulative, random.random(int(random.integers(150, 450))))
            text = vocabulary[np.minimum(drawn, len(vocabulary) - 1)].tolist()
            recent = [*recent[-500:], text]
        yield " ".join(text)


def measure_adding(count: int, timed: int = 1000) -> None:
    """Print what adding one article takes, signature and decision included, when ``count`` are in."""
    index = StoryIndex()
    texts: dict[int, str] = {}
    seconds: list[float] = []
    pairs: list[Pair] = []
    slowest = 0.0
    for number, text in enumerate(invented(count + timed)):
        if number >= count - 1000:
            texts[number] = text
        started, processor = time.perf_counter(), time.process_time()
        sketch = signature("", text)
        if sketch is None:
            continue
        likely = index.add(number, sketch)
        slowest = max(slowest, time.process_time() - processor)
        if number >= count:
            article = prepare("", text)
            readable = ((other, prepare("", texts[other])) for other in likely if other in texts)
            pairs += [(other, number) for other in copies_of(article, readable)]
            seconds.append(time.perf_counter() - started)
    milliseconds = np.array(seconds) * 1000
    middle, high = np.percentile(milliseconds, [50, 99])
    say(
        f"adding one to {count} articles: median {middle:.2f} ms, 99 % under {high:.2f} ms, most {milliseconds.max():.2f} "
        f"ms; the slowest of all, in processor time, {slowest * 1000:.1f} ms; {len(pairs)} copies among {timed}"
    )


if __name__ == "__main__":
    sys.exit(main())
