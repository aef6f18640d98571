"""When a page's article came out: JSON-LD, then ``meta`` elements, then ``time`` elements, then
what htmldate finds."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from htmldate import find_date
from lxml import etree

from search.dates.addresses import date_from_url
from search.dates.reading import read_date
from search.dates.values import DateSource, Precision, PublishedDate
from search.ingest.limits import MAX_DATED_ELEMENTS
from search.ingest.webpages.jsonld import StatedArticle
from search.ingest.webpages.opengraph import Meta

_META = (
    "article:published_time", "article:published", "article:published:time", "og:article:published_time",
    "article_published_time", "datepublished", "parsely-pub-date", "pubdate", "publishdate", "publish_date", "publish-date",
    "publication_date", "pub_date", "published_time", "published_at", "publicationdate", "published", "dc.date.issued",
    "dcterms.issued", "dc.date.created", "dcterms.created", "sailthru.date", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "og:published_time", "date.available", "date.created", "citation_publication_date",
    "prism.publicationdate", "release_date", "ptime", "_pubtime", "dcsext.articlefirstpublished", "uploaddate", "date",
    "dc.date", "dcterms.date", "originalpublicationdate", "datecreated", "rnews:datepublished",
)  # fmt: skip
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?(?:\.\d+)?")
_SEPARATOR = re.compile(r"[|,]|\s[-–—]\s")


def read_published(
    tree: etree._Element, articles: list[StatedArticle], meta: Meta, *, url: str | None, today: date | None = None
) -> PublishedDate:
    """The day as the page writes it, in its own time zone, and where it came from."""
    for raw in _stated(tree, articles, meta):
        found = _read(raw, DateSource.METADATA, today)
        if found.precision is Precision.DAY:
            return found
    by_url = date_from_url(url)
    if by_url.precision is Precision.DAY:
        return by_url
    in_title = _in_titles(tree, meta, today)
    if in_title.precision is Precision.DAY:
        return in_title
    guessed = _by_htmldate(tree, url)
    if guessed.day is not None:
        return guessed
    return by_url


def _stated(tree: etree._Element, articles: list[StatedArticle], meta: Meta) -> Iterator[str]:
    for rank in (0, 1, 2):
        yield from (each.published for each in articles if each.rank == rank and each.published)
        if rank == 1:
            yield from meta.all(*_META)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        properties = (element.get("itemprop") or "").lower().split()
        if "datepublished" in properties or (element.tag == "time" and element.get("pubdate") is not None):
            yield element.get("datetime") or element.get("content") or (element.text or "").strip()


def _in_titles(tree: etree._Element, meta: Meta, today: date | None) -> PublishedDate:
    """A date that stands alone in the last part of a page's title: "Headline | Site |
    28.04.2023"."""
    title = tree.findtext(".//title") or ""
    for each in (meta.first("og:title"), title):
        last = _SEPARATOR.split(each.strip())[-1]
        if each and 6 <= len(last) <= 30 and sum(char.isdigit() for char in last) >= 5:
            found = _read(last, DateSource.STATED, today)
            if found.precision is Precision.DAY:
                return found
    return PublishedDate()


def _read(raw: str, source: DateSource, today: date | None) -> PublishedDate:
    raw = raw.strip()
    if _EPOCH.fullmatch(raw):
        seconds = float(raw[:10])
        return PublishedDate(datetime.fromtimestamp(seconds, UTC).date(), Precision.DAY, source, raw)
    return read_date(raw, source=source, today=today)


def _by_htmldate(tree: etree._Element, url: str | None) -> PublishedDate:
    """What htmldate takes for the first publication; it looks at the markup and then at the text
    shown."""
    if sum(1 for _ in tree.iter()) > MAX_DATED_ELEMENTS:
        return PublishedDate()
    # htmldate removes elements from the tree that it is given.
    found = find_date(copy.deepcopy(tree), original_date=True, extensive_search=False, outputformat="%Y-%m-%d", url=url)
    return read_date(found, source=DateSource.STATED) if found else PublishedDate()
