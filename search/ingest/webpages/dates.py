"""When a page's article came out: its sources vote, and those that agree win."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from htmldate import find_date
from lxml import etree

from search.dates.addresses import date_from_url
from search.dates.reading import read_date
from search.dates.values import DateSource, Precision, PublishedDate
from search.ingest.limits import MAX_DATED_ELEMENTS
from search.ingest.webpages.jsonld import StatedArticle
from search.ingest.webpages.opengraph import Meta
from search.ingest.webpages.shown_dates import Place, ShownDate, remove_other_dates

_META = (
    "article:published_time", "article:published", "article:published:time", "og:article:published_time",
    "article_published_time", "datepublished", "parsely-pub-date", "pubdate", "publishdate", "publish_date", "publish-date",
    "publication_date", "pub_date", "published_time", "published_at", "publicationdate", "published", "dc.date.issued",
    "dcterms.issued", "dc.date.created", "dcterms.created", "sailthru.date", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "og:published_time", "date.available", "date.created", "citation_publication_date",
    "prism.publicationdate", "release_date", "ptime", "_pubtime", "dcsext.articlefirstpublished", "uploaddate", "date",
    "dc.date", "dcterms.date", "originalpublicationdate", "datecreated", "rnews:datepublished",
)  # fmt: skip
_META_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified", "lastmod",
)  # fmt: skip
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?(?:\.\d+)?")
_SEPARATOR = re.compile(r"[|,]|\s[-–—]\s")
_UTC = re.compile(r"T(\d\d):\d\d[\d:.]*+(?:Z|[+-]00:?00)$")


class Source(StrEnum):
    """Where a page tells a date."""

    JSONLD = "JSON-LD"
    META = "meta element"
    MARKED = "marked element"
    PAGE = "JSON-LD of the page"
    URL = "address"
    TITLE = "end of the title"
    SHOWN = "by the headline"
    ABOVE = "above the headline"
    PLAIN = "line near the headline"
    MODIFIED = "changed"
    LIBRARY = "htmldate"
    SEARCHED = "htmldate, whole text"


#: What a source's word is worth: chosen so that two that agree outvote any one, checked by leaving each out and by folds of
#: sites (`manage.py evaluate_ingest --only "web pages by site"`), not fitted.
WEIGHTS: Mapping[Source, float] = {
    Source.JSONLD: 4.0, Source.META: 4.0, Source.MARKED: 4.5, Source.PAGE: 2.0, Source.URL: 3.5, Source.TITLE: 3.6,
    Source.SHOWN: 4.2, Source.ABOVE: 2.5, Source.PLAIN: 1.5, Source.MODIFIED: 0.8, Source.LIBRARY: 2.0, Source.SEARCHED: 1.3,
}  # fmt: skip
_STATED = frozenset([Source.JSONLD, Source.META, Source.MARKED, Source.PAGE])
_KINDS = {Source.URL: DateSource.URL} | dict.fromkeys((*_STATED, Source.MODIFIED), DateSource.METADATA)
_OF_PLACE = {Place.BY: Source.SHOWN, Place.ABOVE: Source.ABOVE, Place.PLAIN: Source.PLAIN}
# A date in digits read the other way round, which is right where month and day are not where they are expected.
_SWAPPED = 0.4
# A day that was changed says less than this alone: no date is better.
_LEAST = 1.0


@dataclass(frozen=True, slots=True)
class Vote:
    """One source's word for a day. ``share`` of its weight counts; ``other`` is the day before or
    after, where a time in UTC may be of that day at the place of the page."""

    source: Source
    day: date
    raw: str
    share: float = 1.0
    other: date | None = None


def date_votes(
    tree: etree._Element,
    articles: Sequence[StatedArticle],
    meta: Meta,
    *,
    url: str | None,
    shown: Sequence[ShownDate] = (),
    today: date | None = None,
) -> list[Vote]:
    """What each source says, best first; htmldate is asked where no metadata states a day."""
    votes = [*_stated(tree, articles, meta, today)]
    by_url = date_from_url(url)
    if by_url.day is not None and by_url.precision is Precision.DAY:
        votes.append(Vote(Source.URL, by_url.day, by_url.raw))
    votes += _in_titles(tree, meta, today)
    for each in shown:
        votes.append(Vote(_OF_PLACE[each.place], each.day, each.text))
        if each.swapped is not None:
            votes.append(Vote(_OF_PLACE[each.place], each.swapped, each.text, _SWAPPED))
    if not any(vote.source in _STATED for vote in votes):
        votes += _by_htmldate(tree, url, by_url, shown)
    changed = (*meta.all(*_META_MODIFIED), *(each.modified for each in articles if each.rank < 2))
    return [*votes, *_first(Source.MODIFIED, changed, today)]


def elected(votes: Sequence[Vote], weights: Mapping[Source, float] = WEIGHTS) -> PublishedDate | None:
    """The day with most weight, the better source's in a tie; ``None`` where there is too little of
    it."""
    scores: dict[date, float] = defaultdict(float)
    for vote in votes:
        scores[vote.day] += vote.share * weights[vote.source]
    witnessed = {vote.day for vote in votes if vote.source not in _STATED and vote.source is not Source.MODIFIED}
    for vote in votes:
        if vote.other in witnessed and vote.day not in witnessed:
            scores[vote.other] += vote.share * weights[vote.source]
    if not scores:
        return None
    best = max(scores.values())
    day = next(vote.day for vote in votes if scores[vote.day] == best)
    if best < _LEAST:
        return None
    first = next(vote for vote in votes if vote.day == day)
    return PublishedDate(day, Precision.DAY, _KINDS.get(first.source, DateSource.STATED), first.raw)


def _stated(tree: etree._Element, articles: Sequence[StatedArticle], meta: Meta, today: date | None) -> Iterator[Vote]:
    yield from _first(
        Source.JSONLD, (each.published for rank in (0, 1) for each in articles if each.rank == rank), today
    )
    yield from _first(Source.META, meta.all(*_META), today)
    yield from _first(Source.MARKED, _marked(tree), today)
    yield from _first(Source.PAGE, (each.published for each in articles if each.rank == 2), today)


def _first(source: Source, stated: Iterable[str], today: date | None) -> Iterator[Vote]:
    """The first statement that is a day."""
    for raw in stated:
        found = _read(raw, DateSource.METADATA, today) if raw else PublishedDate()
        if found.day is not None and found.precision is Precision.DAY:
            yield Vote(source, found.day, found.raw, other=_other_day(found.day, found.raw))
            return


def _other_day(day: date, raw: str) -> date | None:
    """The day at another place when it is this time in UTC."""
    match = _UTC.search(raw)
    if match is None:
        return None
    return day - timedelta(1) if int(match[1]) < 10 else day + timedelta(1) if int(match[1]) >= 13 else None


def _marked(tree: etree._Element) -> Iterator[str]:
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "meta":
            continue
        properties = (element.get("itemprop") or "").lower().split()
        if "datepublished" in properties or (element.tag == "time" and element.get("pubdate") is not None):
            yield element.get("datetime") or element.get("content") or (element.text or "").strip()


def _in_titles(tree: etree._Element, meta: Meta, today: date | None) -> Iterator[Vote]:
    """A date that stands alone in the last part of a page's title: "Headline | Site |
    28.04.2023"."""
    title = tree.findtext(".//title") or ""
    for each in (meta.first("og:title"), title):
        last = _SEPARATOR.split(each.strip())[-1]
        if each and 6 <= len(last) <= 30 and sum(char.isdigit() for char in last) >= 5:
            found = _read(last, DateSource.STATED, today)
            if found.day is not None and found.precision is Precision.DAY:
                yield Vote(Source.TITLE, found.day, found.raw)
                return


