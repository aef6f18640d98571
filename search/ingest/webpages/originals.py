"""Who published a page's article first, where the page is a repost and says so."""

from __future__ import annotations

from collections.abc import Iterator

from search.ingest.splitting.bylines import read_origin
from search.ingest.webpages.jsonld import StatedArticle
from search.ingest.webpages.opengraph import Meta
from search.ingest.webpages.sites import Site, key
from search.names.sites import site_of

#: A notice stands in a short paragraph at either end of a text.
_MAX_NOTICE_CHARS = 300
_LOOK_PARAGRAPHS = 4


def read_original(text: str, articles: list[StatedArticle], meta: Meta, site: Site, address: str | None) -> str | None:
    """The first outlet by a notice in the text, by what the article is stated to be based on, or by
    a canonical address on another site than the page's own; ``None`` where nothing states another
    outlet than the page's.

    A publisher beside the site's name is no repost: it is mostly the company behind it.
    """
    own, shared = site_of(address or ""), site_of(meta.first("og:url"))
    for each in _stated(text, articles, own):
        if each and not site.is_named(each):
            return each
    moved = own and shared and own != shared and _is_like(site.name, shared) and not _is_like(site.name, own)
    return own if moved else None


def _stated(text: str, articles: list[StatedArticle], own: str) -> Iterator[str | None]:
    lines = [line for line in text.split("\n") if line.strip()]
    ends = dict.fromkeys([*range(len(lines))[:_LOOK_PARAGRAPHS], *range(len(lines))[-_LOOK_PARAGRAPHS:]])
    for number in ends:
        if len(lines[number]) <= _MAX_NOTICE_CHARS:
            yield read_origin(lines[number])
    for article in articles:
        if "://" in article.based_on:
            based_on = site_of(article.based_on)
            yield based_on if based_on != own else None
        else:
            yield article.based_on


def _is_like(name: str | None, site: str) -> bool:
    """Whether a site's domain spells its name or a part of it."""
    spelled, label = key(name or ""), key(site.partition(".")[0])
    return bool(spelled and label) and (spelled in label or label in spelled)
