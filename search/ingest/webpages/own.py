"""Which of the article objects of a page is the page's own: lists of other articles state theirs
too."""

from __future__ import annotations

from collections.abc import Iterable

from search.ingest.webpages.jsonld import StatedArticle
from search.ingest.webpages.sites import key

_MIN_KEY = 8


def own_first(articles: list[StatedArticle], address: str | None, titles: Iterable[str]) -> list[StatedArticle]:
    """The objects, those of the page's own address or headline first, without those of other
    articles.

    All in their order where nothing tells them apart.

    Args:
        articles: as JSON-LD states them, best first.
        address: of the page, by its links and OpenGraph.
        titles: what the page calls itself elsewhere: window, OpenGraph, headings.
    """
    own = _bare(address) if address else ""
    keys = [folded for each in titles if len(folded := key(each)) >= _MIN_KEY]
    is_own = [_is_own(each, own, keys) for each in articles]
    others = [each for each, flag in zip(articles, is_own, strict=True) if each.rank < 2 and each.headline and not flag]
    foreign: list[StatedArticle] = []
    if any(flag and each.rank < 2 for each, flag in zip(articles, is_own, strict=True)):
        # One with another headline may state more of the same article; several are a list of others.
        foreign = [each for each in others if len(others) > 1 or (own and each.url and _bare(each.url) != own)]
    kept = [(each, flag) for each, flag in zip(articles, is_own, strict=True) if each not in foreign]
    return [each for each, _ in sorted(kept, key=lambda pair: (pair[0].rank == 2, not pair[1]))]


def _bare(address: str) -> str:
    return address.split("#")[0].rstrip("/")


def _is_own(article: StatedArticle, address: str, titles: list[str]) -> bool:
    if address and _bare(article.url) == address:
        return True
    # Without what says that it is cut off: the fold has letters and digits only.
    folded = key(article.headline)
    if len(folded) < _MIN_KEY:
        return False
    return any(folded in title or title in folded for title in titles)
