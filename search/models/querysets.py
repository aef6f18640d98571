"""Query sets whose bulk writes reach the index, and the one function that queues articles for it.

`update` (through which `bulk_update` goes) and `bulk_create` send no Django signals, so they queue
here; `save` and `delete` do send them (also from `loaddata` and from cascades), and
`search.index.hooks` queues for those.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models.functions import TruncDate

from search.dates.days import FIRST_TO_BEGIN

from .choices import MentionField, MentionStatus
from .outbox import queue_articles

Row = TypeVar("Row", bound=models.Model)


# From one country of an article to the next by the index on article and country: a book mentions few countries, but each
# of them thousands of times, and `DISTINCT` would read every mention.
# The status is no plain column here, or SQLite would look for a country by it, in all articles.
_ACCEPTED = (
    "FROM search_countrymention m WHERE m.article_id = {article} "
    f"AND (m.status || '') = '{MentionStatus.ACCEPTED.value}'"
)
_NEXT = f"(SELECT m.country {_ACCEPTED} {{after}} ORDER BY m.country LIMIT 1)"
_NAMED = (
    "WITH RECURSIVE named(article_id, country) AS ("
    f"SELECT a.id, {_NEXT.format(article='a.id', after='')} FROM search_article a WHERE a.id IN ({{ids}}) UNION ALL "
    f"SELECT n.article_id, {_NEXT.format(article='n.article_id', after='AND m.country > n.country')} "
    "FROM named n WHERE n.country IS NOT NULL) "
)
_CODES = "SELECT article_id, country FROM named WHERE country IS NOT NULL"
_OF_COUNTRY = f"{_ACCEPTED.format(article='named.article_id')} AND m.country = named.country"
_RANKED = (
    f"SELECT article_id, country, (SELECT COUNT(*) FROM (SELECT 1 {_OF_COUNTRY} LIMIT %s) AS counted) "
    "FROM named WHERE country IS NOT NULL"
)
_COUNTS = (
    f"SELECT country, (SELECT COUNT(*) FROM (SELECT 1 {_OF_COUNTRY} LIMIT %s) AS counted), "
    f"(SELECT m.start {_OF_COUNTRY} AND m.field = '{MentionField.BODY.value}' AND m.start IS NOT NULL ORDER BY m.start LIMIT 1) "
    "FROM named WHERE country IS NOT NULL"
)


class IndexedQuerySet(models.QuerySet[Row]):
    """A query set of rows that decide what the index holds; `article_id_path` leads from a row to
    its article."""

    article_id_path = "pk"

    def affected_ids(self) -> list[int]:
        """The articles whose index entries depend on these rows."""
        return list(self.order_by().values_list(self.article_id_path, flat=True).distinct())

    def update(self, **values: Any) -> int:
        """Update, and queue the articles that depended on the rows before or do after."""
        with transaction.atomic(using=self.db):
            keys = list(self.order_by().values_list("pk", flat=True))
            touched = self.affected_ids()
            count = super().update(**values)
            for some in chunks(keys):
                touched += type(self)(self.model, using=self.db).filter(pk__in=some).affected_ids()
            queue_articles(touched)
        return count

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        """Create rows and queue their articles.

        Raises ValueError for `ignore_conflicts`: the rows come back without keys, so nobody knows
        what to index.
        """
        if options.get("ignore_conflicts"):
            raise ValueError("bulk_create(ignore_conflicts=True) cannot reach the index; use update_conflicts")
        with transaction.atomic(using=self.db):
            rows = super().bulk_create(objs, *args, **options)
            for some in chunks([row.pk for row in rows if row.pk is not None]):
                queue_articles(type(self)(self.model, using=self.db).filter(pk__in=some).affected_ids())
        return rows


class ArticleQuerySet(IndexedQuerySet[Row]):
    """Articles."""

    def visible(self) -> ArticleQuerySet[Row]:
        """Those that are not hidden."""
        return self.filter(visible=True)

    def dated_ahead(self) -> ArticleQuerySet[Row]:
        """Those whose date lay ahead when they were taken in."""
        return self.filter(published__gt=TruncDate("created_at", tzinfo=FIRST_TO_BEGIN))

    def get_by_natural_key(self, collection: str, external_id: str) -> Row:
        """The article of a fixture."""
        return self.get(collection=collection, external_id=external_id)


class MentionQuerySet(IndexedQuerySet[Row]):
    """Country mentions: an article's countries are in its index entry."""

    article_id_path = "article_id"

    def countries_by_article(self, article_ids: Collection[int]) -> dict[int, set[str]]:
        """The countries that each of these articles mentions: its accepted mentions'."""
        countries: dict[int, set[str]] = {article_id: set() for article_id in article_ids}
        for some in chunks(article_ids):
            with connection.cursor() as cursor:
                cursor.execute(_NAMED.format(ids=", ".join(["%s"] * len(some))) + _CODES, some)
                for article_id, country in cursor.fetchall():
                    countries[article_id].add(country)
        return countries

    def counts_by_article(self, article_ids: Collection[int], most: int) -> dict[int, dict[str, int]]:
        """The countries that each of these articles mentions, with their accepted mentions, counted
        up to `most`."""
        counts: dict[int, dict[str, int]] = {article_id: {} for article_id in article_ids}
        for some in chunks(article_ids):
            with connection.cursor() as cursor:
                cursor.execute(_NAMED.format(ids=", ".join(["%s"] * len(some))) + _RANKED, [*some, most])
                for article_id, country, count in cursor.fetchall():
                    counts[article_id][country] = count
        return counts

    def countries_counted(self, article_id: int, most: int) -> list[tuple[str, int, int | None]]:
        """The countries an article mentions: code, accepted mentions (counted up to `most`), first
        place in the body."""
        with connection.cursor() as cursor:
            cursor.execute(_NAMED.format(ids="%s") + _COUNTS, [article_id, most])
            return [(country, count, start) for country, count, start in cursor.fetchall()]

    def get_by_natural_key(
        self, collection: str, external_id: str, country: str, field: str, start: int | None, end: int | None
    ) -> Row:
        """The mention of a fixture."""
        return self.get(
            article__collection=collection,
            article__external_id=external_id,
            country=country,
            field=field,
            start=start,
            end=end,
        )


class NamedQuerySet(models.QuerySet[Row]):
    """Rows that fixtures know by a unique field, so that they never take the place of somebody
    else's."""

    natural_field = "name"

    def get_by_natural_key(self, value: str) -> Row:
        """The row of a fixture."""
        return self.get(**{self.natural_field: value})


class OutletQuerySet(NamedQuerySet[Row]):
    """Outlets."""

    natural_field = "slug"


def chunks(keys: Collection[int], size: int = 500) -> Iterator[list[int]]:
    """Keys in lists short enough for any database's limit on parameters."""
    every = list(keys)
    for start in range(0, len(every), size):
        yield every[start : start + size]
