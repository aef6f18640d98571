"""Every write by people."""

from __future__ import annotations

from datetime import date

import pytest

from search import services
from search.exceptions import ChangeRefused
from search.models import Article, CountryMention, Outlet, OutletAlias
from tests.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db


def countries(article: Article) -> set[tuple[str, str]]:
    return set(article.mentions.values_list("country", "status"))


def test_saving_new_text_detects_its_countries() -> None:
    article = services.article_save(article=Article(title="Armenia", body="Talks in Georgia.", language="en"))
    assert countries(article) == {("AM", "accepted"), ("GE", "accepted")}
    article.body = "Talks in Turkey."
    services.article_save(article=article)
    assert countries(article) == {("AM", "accepted"), ("TR", "accepted")}


def test_saving_other_fields_leaves_mentions_alone() -> None:
    article = make_article("Armenia", countries=["FR"])
    article.author = "Somebody"
    services.article_save(article=article)
    assert countries(article) == {("FR", "accepted")}


def test_a_rejected_mention_is_not_detected_again() -> None:
    article = services.article_save(article=Article(title="Jordan wins", body="Georgia lost.", language="en"))
    services.mention_reject(mention=article.mentions.get(country="GE"))
    article.body = "So Georgia lost, and Georgia wept."
    services.article_save(article=article)
    assert {status for country, status in countries(article) if country == "GE"} == {"rejected"}


def test_a_mention_given_another_country_keeps_it() -> None:
    article = services.article_save(article=Article(title="A vote", body="Georgia votes.", language="en"))
    services.mention_change(mention=article.mentions.get(), country="US")
    article.title = "A vote in the south"
    services.article_save(article=article)
    assert countries(article) == {("US", "accepted")}


def test_a_changed_date_is_the_curators_and_an_unchanged_one_is_not() -> None:
    article = make_article(published="2020-10-05")
    services.article_save(article=article)
    assert article.published_source == "stated"
    article.published = date(2020, 10, 6)
    services.article_save(article=article)
    assert article.published_source == "manual"


def test_text_from_a_form_is_stored_as_ingest_stores_it() -> None:
    article = services.article_save(article=Article(title=" Two\nlines ", body="One.\r\nTwo.\x00\r\n"))
    assert (article.title, article.body) == ("Two lines", "One.\nTwo.")


def test_hiding_and_showing_again() -> None:
    article = make_article()
    services.article_hide(article=article, reason="advert")
    article.refresh_from_db()
    assert (article.visible, article.hidden_reason) == (False, "advert")
    services.article_show(article=article)
    article.refresh_from_db()
    assert (article.visible, article.hidden_reason) == (True, "")


def test_bulk_changes_count_what_they_changed() -> None:
    outlet = make_outlet("Hill Herald")
    articles = [make_article(f"Title {number}", outlet="Hill Herald" if number else "") for number in range(3)]
    everything = Article.objects.all()
    assert services.articles_set_outlet(articles=everything, outlet=outlet) == 1
    assert services.articles_set_language(articles=everything, language="fr") == 3
    assert services.articles_hide(articles=everything, reason="advert") == 3
    assert services.articles_show(articles=everything.filter(pk=articles[0].pk)) == 1
    assert services.articles_set_outlet(articles=everything, outlet=None) == 3


def test_a_mention_added_stands_at_its_words() -> None:
    article = make_article("Peace", "Talks in Gori about peace.")
    mention = services.mention_add(article=article, country="GE", surface="Gori")
    assert (mention.field, mention.start, mention.end, mention.origin) == ("body", 9, 13, "manual")
    again = services.mention_add(article=article, country="GE", surface="Gori")
    assert (again.start, again.end) == (None, None)


def test_mentions_are_accepted_and_rejected_in_bulk() -> None:
    article = make_article(countries=["AM", "GE"])
    assert services.mentions_reject(mentions=CountryMention.objects.all()) == 2
    assert services.mentions_accept(mentions=article.mentions.filter(country="AM")) == 1
    services.mention_accept(mention=article.mentions.get(country="GE"))
    assert countries(article) == {("AM", "accepted"), ("GE", "accepted")}


def test_an_outlet_renamed_is_still_known_by_its_old_name() -> None:
    outlet = make_outlet("Old Name")
    services.outlet_rename(outlet=outlet, name="New Name")
    assert Outlet.objects.get().name == "New Name"
    assert OutletAlias.objects.get().name == "Old Name"
    services.outlet_rename(outlet=outlet, name="Old Name")
    assert set(OutletAlias.objects.values_list("name", flat=True)) == {"New Name"}


@pytest.mark.parametrize("typed", ["Vale", " vale-alias ", "Vale Alias", "", "x" * 201])
def test_an_outlet_cannot_take_a_name_that_is_none_or_anothers(typed: str) -> None:
    outlet, other = make_outlet("Hill"), make_outlet("Vale")
    OutletAlias.objects.create(outlet=other, name="Vale Alias")
    OutletAlias.objects.create(outlet=other, name="vale-alias")
    with pytest.raises(ChangeRefused):
        services.outlet_rename(outlet=outlet, name=typed)
    assert outlet.name == "Hill"
    outlet.refresh_from_db()
    assert outlet.name == "Hill"
    assert set(OutletAlias.objects.values_list("name", flat=True)) == {"Vale Alias", "vale-alias"}


def test_a_refused_name_says_whose_it_is() -> None:
    outlet, other = make_outlet("Hill"), make_outlet("Vale")
    OutletAlias.objects.create(outlet=other, name="Dale")
    with pytest.raises(ChangeRefused, match="“Dale” is an alias of “Vale”"):
        services.outlet_rename(outlet=outlet, name="Dale")


def test_an_outlet_may_take_an_alias_of_its_own_as_its_name() -> None:
    outlet = make_outlet("Hill")
    OutletAlias.objects.create(outlet=outlet, name="The Hill")
    services.outlet_rename(outlet=outlet, name="The Hill")
    assert Outlet.objects.get().name == "The Hill"
    assert OutletAlias.objects.get().name == "Hill"


@pytest.mark.parametrize("country", ["GE", "XX", "", "georgia"])
def test_a_mention_cannot_become_what_stands_there_already_or_no_country(country: str) -> None:
    article = make_article("Talks", "Delegates from Tbilisi came.")
    first = services.mention_add(article=article, country="AM", surface="Tbilisi")
    services.mention_add(article=article, country="GE", surface="Tbilisi")
    with pytest.raises(ChangeRefused):
        services.mention_change(mention=first, country=country)
    assert first.country == "AM"
    assert countries(article) == {("AM", "accepted"), ("GE", "accepted")}


@pytest.mark.parametrize("country", ["XX", "", "georgia"])
def test_a_mention_of_no_country_cannot_be_added(country: str) -> None:
    article = make_article()
    with pytest.raises(ChangeRefused):
        services.mention_add(article=article, country=country)
    assert not article.mentions.exists()
