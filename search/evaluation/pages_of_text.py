"""Saved pages of text: whether the articles in them were found, whole, and labelled right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from search.analysis.terms import fold_word, tokens
from search.evaluation.counts import Figure, MatchCounts, share

#: An article that begins this many lines from where it should is the same one.
LINES_APART = 2
#: Overlap of line spans (Jaccard) from which an article is whole.
WHOLE = 0.9
#: A name as the host of a site: ``www.coastcourier.example``.
_HOST = re.compile(r"^(?:www\.)?([^\s.]+)\.[a-z]{2,}$")
Row = Mapping[str, Any]


def measure_text_pages(gold: Sequence[Row], entries: Sequence[Row]) -> list[Figure]:
    """Figures of pages whose articles are known.

    Args:
        gold: `file`, `start_line`, `end_line`, `outlet`, `author`, `date`, `language`, `countries`
            and `countries_uncertain` (neither asked for nor held against) of each article there is.
            Labels that are right too stand in `also`, a mapping of `outlet` and `date` to lists.
        entries: those of an ingest report. A label where there is none is wrong; an article that
            was not found is wrong in all but the language, which is judged in those that were.
    """
    files = {row["file"] for row in gold}
    entries = [entry for entry in entries if entry["file"] in files]
    pairs = _paired(gold, entries)
    found = [(row, entry) for row, entry in pairs if entry is not None]
    countries = MatchCounts()
    for row, entry in pairs:
        named = set(entry["countries"]) if entry else set()
        countries.add(named - (set(row["countries_uncertain"]) - set(row["countries"])), row["countries"])
    met = {id(entry) for _row, entry in found}
    for entry in entries:
        if id(entry) not in met:
            countries.add(entry["countries"], ())
    starts = MatchCounts(len(found), len(entries) - len(found), len(gold) - len(found))

    def right(test: Any) -> float:
        return share(sum(test(row, entry) for row, entry in found), len(gold))

    return [
        Figure("articles F1", starts.f1, 0.97),
        Figure("extent", right(lambda row, entry: extent_overlap(_span(row), _span(entry)) >= WHOLE), 0.9),
        Figure(
            "outlet",
            right(lambda row, entry: any(same_name(name, entry["outlet"]) for name in _accepted(row, "outlet"))),
            0.93,
        ),
        Figure("author", right(_same_author), 0.93),
        Figure("date", right(lambda row, entry: (entry["published"] or None) in _accepted(row, "date")), 0.93),
        Figure("language", share(sum(row["language"] == entry["language"] for row, entry in found), len(found)), 1.0),
        Figure("countries F1", countries.f1, 0.97),
    ]


def extent_overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Jaccard coefficient of two spans of lines, both ends inclusive."""
    both = max(0, min(one[1], other[1]) - max(one[0], other[0]) + 1)
    return both / (one[1] - one[0] + 1 + other[1] - other[0] + 1 - both)


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are one: spacing, case, marks, a leading article and the ending of a host's
    name aside.

    No name is only like no name.
    """
    return _bare(one) == _bare(other)


def _bare(name: str | None) -> str:
    words = [fold_word(token.text) for token in tokens(_HOST.sub(r"\1", name or ""))]
    return "".join(words[1:] if words[:1] == ["the"] else words)


def _accepted(row: Row, label: str) -> list[str | None]:
    return [row[label], *row.get("also", {}).get(label, ())]


def _same_author(row: Row, entry: Row) -> bool:
    """An outlet that signs its articles itself need not be named again as their author."""
    signed_by_outlet = bool(row["author"]) and same_name(row["author"], row["outlet"]) and not entry["author"]
    return signed_by_outlet or same_name(row["author"], entry["author"])


def _paired(gold: Sequence[Row], entries: Sequence[Row]) -> list[tuple[Row, Row | None]]:
    """Each known article with the nearest entry that begins near it and is not another's."""
    free = list(entries)
    pairs: list[tuple[Row, Row | None]] = []
    for row in gold:
        near = [
            entry
            for entry in free
            if entry["file"] == row["file"] and abs(entry["start_line"] - row["start_line"]) <= LINES_APART
        ]
        nearest = min(near, key=lambda entry: abs(entry["start_line"] - row["start_line"]), default=None)
        pairs.append((row, nearest))
        free = [entry for entry in free if entry is not nearest]
    return pairs


def _span(row: Row) -> tuple[int, int]:
    return row["start_line"], row["end_line"]
