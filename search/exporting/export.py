"""A question → the pieces of a file that holds all the articles it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db.models.functions import Length, Substr
from django.urls import reverse

from search.exporting.article import ExportedArticle
from search.exporting.formats import ExportFormat
from search.exporting.origin import ExportOrigin, state_of_collection
from search.index.belonging import require_belonging
from search.index.connection import get_backend
from search.models import Article, CountryMention
from search.query.querystring import encode, pairs_of
from search.query.request import SearchRequest

#: Articles read at a time, and characters of their texts in memory at a time.
READ_AT_ONCE = 200
TEXT_AT_ONCE = 4_000_000
#: Characters of the text in formats that tell only how it begins.
BEGINNING = 300
#: Entries of a feed: who follows one asks for it again.
FEED_ENTRIES = 100
#: More than any index holds.
EVERY = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported, and its pieces; `articles` is how many rows there are at most."""

    origin: ExportOrigin
    articles: int
    pieces: Iterator[str]


@dataclass(frozen=True, slots=True)
class Site:
    """Where the export is made: `absolute` makes a path an address, `version` is of Corpus."""

    absolute: Callable[[str], str]
    version: str


def export_of(request: SearchRequest, kind: ExportFormat, site: Site) -> Export:
    """All that a question finds, in its order, from one state of the index.

    Args:
        request: the question; its page does not matter.
        kind: of the file.
        site: for the addresses in it.

    Raises:
        IndexUnavailable: nothing was written yet.
    """
    require_belonging()
    index, collection = state_of_collection()
    backend = get_backend()
    asked = replace(request.backend, start=0, facet_size=1, sort="newest" if kind.followed else request.backend.sort)
    found = backend.search(replace(asked, limit=FEED_ENTRIES if kind.followed else EVERY))
    ids = [hit.id for hit in found.hits]
    first_page = replace(request, page=1)
    origin = ExportOrigin(
        question=request.q.strip(),
        address=site.absolute(reverse("search:results") + (encode(first_page) or "?q=")),
        filters=tuple(pair for pair in pairs_of(first_page) if pair[0] != "q"),
        made_at=datetime.now(UTC).replace(microsecond=0),
        articles=found.total,
        index=index,
        collection=collection,
        version=site.version,
    )
    return Export(origin, len(ids), kind.write(origin, _articles(ids, kind, site.absolute)))


def _articles(ids: Sequence[int], kind: ExportFormat, absolute: Callable[[str], str]) -> Iterator[ExportedArticle]:
    for start in range(0, len(ids), READ_AT_ONCE):
        some = ids[start : start + READ_AT_ONCE]
        rows = _rows(some)
        countries = CountryMention.objects.countries_by_article(some)
        there = [rows[key] for key in some if key in rows]
        for group in _groups(there, whole=kind.whole):
            texts = _texts([row.pk for row in group], whole=kind.whole)
            for row in group:
                yield _exported(row, texts.get(row.pk, ""), tuple(sorted(countries[row.pk])), absolute)


def _rows(ids: Sequence[int]) -> dict[int, Article]:
    shown = Article.objects.visible().select_related("outlet").filter(pk__in=ids).order_by()
    fields = ("title", "url", "author", "language", "published", "published_precision", "published_source", "about")
    rows = shown.only(*fields, "outlet__name", "outlet__country").annotate(characters=Length("body"))
    return {row.pk: row for row in rows}


def _groups(rows: Sequence[Article], *, whole: bool) -> Iterator[list[Article]]:
    """Rows whose texts may be in memory together."""
    group: list[Article] = []
    characters = 0
    for row in rows:
        more = row.characters if whole else BEGINNING  # type: ignore[attr-defined]  # annotated
        if group and characters + more > TEXT_AT_ONCE:
            yield group
            group, characters = [], 0
        group.append(row)
        characters += more
    if group:
        yield group


def _texts(ids: Sequence[int], *, whole: bool) -> dict[int, str]:
    rows = Article.objects.filter(pk__in=ids).order_by()
    if whole:
        return dict(rows.values_list("pk", "body"))
    begun = rows.annotate(begun=Substr("body", 1, BEGINNING + 1)).values_list("pk", "begun")
    return {key: _beginning(text) for key, text in begun}


def _beginning(text: str) -> str:
    if len(text) <= BEGINNING:
        return text
    cut = text[:BEGINNING]
    return f"{cut.rsplit(None, 1)[0] if ' ' in cut else cut}…"


def _exported(row: Article, text: str, countries: tuple[str, ...], absolute: Callable[[str], str]) -> ExportedArticle:
    return ExportedArticle(
        id=row.pk,
        title=row.title,
        authors=tuple(name for each in row.author.split(",") if (name := each.strip())),
        outlet=row.outlet.name if row.outlet else "",
        outlet_country=row.outlet.country if row.outlet else "",
        published=row.published_iso or "",
        day=row.published,
        date_source=row.published_source,
        language=row.language,
        countries=countries,
        about=tuple(each["country"] for each in row.about),
        address=row.url,
        page=absolute(row.get_absolute_url()),
        text=text,
    )
