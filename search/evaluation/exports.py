"""Exports of databases made of real articles, read again: which labels come back."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from search.evaluation.counts import Figure, share
from search.evaluation.export_layouts import LAYOUTS, ExportedArticle, wrapped
from search.evaluation.pages_of_text import same_name
from search.ingest.splitting.article import PageArticle
from search.ingest.splitting.lines import read_lines
from search.ingest.splitting.split import split_page
from search.ingest.splitting.unwrapping import unwrap

#: Articles of a layout, to a page, and the width of the pages that are wrapped.
ARTICLES, TO_A_PAGE, WIDTH = 100, 5, 72
_AIM = 0.98
_LABELS = ("title", "outlet", "author", "date", "text")


def measure_exports(rows: Iterable[Mapping[str, Any]]) -> list[Figure]:
    """Figures of each label in each layout, wrapped and not; ``rows`` are of collections."""
    articles = list(exported_articles(rows))[:ARTICLES]
    figures = []
    for name, layout in LAYOUTS.items():
        for width in (0, WIDTH):
            right = dict.fromkeys(_LABELS, 0)
            extra = 0
            chance = random.Random(name)
            for first in range(0, len(articles), TO_A_PAGE):
                some = [_with_gaps(article, chance) for article in articles[first : first + TO_A_PAGE]]
                page = layout(some, chance)
                found = split_page("\n".join(wrapped(page, width) if width else page))
                extra += max(0, len(found) - len(some))
                for article in some:
                    for label in right_labels(article, found, name):
                        right[label] += 1
            how = f"{name}, {f'wrapped at {width}' if width else 'not wrapped'}"
            figures += [Figure(f"{how}: {label}", share(count, len(articles)), _AIM) for label, count in right.items()]
            if extra:
                figures.append(Figure(f"{how}: articles too many", float(extra)))
    return figures


def exported_articles(rows: Iterable[Mapping[str, Any]]) -> Iterator[ExportedArticle]:
    """Articles with title, outlet, day and two paragraphs."""
    for row in rows:
        every = [line.text for line in unwrap(read_lines(row["text"] or "")).lines if line.text]
        # Exports have notices of rights of their own.
        paragraphs = tuple(text for text in every if not text.startswith(("©", "Copyright")))
        day = (row.get("published") or "")[:10]
        if not (row.get("title") and row.get("outlet") and len(paragraphs) >= 2 and len(day) == 10 and day[4] == "-"):
            continue
        title, outlet = " ".join(row["title"].split()), " ".join(row["outlet"].split())
        author = f"{_FIRST[len(title) % len(_FIRST)]} {_LAST[len(paragraphs[0]) % len(_LAST)]}"
        try:
            published = date.fromisoformat(day)
        except ValueError:
            continue
        yield ExportedArticle(title, outlet, author, published, paragraphs)


def right_labels(article: ExportedArticle, found: Sequence[PageArticle], layout: str) -> list[str]:
    """Which labels of an article came back."""
    wanted = [squeezed(paragraph) for paragraph in article.paragraphs]
    bodies = [squeezed(each.body) for each in found]
    held = [sum(paragraph in body for paragraph in wanted) for body in bodies]
    if not any(held):
        return []
    place = held.index(max(held))
    read, whole = found[place], bodies[place]
    # A digest names no outlet, a channel no author.
    outlet = None if layout == "mailing list" else article.outlet
    author = None if layout == "Telegram" else article.author or ("desk" if layout == "mailing list" else None)
    right = {
        "title": squeezed(read.title) == squeezed(article.title),
        "outlet": same_name(read.outlet, outlet),
        "author": same_name(read.author, author),
        "date": read.published.day == article.published or (layout == "Telegram" and article.published is None),
        "text": all(paragraph in whole for paragraph in wanted),
    }
    return [label for label, is_right in right.items() if is_right]


def squeezed(text: str) -> str:
    """``text`` without spaces and characters that show nothing: what wrapping does not change."""
    return "".join(char for char in text if not char.isspace() and unicodedata.category(char) != "Cf")


def _with_gaps(article: ExportedArticle, chance: random.Random) -> ExportedArticle:
    """The article without an author, or a date, as some are."""
    return replace(
        article,
        author=article.author if chance.random() < 0.8 else None,
        published=article.published if chance.random() < 0.95 else None,
    )


_FIRST = ("Martha", "Owen", "Lucie", "Nadia", "Peter", "Inés", "Karim", "Hélène", "Jonas", "Agnes")
_LAST = ("Ellingsworth", "Pike", "Hartmann", "Brook", "Mallory", "Valdo", "Benali", "Dupuis", "Lindqvist", "Tolliver")
