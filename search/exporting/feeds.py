"""Atom, RSS and JSON Feed, for programs that follow a question."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

from search.countries.names import country_name
from search.exporting.article import ExportedArticle
from search.exporting.origin import ExportOrigin


class _Stream(StringIO):
    """What Django's writer of XML writes into."""

    def taken(self) -> str:
        """All that was written since the last time."""
        text = self.getvalue()
        self.seek(0)
        self.truncate()
        return text


def atom_pieces(origin: ExportOrigin, articles: Iterable[ExportedArticle]) -> Iterator[str]:
    """An Atom feed."""
    yield from _feed(Atom1Feed, ("feed",), "entry", origin, articles)


def rss_pieces(origin: ExportOrigin, articles: Iterable[ExportedArticle]) -> Iterator[str]:
    """An RSS 2.0 feed."""
    yield from _feed(Rss201rev2Feed, ("rss", "channel"), "item", origin, articles)


def _feed(
    kind: type[SyndicationFeed],
    around: tuple[str, ...],
    item: str,
    origin: ExportOrigin,
    articles: Iterable[ExportedArticle],
) -> Iterator[str]:
    """Django's feeds hold all their entries in memory; what they write of each is used here one by
    one."""
    told = f"{_clean(origin.told)}; index {origin.index}; collection {origin.collection}"
    feed = kind(
        title=f"Corpus: {_clean(origin.question) or 'all articles'}",
        link=origin.address,
        description=told,
        subtitle=told,
        feed_url=origin.address,
    )
    feed.latest_post_date = lambda: origin.made_at  # type: ignore[method-assign]
    stream = _Stream()
    handler = SimplerXMLGenerator(stream, "utf-8", short_empty_elements=True)
    handler.startDocument()
    outer = feed.rss_attributes() if isinstance(feed, Rss201rev2Feed) else feed.root_attributes()
    handler.startElement(around[0], AttributesImpl(outer))
    for name in around[1:]:
        handler.startElement(name, AttributesImpl(feed.root_attributes()))
    feed.add_root_elements(handler)
    yield stream.taken()
    for article in articles:
        feed.items.clear()
        _add(feed, article)
        (entry,) = feed.items
        handler.startElement(item, AttributesImpl(feed.item_attributes(entry)))
        feed.add_item_elements(handler, entry)
        handler.endElement(item)
        yield stream.taken()
    for name in reversed(around):
        handler.endElement(name)
    yield stream.taken()


def _add(feed: SyndicationFeed, article: ExportedArticle) -> None:
    feed.add_item(
        title=_clean(article.title),
        link=article.page,
        description=_clean(article.text),
        author_name=_clean(", ".join(article.authors) or article.outlet) or None,
        pubdate=_moment(article),
        unique_id=article.page,
        categories=[country_name(code, "en") for code in article.countries],
    )


def _moment(article: ExportedArticle) -> datetime | None:
    """Feeds have no dates without a day, so that of a month or a year is left out."""
    return datetime.combine(article.day, time(), UTC) if article.day and len(article.published) == 10 else None


def json_feed_pieces(origin: ExportOrigin, articles: Iterable[ExportedArticle]) -> Iterator[str]:
    """A JSON Feed 1.1."""
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"Corpus: {origin.question or 'all articles'}",
        "home_page_url": origin.address,
        "_corpus": dict(origin.as_values()),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "items": ['
    for number, article in enumerate(articles):
        moment = _moment(article)
        entry = {
            "id": article.page,
            "url": article.page,
            "external_url": article.address or None,
            "title": article.title,
            "content_text": article.text,
            "date_published": moment.isoformat() if moment else None,
            "authors": [{"name": name} for name in article.authors] or None,
            "language": article.language or None,
            "tags": list(article.countries),
            "_corpus": {"outlet": article.outlet or None, "published": article.published or None},
        }
        kept = {name: value for name, value in entry.items() if value is not None}
        yield (",\n" if number else "\n") + json.dumps(kept, ensure_ascii=False)
    yield "\n]}\n"


def _clean(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\n\t")
