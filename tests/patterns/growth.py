"""How the work of a pattern grows with the line it is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log2
from typing import Any

from .hostile import PIECES, Hostile, is_short, lines_for
from .steps import Counter, TooManySteps

FIRST = 100  # characters of the first look; square work shows there already
MANY = 30  # times a long piece is repeated at the first look
FEW = 12  # steps a character that need no second look
SMALL, LARGE = 400, 800  # from one to the other linear work doubles, square work is four times as much
GROWTH = 2.6
BUDGET = 400_000  # steps; nothing linear needs them for a line of LARGE
BOUNDED_STEPS = 1_000_000  # a pattern may take for the longest text it is ever given: about ten milliseconds


@dataclass(frozen=True, slots=True)
class Use:
    """How a pattern is used, where that bounds its work.

    ``longest``: characters of the longest text it is given (0: any length). ``at_start``: only
    `match` and `fullmatch` are called. ``one_space``: the text has no two white spaces side by
    side. ``why``: where that is seen to.
    """

    why: str
    longest: int = 0
    at_start: bool = False
    one_space: bool = False


ANY = Use("any text")


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that takes a pattern too long: steps for a small one and, where it got so far, for a
    larger one."""

    line: Hostile
    small: int
    large: int

    def __str__(self) -> str:
        line = self.line
        told = f"{self.small:,} steps, then {self.large:,}" + (" and no end" if self.large >= BUDGET else "")
        return f"{line.begin!r} + {line.piece!r}… + {line.end!r}: {told}"


def worst(pattern: re.Pattern[Any], use: Use = ANY) -> Bad | None:
    """The first line that takes this pattern more than linear work, or more than is allowed for its
    longest text."""
    if is_short(pattern):
        return None
    counter = Counter(pattern)
    lines = lines_for(pattern) + [Hostile("", piece) for piece in PIECES]
    if isinstance(pattern.pattern, bytes):
        lines = [line for line in lines if f"{line.begin}{line.piece}".isascii()]
    for line in lines:
        bad = _bounded(counter, line, use) if use.longest else _growing(counter, line, use)
        if bad:
            return bad
    return None


def _growing(counter: Counter, line: Hostile, use: Use) -> Bad | None:
    look = max(FIRST, MANY * len(line.piece))
    first = _steps(counter, line, look, use, BUDGET)
    if first is not None and first <= FEW * look:
        return None
    small = _steps(counter, line, SMALL, use, BUDGET)
    large = _steps(counter, line, LARGE, use, BUDGET) if small is not None else None
    if small is None or large is None or large > small * GROWTH:
        return Bad(line, small or BUDGET, large or BUDGET)
    return None


def _bounded(counter: Counter, line: Hostile, use: Use) -> Bad | None:
    first = _steps(counter, line, min(FIRST, use.longest), use, BOUNDED_STEPS)
    if first is not None and (use.longest <= FIRST or first <= FEW * FIRST):
        return None
    second = _steps(counter, line, min(2 * FIRST, use.longest), use, BOUNDED_STEPS)
    # As it grew from the first look to the second, it grows on: most need no third look.
    if first and second and second * (use.longest / FIRST / 2) ** (log2(max(second / first, 1)) + 0.1) < BOUNDED_STEPS:
        return None
    steps = _steps(counter, line, max(use.longest - len(line.begin), 1), use, BOUNDED_STEPS)
    return Bad(line, first or 0, BOUNDED_STEPS) if steps is None else None


def _steps(counter: Counter, line: Hostile, size: int, use: Use, budget: int) -> int | None:
    text = line.line(size)
    if use.one_space:
        text = " ".join(text.split())
    try:
        counter.spans(text, everywhere=not use.at_start, budget=budget)
    except TooManySteps:
        return None
    return counter.steps
