"""A text cut into pieces: plain, naming a country, found by the query; the template joins them again."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

#: Line ends that part paragraphs.
_BREAK = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text, and the country they name."""

    start: int
    end: int
    country: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `url` and `label` are the country's when it names one; `found` when the query's words are here."""

    text: str
    url: str = ""
    label: str = ""
    found: bool = False


@dataclass(frozen=True, slots=True)
class Countries:
    """What a mention says and leads to, by country code."""

    labels: dict[str, str]
    urls: dict[str, str]


def sound_spans(text: str, mentions: Iterable[tuple[int | None, int | None, str, str]]) -> list[Span]:
    """The mentions (start, end, surface, country) that are where they say, in order, none overlapping the one before."""
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
    text: str, mentions: list[Span], found: list[tuple[int, int]], countries: Countries
) -> tuple[tuple[Piece, ...], ...]:
    """The text's paragraphs, each as pieces. Blank lines are left out."""
    breaks = [*((match.start(), match.end()) for match in _BREAK.finditer(text)), (len(text), len(text))]
    result: list[tuple[Piece, ...]] = []
    current: list[Piece] = []
    following = iter(breaks)
    start, end = next(following)
    for at, piece in _cut(text, mentions, found, breaks, countries):
        while at >= end and at < len(text):
            start, end = next(following)
        if at < start:
            current.append(piece)
        if at + len(piece.text) >= start and current:
            result.append(tuple(current))
            current = []
    return tuple(paragraph for paragraph in result if any(piece.text.strip() for piece in paragraph))


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
