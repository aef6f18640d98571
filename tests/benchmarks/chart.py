"""Draws how search times grow with the number of articles, from the figures of
``tests.benchmarks.engine --json``.

    python -m tests.benchmarks.chart 10k.json 100k.json 1m.json --output docs/images/growth.svg

Thin lines are shapes of query, thick ones their geometric means; both axes are logarithmic.
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.benchmarks.engine import geometric_mean

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 150, 24, 48
# Colours that people who don't tell red from green can tell apart, on light and dark pages.
COLOURS = {"engine": "#0072b2", "tantivy": "#d55e00"}
LABELS = {"engine": "this engine", "tantivy": "tantivy"}


@dataclass(frozen=True, slots=True)
class Axes:
    """Figures to places in the drawing.

    Attributes:
        articles: smallest and largest number of articles.
        milliseconds: lower and upper end of the vertical axis.
    """

    articles: tuple[float, float]
    milliseconds: tuple[float, float]

    def x(self, articles: float) -> float:
        """Place of a number of articles."""
        low, high = map(math.log10, self.articles)
        share = (math.log10(articles) - low) / (high - low or 1)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, milliseconds: float) -> float:
        """Place of a time."""
        low, high = map(math.log10, self.milliseconds)
        share = (math.log10(milliseconds) - low) / (high - low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def series(results: list[dict[str, Any]], name: str) -> dict[str, list[tuple[int, float]]]:
    """Shape → (articles, median milliseconds) of one contender."""
    found: dict[str, list[tuple[int, float]]] = {}
    for result in results:
        for row in result["shapes"]:
            if name in row["median_ms"]:
                found.setdefault(row["shape"], []).append((result["articles"], row["median_ms"][name]))
    return found


def mean_line(lines: dict[str, list[tuple[int, float]]]) -> list[tuple[int, float]]:
    """(articles, geometric mean over shapes)."""
    by_size: dict[int, list[float]] = {}
    for line in lines.values():
        for articles, milliseconds in line:
            by_size.setdefault(articles, []).append(milliseconds)
    return [(articles, geometric_mean(values)) for articles, values in sorted(by_size.items())]


def polyline(axes: Axes, line: list[tuple[int, float]], colour: str, thick: bool, title: str) -> str:
    """One line; its title shows when pointed at."""
    points = " ".join(f"{axes.x(articles):.1f},{axes.y(milliseconds):.1f}" for articles, milliseconds in line)
    look = 'stroke-width="3"' if thick else 'stroke-width="1" stroke-opacity="0.45"'
    return f'<polyline points="{points}" fill="none" stroke="{colour}" {look}><title>{escape(title)}</title></polyline>'


def text(x: float, y: float, words: str, anchor: str = "start", colour: str = "#777") -> str:
    """A label."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'


def grid(axes: Axes, sizes: list[int]) -> list[str]:
    """Lines and numbers of both axes."""
    parts = []
    exponent = round(math.log10(axes.milliseconds[0]))
    while 10**exponent <= axes.milliseconds[1]:
        y = axes.y(10**exponent)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#999" stroke-opacity="0.35"/>')
        parts.append(text(LEFT - 8, y + 4, f"{10.0**exponent:g} ms", "end"))
        exponent += 1
    for size in sizes:
        x = axes.x(size)
        parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#999" stroke-opacity="0.35"/>')
        parts.append(text(x, HEIGHT - BOTTOM + 20, f"{size:,}", "middle"))
    parts.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "articles", "middle"))
    return parts


def chart(results: list[dict[str, Any]]) -> str:
    """The drawing as SVG.

    Args:
        results: what ``tests.benchmarks.engine`` wrote, one for each number of articles.
    """
    results = sorted(results, key=lambda result: int(result["articles"]))
    lines = {name: found for name in COLOURS if (found := series(results, name))}
    times = [time for found in lines.values() for line in found.values() for _, time in line]
    sizes = [int(result["articles"]) for result in results]
    powers = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    axes = Axes((sizes[0], sizes[-1]), (10.0 ** powers[0], 10.0 ** powers[1]))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        "<title>Median search time by number of articles</title>",
        *grid(axes, sizes),
    ]
    for name, found in lines.items():
        for shape, line in found.items():
            parts.append(polyline(axes, line, COLOURS[name], False, f"{LABELS[name]}: {shape}"))
        mean = mean_line(found)
        parts.append(polyline(axes, mean, COLOURS[name], True, f"{LABELS[name]}: geometric mean"))
        label = f"{LABELS[name]} {mean[-1][1]:.1f} ms"
        parts.append(text(axes.x(mean[-1][0]) + 8, axes.y(mean[-1][1]) + 4, label, colour=COLOURS[name]))
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, help="written by tests.benchmarks.engine --json")
    parser.add_argument("--output", type=Path, default=Path("docs/images/growth.svg"))
    options = parser.parse_args()
    results = [json.loads(file.read_text(encoding="utf-8")) for file in options.files]
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(chart(results), encoding="utf-8")


if __name__ == "__main__":
    main()
