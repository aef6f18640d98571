"""A curator who is logged in, and a few articles."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from search.backends.base import BackendQuery
from search.index.connection import get_backend
from search.index.generations import rebuild_index
from search.models import Article, CountryMention, Outlet
from search.query.language import parse_query

ARTICLES = "/admin/search/article/"
MENTIONS = "/admin/search/countrymention/"
OUTLETS = "/admin/search/outlet/"


@pytest.fixture
def curator(client: Client, db: None) -> Client:
    """A client logged in as a superuser."""
    client.force_login(User.objects.create_superuser("curator", "curator@example.org", "secret"))
    return client


@pytest.fixture
def curator_with_index(client: Client, transactional_db: None) -> Client:
    """The same where commits happen, beside an index."""
    client.force_login(User.objects.create_superuser("curator", "curator@example.org", "secret"))
    rebuild_index()
    return client


def an_article(title: str = "Bridge opens over the river", **values: Any) -> Article:
    """An article with a date and one mention, of Georgia."""
    outlet, _ = Outlet.objects.get_or_create(name="Kura Post", slug="kura-post", country="GE")
    given = {
        "body": "The bridge was opened on Monday. Georgia paid for it. Nobody spoke.",
        "outlet": outlet,
        "language": "en",
        "language_confidence": 0.9,
        "published": date(2021, 5, 3),
        "published_precision": "day",
        "published_source": "stated",
    }
    article = Article.objects.create(title=title, **{**given, **values})
    start = article.body.find("Georgia")
    if start >= 0:
        CountryMention.objects.create(
            article=article,
            country="GE",
            surface="Georgia",
            start=start,
            end=start + 7,
            kind="name",
            origin="automatic",
        )
    return article


def form_of(article: Article, **changes: Any) -> dict[str, Any]:
    """What the browser posts for an article's page when only `changes` are made."""
    rows = list(article.mentions.order_by("pk")) if article.pk else []
    values: dict[str, Any] = {
        "title": article.title,
        "body": article.body,
        "outlet": article.outlet_id or "",
        "author": article.author,
        "language": article.language,
        "published": article.published.isoformat() if article.published else "",
        "published_precision": article.published_precision,
        "url": article.url,
        "hidden_reason": article.hidden_reason,
        "mentions-TOTAL_FORMS": len(rows),
        "mentions-INITIAL_FORMS": len(rows),
        "mentions-MIN_NUM_FORMS": 0,
        "mentions-MAX_NUM_FORMS": 1000,
        "_continue": "1",
    }
    if article.visible:
        values["visible"] = "on"
    for number, row in enumerate(rows):
        values |= {
            f"mentions-{number}-id": row.pk,
            f"mentions-{number}-article": article.pk,
            f"mentions-{number}-country": row.country,
            f"mentions-{number}-surface": row.surface,
            f"mentions-{number}-status": row.status,
        }
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def save(client: Client, article: Article, **changes: Any) -> Any:
    """Post an article's page and follow to what is shown next."""
    return client.post(f"{ARTICLES}{article.pk}/change/", form_of(article, **changes), follow=True)


def messages_of(response: Any) -> str:
    """The messages on a page."""
    return " | ".join(str(message) for message in response.context["messages"])


def found(query: str) -> list[int]:
    """The ids that the site's search finds."""
    tree = parse_query(query, "all").tree
    return [hit.id for hit in get_backend().search(BackendQuery(tree=tree)).hits]


def country_counts() -> dict[str, int]:
    """The country facet over all articles."""
    return dict(get_backend().search(BackendQuery()).facets["country"].values)
