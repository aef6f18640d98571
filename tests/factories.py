"""Rows for tests, written through the models so that every hook runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from search.models import Article, CountryMention, Outlet, free_slug


def make_outlet(name: str, country: str = "") -> Outlet:
    found = Outlet.objects.filter(name=name).first()
    return found or Outlet.objects.create(name=name, slug=free_slug(name), country=country)


def make_article(
    title: str = "A title",
    body: str = "",
    *,
    outlet: str = "",
    published: str = "",
    countries: Iterable[str] = (),
    language: str = "en",
    **values: Any,
) -> Article:
    """An article; `published` is ``2020``, ``2020-10`` or ``2020-10-05``."""
    parts = [int(part) for part in published.split("-")] if published else []
    article = Article.objects.create(
        title=title,
        body=body,
        outlet=make_outlet(outlet) if outlet else None,
        language=language,
        published=date(*[*parts, 1, 1][:3]) if parts else None,
        published_precision={0: "unknown", 1: "year", 2: "month", 3: "day"}[len(parts)],
        published_source="stated" if parts else "none",
        **values,
    )
    for country in countries:
        CountryMention.objects.create(article=article, country=country, surface=country)
    return article
