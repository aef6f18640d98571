"""Articles found in pages against those that are there: the figures of `score_ingest.py`, per group
of pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from search.ingest.splitting.article import PageArticle

LINES_APART = 2  # a start this near to the right line counts
MIN_OVERLAP = 0.9


@dataclass(frozen=True)
class Gold:
    """An article of a page: its lines from title to last line of the body, and what the page
    states."""

    page: str
    start: int
    end: int
    outlet: str | None = None
    author: str | None = None
    date: str | None = None


@dataclass
class Score:
    """Counts over the pages of a group."""

    gold: int = 0
    predicted: int = 0
    starts: int = 0
    extent: int = 0
    outlet: int = 0
    author: int = 0
    date: int = 0

    @property
    def articles(self) -> float:
        """F1 of the starts."""
        return 2 * self.starts / max(1, self.gold + self.predicted)

    def share(self, count: int) -> float:
        """Of the articles that are there."""
        return count / max(1, self.gold)

    def __str__(self) -> str:
        figures = {name: self.share(getattr(self, name)) for name in ("extent", "outlet", "author", "date")}
        rest = "  ".join(f"{name} {value:.3f}" for name, value in figures.items())
        found = f"({self.starts} of {self.gold} found, {self.predicted} predicted)"
        return f"articles F1 {self.articles:.3f} {found}  {rest}"


def score(total: Score, gold: Sequence[Gold], predicted: Sequence[PageArticle]) -> list[str]:
    """Add one page to ``total``; what is wrong, a line each."""
    wrong: list[str] = []
    used: set[int] = set()
    total.gold += len(gold)
    total.predicted += len(predicted)
    for each in gold:
        near = [
            (abs(article.start_line - each.start), number)
            for number, article in enumerate(predicted)
            if number not in used and abs(article.start_line - each.start) <= LINES_APART
        ]
        if not near:
            wrong.append(f"{each.page}: missed {each}")
            continue
        number = min(near)[1]
        used.add(number)
        total.starts += 1
        wrong += _score_labels(total, each, predicted[number])
    for number, article in enumerate(predicted):
        if number not in used:
            wrong.append(f"extra at {article.start_line}: {article.title[:60]} {article.reasons}")
    return wrong


def _score_labels(total: Score, gold: Gold, found: PageArticle) -> list[str]:
    right = {
        "extent": _overlap((gold.start, gold.end), (found.start_line, found.end_line)) >= MIN_OVERLAP,
        "outlet": same_name(gold.outlet, found.outlet),
        "author": same_name(gold.author, found.author)
        or (gold.author is not None and not found.author and same_name(gold.author, gold.outlet)),
        "date": gold.date == (found.published.iso or None),
    }
    for name, value in right.items():
        setattr(total, name, getattr(total, name) + value)
    labels = (found.start_line, found.end_line, found.outlet, found.author, found.published.iso)
    wrong = [name for name, value in right.items() if not value]
    return [f"{gold.page}: {', '.join(wrong)} wrong: {labels} is not {gold}"] if wrong else []


def _overlap(left: tuple[int, int], right: tuple[int, int]) -> float:
    shared = min(left[1], right[1]) - max(left[0], right[0]) + 1
    return max(0, shared) / (max(left[1], right[1]) - min(left[0], right[0]) + 1)


def same_name(left: str | None, right: str | None) -> bool:
    """Whether two names are one, marks, case and punctuation aside."""
    return _plain(left) == _plain(right)


def _plain(name: str | None) -> str:
    text = unicodedata.normalize("NFKD", name or "").casefold()
    letters = "".join(char if char.isalnum() else " " for char in text if not unicodedata.combining(char))
    return " ".join(letters.split())