def _read(raw: str, source: DateSource, today: date | None) -> PublishedDate:
    raw = raw.strip()
    if _EPOCH.fullmatch(raw):
        seconds = float(raw[:10])
        return PublishedDate(datetime.fromtimestamp(seconds, UTC).date(), Precision.DAY, source, raw)
    return read_date(raw, source=source, today=today)


def _by_htmldate(
    tree: etree._Element, url: str | None, by_url: PublishedDate, shown: Sequence[ShownDate]
) -> Iterator[Vote]:
    """What htmldate takes for the first publication: it looks at the markup, then at the text
    shown.

    The first of January, and of the month that an address states, are made up of a year or month.
    """
    if sum(1 for _ in tree.iter()) > MAX_DATED_ELEMENTS:
        return
    for source, extensive in ((Source.LIBRARY, False), (Source.SEARCHED, True)):
        # htmldate removes elements from the tree that it is given.
        page = copy.deepcopy(tree)
        if extensive:
            remove_other_dates(page)
        found = find_date(page, original_date=True, extensive_search=extensive, outputformat="%Y-%m-%d", url=url)
        day = date.fromisoformat(found) if found else None
        if day is None or (day == by_url.day and by_url.precision is not Precision.DAY):
            continue
        if (day.month, day.day) == (1, 1) and all(each.day != day for each in shown):
            continue
        yield Vote(source, day, str(found))
        return
