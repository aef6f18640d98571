"""Titles pasted into the search box as they are: how many find their article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

#: Articles looked through for the one whose title was asked.
LOOKED_THROUGH = 20
#: What a title may end with, and the name of the group.
ENDINGS = (("?", "?؟？"), ("!", "!！"), ("…", "…."), ("quotation mark", "\"'”’»“」』"), (")", ")）]"))
OTHER = "other"

#: A title → the articles found, best first. Raises QueryError where it cannot be asked.
Ask = Callable[[str], list[int]]


@dataclass(frozen=True, slots=True)
class TitledArticle:
    """An article by number."""

    number: int
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class TitlesFound:
    """Titles of one language and ending: how many were asked, and how many found their article."""

    language: str
    ending: str
    asked: int
    found: int


def ending_of(title: str) -> str:
    """The group of a title."""
    last = title.rstrip()[-1:]
    return next((name for name, marks in ENDINGS if last and last in marks), OTHER)


def titles_found(articles: Iterable[TitledArticle], ask: Ask, most: int) -> list[TitlesFound]:
    """Ask at most so many titles of each language and ending.

    Of several articles with one title each is the right one.
    """
    known = list(articles)
    same: dict[str, set[int]] = defaultdict(set)
    for article in known:
        same[article.title].add(article.number)
    asked: dict[tuple[str, str], int] = defaultdict(int)
    found: dict[tuple[str, str], int] = defaultdict(int)
    for article in known:
        group = (article.language, ending_of(article.title))
        if not article.title.strip() or asked[group] >= most:
            continue
        asked[group] += 1
        found[group] += bool(same[article.title].intersection(ask(article.title)[:LOOKED_THROUGH]))
    return [TitlesFound(*group, count, found[group]) for group, count in sorted(asked.items())]
