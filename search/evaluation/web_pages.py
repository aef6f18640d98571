"""Saved web pages: title, date, authors and text against what people checked."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from search.evaluation.counts import Figure, share

_WORD = re.compile(r"[^\W_]+")
Row = Mapping[str, Any]


def measure_web_pages(gold: Sequence[Row], entries: Iterable[Row]) -> list[Figure]:
    """Figures over pages; one without an entry scores nothing.

    Args:
        gold: `html_files` (the saved versions of a page), `title`, `date` (ISO, or none),
            `authors`, `text`.
        entries: of an ingest report with texts; of several for a page, the one with the nearest
            text is judged.
    """
    by_file: dict[str, list[Row]] = defaultdict(list)
    for entry in entries:
        by_file[_name(entry["file"])].append(entry)
    titles = dates = texts = authors = signed = 0.0
    for row in gold:
        near = [entry for file in row["html_files"] for entry in by_file[_name(file)]]
        signed += bool(row["authors"])
        if not near:
            continue
        entry = max(near, key=lambda entry: word_f1(row["text"], entry["text"]))
        titles += compared_text(entry["title"]) == compared_text(row["title"])
        dates += same_day(row["date"], entry["published"])
        texts += word_f1(row["text"], entry["text"])
        authors += bool(row["authors"]) and all(
            compared_text(name) in compared_text(entry["author"]) for name in row["authors"]
        )
    return [
        Figure("title", share(titles, len(gold)), 0.95),
        Figure("date", share(dates, len(gold)), 0.98),
        Figure("author", share(authors, signed), 0.93),
        Figure("text F1", share(texts, len(gold)), 0.965),
    ]


def compared_text(text: str | None) -> str:
    """Words alone: case, punctuation and spacing aside."""
    return " ".join(_words(text))


def word_f1(one: str | None, other: str | None) -> float:
    """F1 of the words of two texts, each as often as it stands there."""
    first, second = Counter(_words(one)), Counter(_words(other))
    return share(2 * (first & second).total(), first.total() + second.total())


def same_day(moment: str | None, published: str | None) -> bool:
    """Whether a date is that of the moment, by its own clock or by UTC; no date is only like no
    date."""
    if not moment:
        return not published
    when = datetime.fromisoformat(moment)
    return (published or "")[:10] in (when.date().isoformat(), when.astimezone(UTC).date().isoformat())


def _words(text: str | None) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text or "").casefold())


def _name(file: str) -> str:
    return file.rsplit("/", 1)[-1].removesuffix(".gz")
