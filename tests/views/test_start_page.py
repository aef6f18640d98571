"""`GET /` without parameters."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.db.models import QuerySet
from django.test import Client

from search.index.generations import rebuild_index
from search.models import Article
from search.views.context import ResultsPage
from search.views.parts.startpage import StartPage
from tests.factories import make_article
from tests.views.shown import page_shown


def start(client: Client) -> tuple[StartPage, str]:
    response = client.get("/")
    assert response.status_code == 200
    return page_shown(response, StartPage), response.content.decode()


@pytest.mark.usefixtures("articles")
def test_it_shows_totals_span_and_the_latest(client: Client) -> None:
    page, html = start(client)
    assert page.total == "4 articles"
    assert page.figures == ("2 outlets", "2 languages", "3 countries", "October 2020 – December 2021")
    assert len(page.latest) == 4
    assert "noindex" not in html


@pytest.mark.usefixtures("articles")
def test_its_examples_are_searches_that_find_something(client: Client) -> None:
    page, _html = start(client)
    assert [example.query for example in page.examples] == [
        "Lachin",
        "country:AM -country:AZ",
        'outlet:"Vale"',
        "date:2020-10",
    ]
    for example in page.examples:
        assert page_shown(client.get(example.url), ResultsPage).hits


@pytest.mark.django_db
def test_an_empty_collection_says_what_to_run(client: Client, own_index: Path) -> None:
    assert not own_index.exists()
    page, html = start(client)
    assert [command for command, _meaning in page.commands] == ["manage.py ingest FOLDER", "manage.py load_fixtures"]
    assert "manage.py ingest FOLDER" in html
    rebuild_index()
    assert start(client)[0].commands == page.commands


@pytest.mark.django_db
def test_articles_that_wait_for_the_index_name_the_command_that_puts_them_there(client: Client) -> None:
    rebuild_index()
    article = make_article()
    # As a process that died before it could tell the index.
    rebuild_index()
    QuerySet(Article).filter(pk=article.pk).update(visible=False)
    rebuild_index()
    QuerySet(Article).filter(pk=article.pk).update(visible=True)
    assert start(client)[0].commands[0][0] == "manage.py update_index"


@pytest.mark.usefixtures("articles")
def test_a_missing_index_of_a_full_collection_is_a_503(client: Client, own_index: Path) -> None:
    shutil.rmtree(own_index)
    assert client.get("/").status_code == 503


@pytest.mark.usefixtures("articles")
def test_it_is_in_arabic_for_those_who_read_it(client: Client) -> None:
    html = client.get("/", headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert "4 مقالات" in html
