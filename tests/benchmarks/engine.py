"""Times this engine beside tantivy-py, SQLite FTS5 and stock Whoosh: ``python -m
tests.benchmarks.engine --articles N``.

Every shape is one page of results: matching, top 10, total and four facets, with ticked facets
disjunctively. All contenders run one after another in each round, so that whatever else the machine
does falls on all of them.

    python -m tests.benchmarks.engine --articles 100000
    python -m tests.benchmarks.engine --articles 1000000 --only tantivy --keep /tmp/million --json million.json
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import os
import resource
import statistics
import sys
import time
from typing import Any

from tests.benchmarks.contender_engine import EngineContender
from tests.benchmarks.contender_fts5 import Fts5Contender
from tests.benchmarks.contender_whoosh import WhooshContender
from tests.benchmarks.kept import build, working_folder, write_figures
from tests.benchmarks.memory import own_megabytes_of_reader
from tests.benchmarks.shapes import shapes

WHOOSH_SLICE = 2_000
# Slow contenders take part in fewer rounds.
SLOW_ROUNDS = 3


def percentile(values: list[float], share: float) -> float:
    """The value that this share of the values doesn't exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def measure(contenders: list[Any], rounds: int) -> list[dict[str, Any]]:
    """Milliseconds of every shape by contender."""
    rows = []
    for shape in shapes():
        times: dict[str, list[float]] = {contender.name: [] for contender in contenders}
        totals: dict[str, int] = {}
        answers: dict[str, Any] = {}
        for turn in range(rounds + 1):
            for contender in contenders:
                if turn > SLOW_ROUNDS and contender.name in ("fts5", "whoosh"):
                    continue
                start = time.perf_counter()
                answer = contender.search(shape)
                milliseconds = (time.perf_counter() - start) * 1000
                # The first round warms caches.
                if answer is not None and turn:
                    times[contender.name].append(milliseconds)
                    totals[contender.name], answers[contender.name] = answer
        if "tantivy" in answers and shape.kind != "fuzzy":
            check(shape.name, totals, answers)
        rows.append(
            {
                "shape": shape.name,
                "matches": totals["engine"],
                "median_ms": {name: statistics.median(values) for name, values in times.items() if values},
                "p95_ms": {name: percentile(values, 0.95) for name, values in times.items() if values},
            }
        )
    return rows


def check(name: str, totals: dict[str, int], answers: dict[str, Any]) -> None:
    """Both engines must have found and counted the same."""
    if totals["engine"] != totals["tantivy"]:
        raise AssertionError(f"{name}: totals differ: {totals}")
    for facet in ("outlet", "language", "countries"):
        if answers["engine"][facet] != answers["tantivy"][facet]:
            raise AssertionError(f"{name}: counts of {facet} differ")
    if sorted(answers["engine"]["day"].values()) != sorted(answers["tantivy"]["day"].values()):
        raise AssertionError(f"{name}: histograms differ")


def geometric_mean(values: list[float]) -> float:
    """The n-th root of the product."""
    return math.exp(statistics.fmean(map(math.log, values)))


def report(result: dict[str, Any]) -> str:
    """The tables as Markdown."""
    names = list(result["build"])
    lines = ["| | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for label, key, scale in (
        ("articles/s", "articles_a_second", 1),
        ("MB", "bytes", 1e-6),
        ("open, ms", "open_seconds", 1e3),
    ):
        lines.append(
            f"| {label} | " + " | ".join(f"{result['build'][name][key] * scale:,.1f}" for name in names) + " |"
        )
    lines += [
        "",
        "| shape, median (p95) ms | matches | " + " | ".join(names) + " | engine / tantivy |",
        "|---|---|" + "---|" * len(names) + "---|",
    ]
    for row in result["shapes"]:
        cells = [
            f"{row['median_ms'][name]:.2f} ({row['p95_ms'][name]:.2f})" if name in row["median_ms"] else "–"
            for name in names
        ]
        ratio = f"{row['ratio']:.2f}" if "ratio" in row else "–"
        lines.append(f"| {row['shape']} | {row['matches']:,} | " + " | ".join(cells) + f" | {ratio} |")
    if "geometric_mean" in result:
        lines += ["", f"Geometric mean of engine / tantivy: {result['geometric_mean']:.2f}"]
    lines += ["", f"Own memory of a process that has asked for every shape: {result['reader_own_mb']:.0f} MB"]
    lines += ["", f"Peak memory of this process with all contenders: {result['peak_mb']:.0f} MB"]
    return "\n".join(lines) + "\n"


def run(count: int, rounds: int, only: set[str] | None, folder: str) -> dict[str, Any]:
    """Build what isn't there and measure."""
    result: dict[str, Any] = {"articles": count, "whoosh_articles": min(count, WHOOSH_SLICE), "build": {}}
    contenders = chosen_contenders(folder, only)
    for contender in contenders:
        size = result["whoosh_articles"] if contender.name == "whoosh" else count
        figures = dict(build(contender.path, size, contender.index))
        start = time.perf_counter()
        contender.open()
        figures["open_seconds"] = time.perf_counter() - start
        result["build"][contender.name] = figures
    result["shapes"] = measure(contenders, rounds)
    for row in result["shapes"]:
        if "tantivy" in row["median_ms"]:
            row["ratio"] = row["median_ms"]["engine"] / row["median_ms"]["tantivy"]
    ratios = [row["ratio"] for row in result["shapes"] if "ratio" in row]
    if ratios:
        result["geometric_mean"] = geometric_mean(ratios)
    result["reader_own_mb"] = own_megabytes_of_reader(contenders[0].path)
    result["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return result


def chosen_contenders(folder: str, only: set[str] | None) -> list[Any]:
    """Those named (this engine always), or all that are installed."""
    contenders: list[Any] = [EngineContender(os.path.join(folder, "engine"))]
    if importlib.util.find_spec("tantivy") is not None and (only is None or "tantivy" in only):
        from tests.benchmarks.contender_tantivy import TantivyContender

        contenders.append(TantivyContender(os.path.join(folder, "tantivy")))
    if only is None or "fts5" in only:
        contenders.append(Fts5Contender(os.path.join(folder, "fts5")))
    if only is None or "whoosh" in only:
        contenders.append(WhooshContender(os.path.join(folder, "whoosh")))
    return contenders


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--only", help="comma-separated contenders beside this engine: tantivy, fts5, whoosh")
    parser.add_argument("--keep", metavar="DIR", help="build the indexes here, or use those that are there")
    parser.add_argument("--json", metavar="FILE", help="write all figures here")
    options = parser.parse_args()
    only = set(options.only.split(",")) if options.only else None
    with working_folder(options.keep) as folder:
        result = run(options.articles, options.rounds, only, folder)
    sys.stdout.write(report(result))
    write_figures(options.json, result)


if __name__ == "__main__":
    main()
