"""The admin and articles that are whole books: shown in part, saved without being sent or read."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.admin.articles import MAX_EDITED_CHARACTERS
from search.models import Article, CountryMention
from tests.admin.conftest import ARTICLES, MENTIONS, an_article, form_of, messages_of, save

PARAGRAPH = "The bridge was opened on Monday. Georgia paid for it. Nobody spoke.\n"
LONG = PARAGRAPH * (MAX_EDITED_CHARACTERS // len(PARAGRAPH) + 1)


@pytest.fixture
def book(db: None) -> Article:
    """An article of one character more than forms hold, with three mentions far apart."""
    article = an_article(body="x")
    Article._base_manager.filter(pk=article.pk).update(body=LONG)
    for at in (LONG.index("Georgia"), LONG.index("Georgia", 90_000), LONG.rindex("Georgia")):
        CountryMention._base_manager.create(
            article=article, country="GE", surface="Georgia", start=at, end=at + 7, origin="automatic"
        )
    return Article.objects.get(pk=article.pk)


def whole_texts_read(queries: CaptureQueriesContext) -> list[str]:
    """The statements that read or write the text, other than a piece of it."""
    piece = re.compile(r'(SUBSTR(ING)?|LENGTH|INSTR|STRPOS)\("search_article"\."body"')
    return [query["sql"] for query in queries if '"body"' in piece.sub("", query["sql"])]


def test_the_form_shows_how_a_long_text_begins_and_why_it_cannot_be_edited(curator: Client, book: Article) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = curator.get(f"{ARTICLES}{book.pk}/change/").content.decode()
    assert not whole_texts_read(queries)
    assert len(page) < 150_000
    assert not re.search('name="(body|title|language)"', page)
    assert f"This text has {len(LONG):,} characters; a form holds up to {MAX_EDITED_CHARACTERS:,}." in page
    assert "correct the file and ingest it again" in page
    assert PARAGRAPH.strip() in page
    assert page.count("<mark>Georgia</mark> paid for it.</span>") == 3


def test_saving_it_changes_what_was_changed_and_neither_sends_nor_reads_the_text(
    curator: Client, book: Article
) -> None:
    mentions = list(book.mentions.order_by("pk").values())
    with CaptureQueriesContext(connection) as queries:
        response = save(curator, book, author="Ann Lee", title="Another", language="fr", body="Gone")
    assert not whole_texts_read(queries)
    assert response.status_code == 200
    book.refresh_from_db()
    assert (book.author, book.title, book.language, book.body) == (
        "Ann Lee",
        "Bridge opens over the river",
        "en",
        LONG,
    )
    assert list(book.mentions.order_by("pk").values()) == mentions


def test_it_is_hidden_like_any_other(curator_with_index: Client) -> None:
    article = an_article(body=LONG)
    response = save(curator_with_index, article, visible=None, hidden_reason="a book")
    assert "The search index has this change." in messages_of(response)
    article.refresh_from_db()
    assert (article.visible, article.body) == (False, LONG)


def test_mentions_are_decided_and_added_without_reading_the_text(curator: Client, book: Article) -> None:
    new = {
        "mentions-TOTAL_FORMS": "4",
        "mentions-1-status": "rejected",
        "mentions-3-id": "",
        "mentions-3-article": str(book.pk),
        "mentions-3-country": "FR",
        "mentions-3-surface": "Monday",
        "mentions-3-status": "accepted",
    }
    with CaptureQueriesContext(connection) as queries:
        save(curator, book, **new)
    assert not whole_texts_read(queries)
    added = book.mentions.get(country="FR")
    assert (added.start, added.end) == (LONG.index("Monday"), LONG.index("Monday") + 6)
    assert book.mentions.filter(status="rejected").count() == 1


def test_an_article_as_long_as_a_form_holds_is_edited_as_ever(curator: Client) -> None:
    article = an_article(body=LONG[:MAX_EDITED_CHARACTERS].strip())
    assert 'name="body"' in curator.get(f"{ARTICLES}{article.pk}/change/").content.decode()
    save(curator, article, body="Short.")
    article.refresh_from_db()
    assert article.body == "Short."


def test_the_list_of_mentions_shows_their_sentences_and_leads_to_their_parts(curator: Client, book: Article) -> None:
    for number in range(3):
        an_article(f"Other {number}")
    with CaptureQueriesContext(connection) as queries:
        page = curator.get(MENTIONS).content.decode()
    assert not whole_texts_read(queries)
    assert page.count("<mark>Georgia</mark> paid for it.</span>") == 6
    last = book.mentions.latest("start")
    page = curator.get(f"{MENTIONS}{last.pk}/change/").content.decode()
    assert f"{book.get_absolute_url()}?at={last.start}#in-GE" in page
    assert "<mark>Georgia</mark> paid for it.</span>" in page


def test_the_list_of_articles_does_not_read_each_mention(curator: Client, book: Article) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = curator.get(ARTICLES).content.decode()
    assert ">GE<" in page
    assert not [q for q in queries if 'FROM "search_countrymention"' in q["sql"]]


def test_a_new_long_text_is_taken_whole(curator: Client) -> None:
    values = form_of(Article(title="New one", body=LONG.strip(), language="en"), published="2022-01-01")
    assert curator.post(f"{ARTICLES}add/", values).status_code == 302
    assert Article.objects.get().body == LONG.strip()
