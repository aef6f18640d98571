"""`GET /api/search`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.test import Client

from search.models import Article


def test_the_answer_has_hits_facets_and_what_is_missing(client: Client, articles: dict[str, Article]) -> None:
    answer = client.get("/api/search?q=lachin&country=AM").json()
    assert list(answer) == [
        "total",
        "page",
        "hits",
        "facets",
        "missing",
        "interval",
        "did_you_mean",
        "notices",
        "letter_url",
        "took_ms",
    ]
    assert (answer["total"], answer["page"], answer["notices"]) == (1, 1, [])
    score = answer["hits"][0].pop("score")
    assert isinstance(score, float)
    assert answer["hits"] == [
        {
            "id": articles["corridor"].pk,
            "title": "Lachin corridor opens",
            "title_html": "<mark>Lachin</mark> corridor opens",
            "url": articles["corridor"].get_absolute_url(),
            "source_url": None,
            "outlet": {"slug": "hill", "name": "Hill"},
            "language": "en",
            "published": "2020-10-05",
            "countries": ["AM", "AZ"],
            "snippets": ["Trucks went through Armenia."],
        }
    ]
    assert list(answer["facets"]) == ["outlet", "language", "country", "date"]
    assert answer["facets"]["country"][0] == {"value": "AZ", "label": "Azerbaijan", "count": 2, "selected": False}
    assert answer["missing"] == {"outlet": 0, "language": 0, "country": 0, "date": 0}
    assert isinstance(answer["took_ms"], float)


def test_what_an_article_lacks_is_null(client: Client, articles: dict[str, Article]) -> None:
    answer = client.get("/api/search?date=none").json()
    hit = answer["hits"][0]
    assert (hit["outlet"], hit["language"], hit["published"], hit["countries"]) == (None, None, None, [])
    assert answer["missing"] == {"outlet": 1, "language": 1, "country": 1, "date": 1}


def test_snippets_are_escaped_but_for_the_marks(client: Client, articles: dict[str, Article]) -> None:
    answer = client.get("/api/search?q=note").json()
    assert answer["hits"][0]["snippets"] == ["nothing but a &lt;b&gt;<mark>note</mark>&lt;/b&gt; &amp; more"]


@pytest.mark.usefixtures("articles")
def test_errors_are_listed_by_parameter(client: Client) -> None:
    response = client.get("/api/search?country=ZZ&page=0")
    assert response.status_code == 400
    errors = response.json()["errors"]
    assert set(errors) == {"country", "page"}
    assert "“ZZ”" in errors["country"][0]


@pytest.mark.usefixtures("articles")
def test_a_page_past_the_last_has_a_notice(client: Client) -> None:
    answer = client.get("/api/search?page=1000000000").json()
    assert (answer["total"], answer["hits"], len(answer["notices"])) == (4, [], 1)


@pytest.mark.usefixtures("articles")
def test_a_missing_index_is_a_503_with_the_remedy(client: Client, own_index: Path) -> None:
    shutil.rmtree(own_index)
    response = client.get("/api/search")
    assert response.status_code == 503
    assert "rebuild_index" in response.json()["errors"]["index"][0]


@pytest.mark.usefixtures("articles")
def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/api/search").status_code == 405
