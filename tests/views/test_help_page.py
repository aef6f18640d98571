"""`GET /help/`, and the link that asks a question to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from search.models import Article
from search.views.context import ResultsPage
from search.views.parts.helppage import HelpPage
from tests.views.shown import page_shown


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_example_of_the_help_page_is_a_search_that_can_be_answered(client: Client, language: str) -> None:
    page = page_shown(client.get("/help/", headers={"accept-language": language}), HelpPage)
    examples = [example for section in page.sections for example in section.examples]
    assert len(examples) > 15
    for example in examples:
        assert client.get(example.url).status_code == 200
        assert ("=" in example.query) or page_shown(client.get(example.url), ResultsPage).hits, example.query


@pytest.mark.usefixtures("articles")
def test_the_search_box_leads_to_the_help_page_everywhere(client: Client) -> None:
    for address in ("/", "/?q=lachin", "/help/"):
        assert 'href="/help/"' in client.get(address).content.decode()


@pytest.mark.django_db
def test_without_an_index_the_help_page_is_there(client: Client, own_index: Path) -> None:
    assert not own_index.exists()
    assert client.get("/help/").status_code == 200


def test_a_question_read_otherwise_than_to_the_letter_has_a_link_that_asks_it_so(
    client: Client, articles: dict[str, Article]
) -> None:
    page = page_shown(client.get("/?q=lachin+or+note"), ResultsPage)
    assert page.reading
    assert "was read as OR" in page.notices[0]
    letter = page_shown(client.get(page.reading.url), ResultsPage)
    assert "letter=1" in page.reading.url
    assert (len(page.hits), len(letter.hits), letter.notices) == (3, 0, ())
    assert letter.reading
    assert "letter" not in letter.reading.url
    assert articles


@pytest.mark.usefixtures("articles")
def test_the_api_names_the_address_that_asks_to_the_letter(client: Client) -> None:
    answer = client.get("/api/search?q=lachin+or+note&country=AZ").json()
    assert answer["letter_url"] == "/api/search?q=lachin+or+note&letter=1&country=AZ"
    assert client.get(answer["letter_url"]).json()["total"] == 0
    assert client.get("/api/search?q=lachin").json()["letter_url"] is None
    assert client.get("/api/search?q=lachin&letter=2").status_code == 400
