"""What a curator saves is in the search a moment later."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.admin.conftest import ARTICLES, MENTIONS, an_article, country_counts, found, messages_of, save

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_new_title_is_found_and_the_page_says_so(curator_with_index: Client) -> None:
    article = an_article()
    assert found("aqueduct") == []
    response = save(curator_with_index, article, title="Aqueduct opens")
    assert found("aqueduct") == [article.pk]
    assert "The search index has this change." in messages_of(response)


def test_a_hidden_article_leaves_the_index_and_comes_back(curator_with_index: Client) -> None:
    article = an_article()
    save(curator_with_index, article, visible=None, hidden_reason="an advert")
    assert found("bridge") == []
    article.refresh_from_db()
    save(curator_with_index, article, visible="on")
    assert found("bridge") == [article.pk]


def test_a_rejected_mention_leaves_the_country_facet(curator_with_index: Client) -> None:
    article = an_article()
    assert country_counts() == {"GE": 1}
    save(curator_with_index, article, **{"mentions-0-status": "rejected"})
    assert country_counts() == {}
    save(curator_with_index, article, **{"mentions-0-status": "accepted"})
    assert country_counts() == {"GE": 1}


def test_a_changed_country_changes_the_facet(curator_with_index: Client) -> None:
    article = an_article()
    save(curator_with_index, article, **{"mentions-0-country": "US"})
    assert country_counts() == {"US": 1}


def test_a_mention_added_by_hand_counts(curator_with_index: Client) -> None:
    article = an_article()
    new = {
        "mentions-TOTAL_FORMS": 2,
        "mentions-1-id": "",
        "mentions-1-article": article.pk,
        "mentions-1-country": "AM",
        "mentions-1-surface": "bridge",
        "mentions-1-status": "accepted",
    }
    save(curator_with_index, article, **new)
    added = article.mentions.get(country="AM")
    assert added.origin == "manual"
    assert country_counts() == {"GE": 1, "AM": 1}


def test_a_mention_rejected_on_its_own_page_leaves_the_facet(curator_with_index: Client) -> None:
    mention = an_article().mentions.get()
    values = {"country": "GE", "status": "rejected", "_continue": "1"}
    response = curator_with_index.post(f"{MENTIONS}{mention.pk}/change/", values, follow=True)
    assert "The search index has this change." in messages_of(response)
    assert country_counts() == {}


def test_a_deleted_article_is_not_found(curator_with_index: Client) -> None:
    article = an_article()
    curator_with_index.post(f"{ARTICLES}{article.pk}/delete/", {"post": "yes"})
    assert found("bridge") == []


def test_a_rejected_mention_stays_rejected_when_the_text_changes(curator_with_index: Client) -> None:
    article = an_article()
    body = f"First of all: {article.body}"
    save(curator_with_index, article, body=body, **{"mentions-0-status": "rejected"})
    assert country_counts() == {}


def test_without_an_index_the_change_is_saved_and_the_page_says_it_waits(curator: Client) -> None:
    article = an_article()
    response = save(curator, article, author="Somebody")
    article.refresh_from_db()
    assert article.author == "Somebody"
    assert "does not have it yet" in messages_of(response)
