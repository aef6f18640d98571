"""Correcting an article, and what the form says to what cannot be saved."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from search.models import Article, CountryMention
from tests.admin.conftest import ARTICLES, an_article, form_of, save

pytestmark = pytest.mark.django_db


def test_a_correction_is_saved(curator: Client) -> None:
    article = an_article()
    save(curator, article, title="Bridge  opens\nagain", author="N. Kldiashvili")
    article.refresh_from_db()
    assert (article.title, article.author) == ("Bridge opens again", "N. Kldiashvili")


def test_clearing_the_date_makes_its_precision_unknown(curator: Client) -> None:
    article = an_article()
    save(curator, article, published="")
    article.refresh_from_db()
    assert (article.published, article.published_precision, article.published_source) == (None, "unknown", "none")


def test_a_date_without_a_precision_is_a_day_and_the_curators(curator: Client) -> None:
    article = an_article(published=None, published_precision="unknown", published_source="none")
    save(curator, article, published="2020-10-05")
    article.refresh_from_db()
    assert (article.published, article.published_precision) == (date(2020, 10, 5), "day")
    assert article.published_source == "manual"


@pytest.mark.parametrize(("precision", "expected"), [("month", date(2020, 10, 1)), ("year", date(2020, 1, 1))])
def test_a_date_known_less_well_is_the_first_day(curator: Client, precision: str, expected: date) -> None:
    article = an_article()
    save(curator, article, published="2020-10-05", published_precision=precision)
    article.refresh_from_db()
    assert (article.published, article.published_precision) == (expected, precision)


def test_an_unchanged_date_keeps_its_source(curator: Client) -> None:
    article = an_article()
    save(curator, article, author="Somebody")
    article.refresh_from_db()
    assert article.published_source == "stated"


def test_a_language_chosen_by_a_curator_is_not_uncertain(curator: Client) -> None:
    article = an_article(language_confidence=0.2)
    save(curator, article, language="ka")
    article.refresh_from_db()
    assert (article.language, article.language_confidence) == ("ka", None)


def test_hiding_wants_a_reason_and_showing_forgets_it(curator: Client) -> None:
    article = an_article()
    page = save(curator, article, visible=None)
    assert "Say why the article is hidden." in page.content.decode()
    save(curator, article, visible=None, hidden_reason="an advert")
    article.refresh_from_db()
    assert (article.visible, article.hidden_reason) == (False, "an advert")
    save(curator, article, visible="on")
    article.refresh_from_db()
    assert (article.visible, article.hidden_reason) == (True, "")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "   "},
        {"title": "\u200b\u00ad \u200e"},
        {"title": "x" * 2001},
        {"title": "a\x00b"},
        {"language": "XX"},
        {"language": "qq"},
        {"published": "2020-02-31"},
        {"published_precision": "century"},
        {"outlet": "999999"},
        {"url": "javascript:alert(1)"},
        {"mentions-0-country": "ZZ"},
        {"mentions-0-country": ""},
        {"mentions-0-status": "perhaps"},
        {"mentions-0-id": "999999"},
    ],
)
def test_what_cannot_be_saved_gives_a_message(curator: Client, changes: dict[str, str]) -> None:
    article = an_article()
    response = save(curator, article, **changes)
    assert response.status_code == 200
    assert "errornote" in response.content.decode()
    assert Article.objects.get(pk=article.pk).title == article.title


def test_two_mentions_of_a_country_at_one_place_give_a_message(curator: Client) -> None:
    article = an_article()
    first = article.mentions.get()
    article.mentions.create(country="US", surface="Georgia", start=first.start, end=first.end)
    response = save(curator, article, **{"mentions-1-country": "GE"})
    assert "errornote" in response.content.decode()
    assert set(article.mentions.values_list("country", flat=True)) == {"GE", "US"}


def test_mentions_show_their_sentence_with_the_name_marked(curator: Client) -> None:
    page = curator.get(f"{ARTICLES}{an_article().pk}/change/").content.decode()
    assert '<span class="sentence" dir="auto"><mark>Georgia</mark> paid for it.</span>' in page


def test_the_form_asks_the_database_the_same_number_of_times_for_many_mentions(
    curator: Client, django_assert_max_num_queries: object
) -> None:
    article = an_article()
    for number in range(40):
        article.mentions.create(country="AM", surface="Armenia", start=number, end=number + 3)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        curator.get(f"{ARTICLES}{article.pk}/change/")


def test_an_article_with_too_many_mentions_for_a_page_shows_the_first(curator: Client) -> None:
    article = an_article()
    CountryMention.objects.bulk_create(
        CountryMention(article=article, country="AM", surface="x", start=number, end=number + 1)
        for number in range(700)
    )
    page = curator.get(f"{ARTICLES}{article.pk}/change/").content.decode()
    assert page.count('-status"') < 1000
    values = form_of(article)
    shown = {name: value for name, value in values.items() if not name.startswith("mentions-")}
    shown |= {"mentions-TOTAL_FORMS": 0, "mentions-INITIAL_FORMS": 0, "author": "Somebody"}
    assert curator.post(f"{ARTICLES}{article.pk}/change/", shown).status_code == 302
    assert article.mentions.count() == 701


def test_where_an_article_came_from_is_shown_and_cannot_be_changed(curator: Client) -> None:
    article = an_article(collection="letters", external_id="17", input_hash="abc")
    page = curator.get(f"{ARTICLES}{article.pk}/change/").content.decode()
    assert "letters" in page
    assert 'name="external_id"' not in page
    save(curator, article, external_id="18", collection="other")
    article.refresh_from_db()
    assert (article.collection, article.external_id) == ("letters", "17")


def test_a_new_article_can_be_written(curator: Client) -> None:
    values = form_of(Article(title="New one", body="Text of Armenia.", language="en"), published="2022-01-01")
    assert curator.post(f"{ARTICLES}add/", values).status_code == 302
    assert Article.objects.get().published_source == "manual"


def test_view_on_site_leads_to_the_article(curator: Client) -> None:
    article = an_article()
    assert article.get_absolute_url() in curator.get(f"{ARTICLES}{article.pk}/change/").content.decode()


def test_an_article_that_names_a_country_twice_is_saved(curator: Client) -> None:
    article = an_article("Armenia and Armenia", body="Armenia")
    for field, start in (("title", 0), ("title", 12), ("body", 0)):
        CountryMention.objects.get_or_create(
            article=article, country="AM", field=field, start=start, end=start + 7, defaults={"surface": "Armenia"}
        )
    save(curator, article, author="Ann Lee")
    article.refresh_from_db()
    assert article.author == "Ann Lee"


def test_the_line_ends_of_browsers_are_no_change(curator: Client) -> None:
    article = an_article(body="Georgia paid.\n\nNobody spoke.")
    save(curator, article, body="Georgia paid.\r\n\r\nNobody spoke.", author="Somebody")
    assert json.loads(LogEntry.objects.get().change_message) == [{"changed": {"fields": ["Author"]}}]
    save(curator, article, body="Georgia paid.\r\nNobody spoke.", author="Somebody")
    assert json.loads(LogEntry.objects.latest("pk").change_message) == [{"changed": {"fields": ["Body"]}}]
    article.refresh_from_db()
    assert article.body == "Georgia paid.\nNobody spoke."
