"""How well stories are found: every syndicated text, near copies against every pair compared, speed
at scale.

    python -m tests.evaluation.stories [--data FOLDER] [--scale ARTICLES]

``FOLDER`` holds ``articles.jsonl.gz`` (default: ../shared/data/gilets_jaunes beside the project);
the stories are those of the report of a dry run. ``--scale`` fills a database of its own with
invented articles, then adds some one by one (default 100,000; 0 leaves it out).
"""

from __future__ import annotations

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import django
import numpy as np
import orjson

from search.evaluation.stories import as_often_as_written, exact_pairs, pairs_in, syndicated
from search.stories.comparing.words import words

_PROJECT = Path(__file__).resolve().parents[2]
DEFAULT_DATA = _PROJECT.parent / "shared" / "data" / "gilets_jaunes"
NEAR_COPY = 0.7
#: Articles saved one by one, and timed, once the others are there.
TIMED = 1000
Pair = tuple[int, int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 0 also when the data is not there."""
    parser = argparse.ArgumentParser(description="Evaluate stories: syndicated texts, near copies, speed.")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder with articles.jsonl.gz")
    parser.add_argument("--scale", type=int, default=100_000, help="invented articles in the database; 0: none")
    options = parser.parse_args(arguments)
    file = options.data / "articles.jsonl.gz"
    if file.exists():
        evaluate(file)
    else:
        say(f"skipped: no {file}")
    if options.scale:
        measure(options.scale)
    return 0


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def evaluate(file: Path) -> None:
    """Print how the stories of a collection's report compare with comparing every pair."""
    with gzip.open(file) as lines:
        articles = [orjson.loads(line) for line in lines]
    texts = [article["text"] for article in articles]
    say(f"{file.parent.name}: {len(articles)} articles")
    stories = stories_of(file)
    say(f"{sum(map(len, stories))} articles in {len(stories)} stories")
    found = pairs_in(stories)

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


def stories_of(file: Path) -> list[list[int]]:
    """The stories in the report of a dry run, as numbers of lines, from 0."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        manage = [
            sys.executable,
            str(_PROJECT / "manage.py"),
            "ingest",
            str(file),
            "--dry-run",
            "--report",
            str(report),
        ]
        subprocess.run(manage, check=True, env=os.environ | {"CORPUS_DATA_DIR": folder}, stdout=subprocess.DEVNULL)
        entries = orjson.loads(report.read_bytes())["articles"]
    members: dict[str, list[int]] = {}
    for entry in entries:
        if entry["story"] is not None:
            members.setdefault(entry["story"], []).append(entry["start_line"] - 1)
    return list(members.values())


def report(name: str, found: set[Pair], wanted: set[Pair]) -> None:
    """Print recall and precision of pairs that share a story."""
    right = len(found & wanted)
    recall = right / len(wanted) if wanted else 1.0
    precision = right / len(found) if found else 1.0
    say(f"near copies by {name} ≥ {NEAR_COPY}: {len(wanted)} pairs, recall {recall:.3f}, precision {precision:.3f}")


def invented(count: int, seed: int = 1) -> Iterator[str]:
    """Texts of 150 to 450 words drawn as often as in a language; one in twenty is an edited copy of
    an earlier one."""
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


def measure(count: int) -> None:
    """Print what saving one article takes in a database of invented ones."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    # Models can be imported from here on only.
    from tests.evaluation.story_scale import measure_saving

    say(measure_saving(invented(count + TIMED), count))


if __name__ == "__main__":
    sys.exit(main())
