"""How well saved pages are split: the seeds, the seeds without the table of phrases, and invented pages.

    python -m tests.evaluation.pages [--seeds FOLDER] [--verbose]

``FOLDER`` holds pages and ``gold.json`` (default: ../shared/seeds beside the project).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from search.ingest.noise import NO_PHRASES, PHRASES, Phrases
from search.ingest.split import split_page

from .heldout import LOOKED_AT, pages
from .scoring import Gold, Score, score

DEFAULT_SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 0 also when the seeds are not there."""
    parser = argparse.ArgumentParser(description="Evaluate the splitting of saved pages.")
    parser.add_argument("--seeds", type=Path, default=DEFAULT_SEEDS, help="folder with pages and gold.json")
    parser.add_argument("--verbose", action="store_true", help="print what is wrong")
    options = parser.parse_args(arguments)
    for name, phrases in (("", PHRASES), (", no phrases", NO_PHRASES)):
        if (options.seeds / "gold.json").exists():
            total, wrong = evaluate_seeds(options.seeds, phrases)
            report(f"seeds{name}", total, wrong, options.verbose)
        else:
            report(f"seeds{name}: skipped, no {options.seeds}", None, [], False)
        for group, (total, wrong) in evaluate_invented(phrases).items():
            report(f"{group}{name}", total, wrong, options.verbose)
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
    """The score over the invented pages, those at hand while the rules were written and the others, by group."""
    found: dict[str, tuple[Score, list[str]]] = {
        "invented, looked at": (Score(), []),
        "invented, others": (Score(), []),
    }
    for language, page in pages():
        total, wrong = found["invented, looked at" if language in LOOKED_AT else "invented, others"]
        wrong += score(total, page.gold, split_page(page.text, phrases=phrases))
    return found


def report(name: str, total: Score | None, wrong: Sequence[str], verbose: bool) -> None:
    """One line of figures, and one for each mistake where asked for."""
    sys.stdout.write(f"{name}: {total}\n" if total else f"{name}\n")
    for line in wrong if verbose else ():
        sys.stdout.write(f"    {line}\n")


if __name__ == "__main__":
    raise SystemExit(main())
