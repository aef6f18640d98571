"""What an article looks like to a search engine."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date

from search.backends.base import IndexDocument
from search.dates.values import Precision
from search.models import Article, CountryMention
from search.models.querysets import chunks

BATCH_ARTICLES = 500


def documents_for(article_ids: Iterable[int]) -> Iterator[IndexDocument]:
    """The documents of those of the given articles that exist and are visible."""
    ids = list(article_ids)
    for some in chunks(ids, BATCH_ARTICLES):
        yield from _read(some)


def all_documents() -> Iterator[IndexDocument]:
    """The documents of all visible articles, in the order of their ids, read in batches of bounded
    size."""
    last = 0
    while True:
        ids = list(
            Article.objects.visible().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH_ARTICLES]
        )
        if not ids:
            return
        yield from _read(ids)
        last = ids[-1]


def period(day: date | None, precision: str) -> tuple[int | None, int | None]:
    """First and last day of a date known to a day, a month or a year, as proleptic ordinals; both
    None without one."""
    if day is None:
        return None, None
    if precision == Precision.YEAR:
        return date(day.year, 1, 1).toordinal(), date(day.year, 12, 31).toordinal()
    if precision == Precision.MONTH:
        first = day.replace(day=1)
        return first.toordinal(), first.toordinal() + calendar.monthrange(day.year, day.month)[1] - 1
    return day.toordinal(), day.toordinal()


def _read(ids: list[int]) -> Iterator[IndexDocument]:
    countries = CountryMention.objects.countries_by_article(ids)
    rows = Article.objects.visible().filter(pk__in=ids).order_by("pk")
    for pk, title, body, author, outlet_id, language, day, precision in rows.values_list(
        "pk", "title", "body", "author", "outlet_id", "language", "published", "published_precision"
    ):
        first_day, last_day = period(day, precision)
        yield IndexDocument(
            id=pk,
            title=title,
            body=body,
            author=author,
            outlet="" if outlet_id is None else str(outlet_id),
            language=language,
            countries=tuple(sorted(countries[pk])),
            first_day=first_day,
            last_day=last_day,
        )
