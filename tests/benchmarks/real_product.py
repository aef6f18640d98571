"""Corpus in the benchmark over real articles: a data directory of its own, asked through
`/api/search`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from tests.benchmarks.real_articles import RealArticle

BATCH = 2_000


def load(articles: Iterable[RealArticle]) -> None:
    """Migrate an empty database, write the articles, index them."""
    from django.core.management import call_command
    from django.db import transaction

    from search.index.generations import rebuild_index
    from search.models import Article, CountryMention, Outlet

    call_command("migrate", verbosity=0)
    outlets: dict[str, Outlet] = {}
    numbered = enumerate(articles, 1)
    while some := list(islice(numbered, BATCH)):
        for _, article in some:
            if article.outlet not in outlets:
                slug = f"outlet-{len(outlets) + 1}"
                outlets[article.outlet] = Outlet.objects.create(name=article.outlet, slug=slug)
        with transaction.atomic():
            # The whole index is built afterwards: no notes for it are needed.
            Article._base_manager.bulk_create([_row(number, article, outlets) for number, article in some])
            CountryMention._base_manager.bulk_create(
                [
                    CountryMention(article_id=number, country=country)
                    for number, article in some
                    for country in article.countries
                ]
            )
    rebuild_index()


def _row(number: int, article: RealArticle, outlets: dict[str, Any]) -> Any:
    from search.models import Article

    return Article(
        pk=number,
        title=article.title,
        body=article.body,
        outlet=outlets[article.outlet],
        language=article.language,
        published=article.day,
        published_precision="unknown" if article.day is None else "day",
    )


def stored() -> Iterator[tuple[str, str, list[str], int | None, str]]:
    """Outlet's slug, language, countries, day (since 1970) and text of every article, as another
    engine needs them."""
    from search.index.documents import all_documents
    from search.models import Outlet

    slugs = {str(pk): slug for pk, slug in Outlet.objects.values_list("pk", "slug")}
    epoch = 719_163  # 1970-01-01 as a proleptic ordinal
    for document in all_documents():
        day = None if document.first_day is None else document.first_day - epoch
        text = f"{document.title}\n{document.body}"
        yield slugs.get(document.outlet, ""), document.language, list(document.countries), day, text


class Product:
    """Asks the API inside this process."""

    def __init__(self) -> None:
        from django.test import Client

        self._client = Client(headers={"host": "localhost"})

    def ask(self, parameters: dict[str, Any]) -> tuple[float, int]:
        """`took_ms` as the API reports it, and the total. Raises RuntimeError for an answer that is
        none."""
        answer = self._client.get("/api/search", parameters)
        if answer.status_code != 200:
            raise RuntimeError(f"{parameters}: {answer.status_code} {answer.content[:200]!r}")
        found = answer.json()
        return found["took_ms"], found["total"]
