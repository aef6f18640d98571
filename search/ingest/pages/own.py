"""Which of the article objects of a page is the page's own: lists of other articles state theirs too."""

from __future__ import annotations

from collections.abc import Iterable

from search.ingest.pages.jsonld import StatedArticle
from search.ingest.pages.sites import key

_MIN_KEY = 8


def own_first(articles: list[StatedArticle], address: str | None, titles: Iterable[str]) -> list[StatedArticle]:
    """The objects, those of the page's own address or headline first; in their order where that tells none apart.

    Args:
        articles: as JSON-LD states them, best first.
        address: of the page, by its links and OpenGraph.
        titles: what the page calls itself elsewhere: window, OpenGraph, headings.
    """
    own = address.split("#")[0].rstrip("/") if address else ""
    keys = [folded for each in titles if len(folded := key(each)) >= _MIN_KEY]
    return sorted(articles, key=lambda each: (each.rank == 2, not _is_own(each, own, keys)))


def _is_own(article: StatedArticle, address: str, titles: list[str]) -> bool:
    if address and article.url.split("#")[0].rstrip("/") == address:
        return True
    # Without what says that it is cut off: the fold has letters and digits only.
    folded = key(article.headline)
    if len(folded) < _MIN_KEY:
        return False
    return any(folded in title or title in folded for title in titles)
