"""Lines made to be hard: of one character or one group over and over, and of what a pattern itself
repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from re import _constants as c  # type: ignore[attr-defined]
from typing import Any

from .steps import ONE_CHARACTER, REPEATS, Nodes, accepts, parse

# What any line may be made of: repeated up to the size.
PIECES = (
    " ", "\t", ".", "-", "- ", "_", "=", "*", "·", ":", ",", "|", "| ", "– ", " - ", "\u00a0", "\u200b", "\u0301", "\r",
    '"', "“a” ", "(", "()", "[", "<", "<a ", "&", "&amp;", "{", '{"a":', "'", "»",
    "a", "a ", "A", "A. ", "Aa ", "ABC ", "é", "ا", "ال ", "中", "中。", "か", "가", "Яa", "aا中 ", "ก", "Aa-", "A-\t",
    "1", "1 ", "12/", "12.", "2020-10-12 ", "12 October 2020 ", "10:30 ", "۱۲",
    "a@", "a.", "www.", "http://a/", "http://", "#a ", "@a ", "%41",
    "by A B ", "By John Smith, ", "by ", "Source: ", "published on ", "accessed at\t", "copyright ", "© 2020 ",
    "LONDON, Oct 12 (Reuters) - ", "AND ", "NOT ", "OR ", '"a" ', "a* ", "a~ ", "title:", "-a ",
)  # fmt: skip
# What a line may end in, to make all that came before in vain.
ENDS = ("\x01", " a", "\n\x01")
_SAMPLES = " \t\n-_.,:;|/·•'\"“»«()[]{}<>=*#@&+01aAbBxXéЯا۱،中。\u00a0"
_LONG = 8  # a repeat up to so many times at most is short


@dataclass(frozen=True, slots=True)
class Hostile:
    """A line of any length: a beginning, a piece over and over, an end."""

    begin: str
    piece: str
    end: str = ""

    def line(self, size: int) -> str:
        return self.begin + self.piece * (size // len(self.piece)) + self.end


def lines_for(pattern: re.Pattern[Any]) -> list[Hostile]:
    """The lines that may be hard for this pattern: to each of its repeats, what leads there and
    then what it repeats."""
    found: dict[tuple[str, str], None] = {}
    tree = parse(pattern)
    for begin, nodes in _repeats(tree, "", pattern.flags):
        for piece in _pieces(nodes, pattern.flags):
            found[begin, piece] = None
    for pick in range(2):
        if whole := _sample(tree, pattern.flags, pick):
            found["", whole] = None
    return [Hostile(begin, piece, end) for begin, piece in found for end in ENDS]


def is_short(pattern: re.Pattern[Any]) -> bool:
    """Whether nothing in the pattern repeats for long, so that each place of a text takes a bounded
    time."""
    return not any(True for _ in _repeats(parse(pattern), "", pattern.flags))


def _pieces(nodes: Nodes, flags: int) -> list[str]:
    pieces = [
        char for char in _SAMPLES if len(nodes) == 1 and nodes[0][0] in ONE_CHARACTER and accepts(nodes[0], char, flags)
    ]
    pieces = pieces[:: max(1, len(pieces) // 5)]
    pieces += [_sample(nodes, flags, pick) for pick in range(4)]
    return [piece for piece in dict.fromkeys(pieces) if piece]


def _sample(nodes: Nodes, flags: int, pick: int = 0) -> str:
    """A text the nodes match, roughly; ``pick`` chooses among the ways."""
    text = ""
    for kind, value in nodes:
        if kind is c.LITERAL:
            text += chr(value)
        elif kind in ONE_CHARACTER:
            good = [char for char in _SAMPLES if accepts((kind, value), char, flags)]
            listed = [chr(item[1]) for item in value if item[0] is c.LITERAL] if kind is c.IN else []
            good = good or listed or ["a"]
            text += good[pick * 3 % len(good)]
        elif kind is c.BRANCH:
            text += _sample(list(value[1][pick % len(value[1])]), flags, pick)
        elif kind is c.SUBPATTERN:
            text += _sample(list(value[3]), flags, pick)
        elif kind is c.ATOMIC_GROUP:
            text += _sample(list(value), flags, pick)
        elif kind in REPEATS:
            text += _sample(list(value[2]), flags, pick) * max(value[0], pick % 2)
    return text


def _repeats(nodes: Nodes, begin: str, flags: int) -> Iterator[tuple[str, Nodes]]:
    """Each repeat that may go on for long, with a text that leads to it."""
    for number, (kind, value) in enumerate(nodes):
        before = begin + _sample(nodes[:number], flags)
        if kind in REPEATS:
            if value[1] > _LONG:
                yield before, list(value[2])
                yield begin + _sample(nodes[:number], flags, 1), list(value[2])
            yield from _repeats(list(value[2]), before, flags)
        elif kind is c.BRANCH:
            for branch in value[1]:
                yield from _repeats(list(branch), before, flags)
        elif kind is c.SUBPATTERN:
            yield from _repeats(list(value[3]), before, flags)
        elif kind is c.ATOMIC_GROUP:
            yield from _repeats(list(value), before, flags)
        elif kind in (c.ASSERT, c.ASSERT_NOT):
            yield from _repeats(list(value[1]), before, flags)
