"""A text cut into pieces: plain, naming a country, found by the query; the template joins them
again."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from search.models import mention_anchor

#: Line ends that part paragraphs.
_BREAK = re.compile(r"\n+")
#: Paragraphs of a page; where there are more, several stand in one, each on a line of its own.
MOST_PARAGRAPHS = 1_000


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text, and the country they name."""

    start: int
    end: int
    country: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `url` and `label` are the country's when it names one; `found` when the
    query's words are here.

    `anchor` is the id of the first mention of a country.
    """

    text: str
    url: str = ""
    label: str = ""
    found: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or several as `lines`, and the place of its first character."""

    start: int
    pieces: tuple[Piece, ...]
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Countries:
    """What a mention says and leads to, by country code."""

    labels: dict[str, str]
    urls: dict[str, str]


def sound_spans(text: str, mentions: Iterable[tuple[int | None, int | None, str, str]]) -> list[Span]:
    """The mentions (start, end, surface, country) that are where they say, in order, none
    overlapping the one before."""
    spans: list[Span] = []
    for start, end, surface, country in sorted(
        (m for m in mentions if m[0] is not None), key=lambda m: (m[0] or 0, -(m[1] or 0))
    ):
        if start is None or end is None or text[start:end] != surface:
            continue
        if not spans or start >= spans[-1].end:
            spans.append(Span(start, end, country))
    return spans


def pieces(text: str, mentions: list[Span], found: list[tuple[int, int]], countries: Countries) -> tuple[Piece, ...]:
    """The whole text as pieces."""
    return tuple(piece for _start, piece in _cut(text, mentions, found, [], countries))


def paragraphs(
    text: str,
    mentions: list[Span],
    found: list[tuple[int, int]],
    countries: Countries,
    most: int = MOST_PARAGRAPHS,
) -> tuple[Passage, ...]:
    """The text's paragraphs, each as pieces, with an anchor at the first mention of each country.
    Blank lines are left out.

    More than `most` are put together, a line each.
    """
    ends = [(match.start(), match.end()) for match in _BREAK.finditer(text)]
    together = 1 + len(ends) // most
    breaks = [*ends[together - 1 :: together], (len(text), len(text))]
    anchors = {span.start: mention_anchor(span.country) for span in _first_of_each(mentions)}
    result: list[Passage] = []
    current: list[Piece] = []
    following = iter(breaks)
    start, end = next(following)
    began = 0
    for at, piece in _cut(text, mentions, found, breaks, countries):
        while at >= end and at < len(text):
            start, end = next(following)
        if at < start:
            if not current:
                began = at
            current.append(replace(piece, anchor=anchors[at]) if piece.url and at in anchors else piece)
        if at + len(piece.text) >= start and current:
            result.append(Passage(began, tuple(current), lines=together > 1))
            current = []
    return tuple(passage for passage in result if any(piece.text.strip() for piece in passage.pieces))


def _first_of_each(mentions: list[Span]) -> list[Span]:
    first: dict[str, Span] = {}
    for span in mentions:
        first.setdefault(span.country, span)
    return list(first.values())


def _cut(
    text: str,
    mentions: list[Span],
    found: list[tuple[int, int]],
    breaks: list[tuple[int, int]],
    countries: Countries,
) -> Iterator[tuple[int, Piece]]:
    """Pieces with their starts, in one pass: articles with thousands of mentions are shown too."""
    edges = {0, len(text)}
    edges.update(edge for span in mentions for edge in (span.start, span.end))
    edges.update(edge for span in (*found, *breaks) for edge in span)
    naming, marking = deque(mentions), deque(sorted(found))
    reach = 0
    for start, end in pairwise(sorted(edge for edge in edges if edge <= len(text))):
        while naming and naming[0].end <= start:
            naming.popleft()
        while marking and marking[0][0] <= start:
            reach = max(reach, marking.popleft()[1])
        country = naming[0].country if naming and naming[0].start <= start else ""
        yield (
            start,
            Piece(text[start:end], countries.urls.get(country, ""), countries.labels.get(country, ""), start < reach),
        )
