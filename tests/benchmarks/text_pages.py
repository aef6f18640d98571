"""How long pages of text take to be split, ordinary ones and such as are made of one kind of line.

    python -m tests.benchmarks.text_pages [--size BYTES] [--only NAME…] [--json FILE]

Prints processor seconds a megabyte of each kind of page, and how many times those of an ordinary
page, which is measured before each of them. No kind may take much longer: a page is read within a
time limit.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from search.ingest.splitting.split import split_page
from tests.ingest.splitting.degenerate_pages import KINDS, page_of

DEFAULT_SIZE = 1_000_000
ORDINARY = "ordinary"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Benchmark the splitting of pages of text.")
    parser.add_argument("--size", type=int, default=DEFAULT_SIZE, help="bytes of a page (default: a million)")
    parser.add_argument("--only", nargs="+", default=list(KINDS), choices=list(KINDS), metavar="NAME", help="kinds")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args(arguments)
    # The models are loaded.
    split_page("Ab cd\n" * 100)
    results: dict[str, dict[str, float]] = {}
    for name in options.only:
        reference = seconds_a_megabyte(page_of(ORDINARY, min(options.size, 200_000)))
        seconds = seconds_a_megabyte(page_of(name, options.size))
        results[name] = {"seconds a MB": round(seconds, 2), "times an ordinary page": round(seconds / reference, 1)}
        sys.stdout.write(f"{name:32} {seconds:6.2f} s a MB, {seconds / reference:5.1f} times an ordinary page\n")
        sys.stdout.flush()
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


def seconds_a_megabyte(text: str) -> float:
    """Of the processor, for splitting a page."""
    started = time.process_time()
    split_page(text)
    return (time.process_time() - started) / len(text.encode()) * 1_000_000


if __name__ == "__main__":
    sys.exit(main())
