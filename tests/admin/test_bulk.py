"""Bulk actions: asked first, done in one transaction, reported with a count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from search.admin.articles import BULK_CHANGES, ArticleAdmin
from search.admin.bulk import action_of
from search.models import Article, CountryMention, Outlet
from tests.admin.conftest import ARTICLES, MENTIONS, an_article, country_counts, found, messages_of

pytestmark = pytest.mark.django_db


def act(client: Client, address: str, action: str, rows: list[Any], **values: Any) -> Any:
    """Post an action of a list, with the values of its confirmation page."""
    chosen = {"action": action, "_selected_action": [row.pk for row in rows], **values}
    return client.post(address, chosen, follow=True)


def test_hiding_asks_first_with_a_count_and_a_sample(curator: Client) -> None:
    articles = [an_article(f"Article {number}") for number in range(12)]
    page = act(curator, ARTICLES, "hide_selected", articles).content.decode()
    assert "12 rows will be changed" in page
    assert page.count("<li><bdi>Article ") == 10
    assert Article.objects.visible().count() == 12


def test_hiding_wants_a_reason(curator: Client) -> None:
    page = act(curator, ARTICLES, "hide_selected", [an_article()], confirmed="yes", reason=" ").content.decode()
    assert "This field is required" in page
    assert Article.objects.visible().count() == 1


def test_confirmed_hiding_hides_and_reports_and_is_in_the_history(curator: Client) -> None:
    articles = [an_article("One"), an_article("Two")]
    other = an_article("Three")
    response = act(curator, ARTICLES, "hide_selected", articles, confirmed="yes", reason="adverts")
    assert "2 changed" in messages_of(response)
    assert list(Article.objects.visible()) == [other]
    assert set(Article.objects.filter(visible=False).values_list("hidden_reason", flat=True)) == {"adverts"}
    assert LogEntry.objects.count() == 2


def test_all_rows_of_a_filtered_list_can_be_changed(curator: Client) -> None:
    for number in range(60):
        an_article(f"Article {number}", language="fr")
    kept = an_article("English")
    first = Article.objects.filter(language="fr").first()
    address = f"{ARTICLES}?language=fr"
    page = act(curator, address, "hide_selected", [first], select_across="1").content.decode()
    assert "60 rows will be changed" in page
    assert page.count('name="_selected_action"') == 1
    act(curator, address, "hide_selected", [first], select_across="1", confirmed="yes", reason="x")
    assert list(Article.objects.visible()) == [kept]


def test_articles_can_be_shown_again(curator: Client) -> None:
    article = an_article(visible=False, hidden_reason="advert")
    act(curator, ARTICLES, "show_selected", [article], confirmed="yes")
    article.refresh_from_db()
    assert (article.visible, article.hidden_reason) == (True, "")


def test_the_outlet_of_many_articles_can_be_set(curator: Client) -> None:
    articles = [an_article("One"), an_article("Two")]
    outlet = Outlet.objects.create(name="Rioni Daily", slug="rioni-daily")
    act(curator, ARTICLES, "set_outlet", articles, confirmed="yes", outlet=outlet.pk)
    assert outlet.articles.count() == 2


def test_the_language_of_many_articles_can_be_set(curator: Client) -> None:
    articles = [an_article("One"), an_article("Two")]
    act(curator, ARTICLES, "set_language", articles, confirmed="yes", language="ka")
    assert set(Article.objects.values_list("language", "language_confidence")) == {("ka", None)}


@pytest.mark.parametrize(("action", "values"), [("set_language", {"language": "qq"}), ("set_outlet", {"outlet": "99"})])
def test_values_that_do_not_exist_give_a_message(curator: Client, action: str, values: dict[str, str]) -> None:
    article = an_article()
    response = act(curator, ARTICLES, action, [article], confirmed="yes", **values)
    assert "errornote" in response.content.decode()


def test_mentions_can_be_rejected_and_accepted_together(curator: Client) -> None:
    an_article("One"), an_article("Two")
    mentions = list(CountryMention.objects.all())
    act(curator, MENTIONS, "reject_selected", mentions, confirmed="yes")
    assert CountryMention.objects.filter(status="rejected").count() == 2
    act(curator, MENTIONS, "accept_selected", mentions, confirmed="yes")
    assert CountryMention.objects.filter(status="accepted").count() == 2


def test_more_rows_than_one_request_can_change_are_refused(curator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [an_article(f"Article {number}") for number in range(3)]
    fewer = tuple(action_of(replace(change, most=change.most and 2)) for change in BULK_CHANGES)
    monkeypatch.setattr(ArticleAdmin, "actions", fewer)
    response = act(curator, ARTICLES, "set_language", articles, confirmed="yes", language="ka")
    assert "3 are too many at once" in messages_of(response)
    assert set(Article.objects.values_list("language", flat=True)) == {"en"}


@pytest.mark.parametrize("address", [ARTICLES, MENTIONS])
def test_nothing_is_deleted_in_bulk(curator: Client, address: str) -> None:
    an_article()
    assert "delete_selected" not in curator.get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_bulk_changes_are_in_the_search_at_once(curator_with_index: Client) -> None:
    articles = [an_article("Bridge one"), an_article("Bridge two")]
    act(curator_with_index, MENTIONS, "reject_selected", list(CountryMention.objects.all())[:1], confirmed="yes")
    assert country_counts() == {"GE": 1}
    response = act(curator_with_index, ARTICLES, "hide_selected", articles, confirmed="yes", reason="adverts")
    assert found("bridge") == []
    assert "The search index has this change." in messages_of(response)
