"""Pages of real articles with their lines broken at a width: whether the same articles come out."""

from __future__ import annotations

import random
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from search.evaluation.counts import Figure, share
from search.evaluation.exports import squeezed
from search.ingest.splitting.article import PageArticle
from search.ingest.splitting.split import split_page

WIDTHS = (40, 50, 60, 66, 72, 76, 80, 90, 100)
#: Articles to a page, pages of a language, and widths tried on each.
TO_A_PAGE, PAGES, WIDTHS_OF_A_PAGE = 3, 12, 3
_SAME, _KEPT = 0.98, 0.999
Rows = Iterable[Mapping[str, Any]]


def measure_wrapping(rows: Rows) -> list[Figure]:
    """Shares of pages with the same labels and of paragraphs that are kept, by width and language.

    ``rows`` are records of collections; the page as its lines are is what the others are held
    against.
    """
    same: dict[str, list[bool]] = defaultdict(list)
    kept: dict[str, list[bool]] = defaultdict(list)
    for number, (language, lines) in enumerate(_pages(rows)):
        before = split_page("\n".join(lines))
        for width in random.Random(number).sample(WIDTHS, WIDTHS_OF_A_PAGE):
            after = split_page("\n".join(broken(lines, width)))
            held = list(paragraphs_kept(before, after))
            for group in (f"width {width:>3}", f"language {language}", "all"):
                same[group].append([labels(each) for each in before] == [labels(each) for each in after])
                kept[group] += held
    return [
        figure
        for group in sorted(same)
        for figure in (
            Figure(f"{group}: same articles and labels", share(sum(same[group]), len(same[group])), _SAME),
            Figure(f"{group}: paragraphs kept", share(sum(kept[group]), len(kept[group])), _KEPT),
        )
    ]


def broken(lines: Sequence[str], width: int) -> list[str]:
    """The lines of a page as an editor breaks them."""
    return [part for line in lines for part in (textwrap.wrap(line, width) or [""])]


def labels(article: PageArticle) -> tuple[str, str, str, str | None]:
    """What must not depend on where lines were broken."""
    return (
        squeezed(article.title),
        squeezed(article.outlet or ""),
        squeezed(article.author or ""),
        article.published.iso,
    )


def paragraphs_kept(before: Sequence[PageArticle], after: Sequence[PageArticle]) -> Iterator[bool]:
    """For each paragraph of the articles before whether it is in those after."""
    whole = " ".join(squeezed(article.title) + squeezed(article.body) for article in after)
    for article in before:
        yield from (squeezed(text) in whole for text in article.body.split("\n") if text.strip())


def _pages(rows: Rows) -> Iterator[tuple[str, list[str]]]:
    """Pages of articles in one language: title, byline where there is one, paragraphs."""
    waiting: dict[str, list[list[str]]] = defaultdict(list)
    made: dict[str, int] = defaultdict(int)
    for row in rows:
        language = row.get("language") or "other"
        if made[language] >= PAGES or not row.get("title"):
            continue
        waiting[language].append(_lines(row))
        if len(waiting[language]) == TO_A_PAGE:
            made[language] += 1
            yield language, [line for article in waiting.pop(language) for line in article]


def _lines(row: Mapping[str, Any]) -> list[str]:
    lines = [" ".join(row["title"].split()), ""]
    byline = [f"By {row['author']}"] if row.get("author") else []
    source = [", ".join(filter(None, (row.get("outlet"), (row.get("published") or "")[:10])))]
    head = [" ".join(text.split()) for text in byline + source if text]
    text = [line for part in row["text"].split("\n") if part.strip() for line in (" ".join(part.split()), "")]
    return [*lines, *head, *([""] if head else []), *text]
