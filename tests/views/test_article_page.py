"""`GET /articles/<id>/`."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from search.models import Article, CountryMention
from search.views.parts.articlepage import ArticlePage
from tests.factories import make_article
from tests.views.shown import page_shown


def get(client: Client, address: str) -> tuple[ArticlePage, str]:
    response = client.get(address)
    assert response.status_code == 200
    return page_shown(response, ArticlePage), response.content.decode()


def mention(article: Article, country: str, surface: str, **values: object) -> None:
    start = article.body.index(surface)
    CountryMention.objects.create(
        article=article, country=country, surface=surface, start=start, end=start + len(surface), **values
    )


@pytest.fixture
def article(db: None) -> Article:
    made = make_article(
        "A headline",
        "Talks in Armenia.\n\nThen <i>Iran</i> spoke.",
        outlet="Hill",
        published="2020-10",
        author="A. Writer",
        url="https://hill.example/1",
        language_confidence=0.93,
        first_line=3,
        last_line=9,
    )
    mention(made, "AM", "Armenia")
    mention(made, "IR", "Iran")
    return made


def test_mentions_are_marked_in_the_text_and_lead_to_their_country(client: Client, article: Article) -> None:
    page, html = get(client, article.get_absolute_url())
    assert '<a class="mention" href="/?country=AM" title="Armenia">Armenia</a>' in html
    assert "&lt;i&gt;<a " in html
    assert len(page.paragraphs) == 2
    assert [(country.name, country.url) for country in page.countries] == [
        ("Armenia", "/?country=AM"),
        ("Iran", "/?country=IR"),
    ]


def test_rejected_and_misplaced_mentions_are_not_marked(client: Client, article: Article) -> None:
    CountryMention.objects.all().delete()
    mention(article, "AM", "Armenia", status="rejected")
    CountryMention.objects.create(article=article, country="IR", surface="Iran", start=0, end=4)
    CountryMention.objects.create(article=article, country="TR", surface="Turkey", start=10**6, end=10**6 + 6)
    page, html = get(client, article.get_absolute_url())
    assert 'class="mention"' not in html
    assert [country.name for country in page.countries] == ["Iran", "Türkiye"]


def test_it_says_how_the_date_and_the_language_are_known(client: Client, article: Article) -> None:
    page, _html = get(client, article.get_absolute_url())
    facts = {fact.label: (fact.value, fact.note) for fact in page.facts}
    assert facts["Date"] == ("October 2020", "precise to the month · from: stated in the text")
    assert facts["Language"] == ("English", "detected, 93% sure")
    assert facts["Author"] == ("A. Writer", "")


@pytest.mark.parametrize(
    ("raw", "shown"), [("2020-10-05", "\u20662020-10-05\u2069"), ("5 أكتوبر 2020", "\u20685 أكتوبر 2020\u2069")]
)
def test_a_date_as_written_reads_in_its_own_direction(client: Client, article: Article, raw: str, shown: str) -> None:
    Article._base_manager.filter(pk=article.pk).update(published_raw=raw)
    assert shown in client.get(f"/articles/{article.pk}/").content.decode()


def test_from_results_it_marks_the_words_and_leads_back_to_the_hit(client: Client, article: Article) -> None:
    page, html = get(client, f"{article.get_absolute_url()}?q=talk&country=AM")
    assert "<mark>Talks</mark> in" in html
    assert page.back_url == f"/?q=talk&country=AM#a{article.pk}"


def test_words_found_inside_a_mention_are_marked_in_its_link(client: Client, article: Article) -> None:
    _page, html = get(client, f"{article.get_absolute_url()}?q=armenia")
    assert 'title="Armenia"><mark>Armenia</mark></a>' in html


def test_an_address_that_cannot_be_answered_still_shows_the_article(client: Client, article: Article) -> None:
    assert get(client, f"{article.get_absolute_url()}?country=ZZ")[0].back_url == ""


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "nonsense", "https://x.example/\x01", "http://[oops"]
)
def test_only_addresses_of_the_web_become_links(client: Client, article: Article, url: str) -> None:
    article.url = url
    article.save()
    page, _html = get(client, article.get_absolute_url())
    original = next(fact for fact in page.facts if fact.label == "Original")
    assert original.url == ""


def test_hidden_articles_are_not_found(client: Client, article: Article) -> None:
    article.visible = False
    article.save()
    response = client.get(article.get_absolute_url())
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/articles/0/", "/articles/999999999999999999999999999/", "/articles/x/", "/nowhere"]
)
def test_what_is_not_there_is_a_404_page(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert 'id="q"' in response.content.decode()


def test_arabic_text_has_its_language_and_direction(client: Client, db: None) -> None:
    article = make_article("ممر لاتشين", "فتح الممر اليوم", language="ar")
    _page, html = get(client, article.get_absolute_url())
    assert '<h1 lang="ar" dir="rtl">' in html
    assert '<div class="text" lang="ar" dir="rtl">' in html


def test_an_article_without_text_says_so(client: Client, db: None) -> None:
    _page, html = get(client, make_article("Only a headline").get_absolute_url())
    assert "headline only" in html


def test_staff_get_a_link_to_edit(client: Client, article: Article) -> None:
    assert get(client, article.get_absolute_url())[0].edit_url == ""
    client.force_login(User.objects.create_superuser("curator"))
    assert get(client, article.get_absolute_url())[0].edit_url == f"/admin/search/article/{article.pk}/change/"


WORDS = (
    "The harbour opened again after a week of storms that kept forty ships waiting at sea. The breakwater held, but two "
    "cranes must be replaced before autumn, the mayor said, and asked the council for money."
)


def test_a_lone_article_has_no_list_of_versions(client: Client, article: Article) -> None:
    page, html = get(client, article.get_absolute_url())
    assert page.story is None
    assert 'id="versions"' not in html


def test_the_versions_of_a_story_are_listed_with_the_first_one_and_how_they_differ(client: Client, db: None) -> None:
    later = make_article("Later", WORDS, outlet="Coast", published="2020-10-06")
    first = make_article("Sooner", WORDS, outlet="Hill", published="2020-10-05")
    edited = make_article("Edited", WORDS.replace("forty", "fifty"), outlet="Vale", published="2020-10-07")
    page, html = get(client, edited.get_absolute_url())
    assert page.story is not None
    assert page.story.heading == "Same story in other outlets"
    assert [(each.outlet, each.url, each.badge, each.difference) for each in page.story.versions] == [
        ("Hill", first.get_absolute_url(), "First", ""),
        ("Coast", later.get_absolute_url(), "", "same words as the first"),
        ("Vale", "", "", "6% of the words differ from the first"),
    ]
    assert '<b aria-current="page"><bdi>Vale</bdi></b>' in html


def test_dates_that_leave_a_doubt_leave_one_about_the_first_version(client: Client, db: None) -> None:
    make_article("One", WORDS, outlet="Coast", published="2020-10-06")
    month = make_article("Other", WORDS, outlet="Hill", published="2020-10")
    page, _html = get(client, month.get_absolute_url())
    assert page.story is not None
    assert [(each.outlet, each.badge) for each in page.story.versions] == [("Coast", "Probably first"), ("Hill", "")]


@pytest.mark.parametrize(
    "dates",
    [("", ""), ("2020-10-05", "2020-10-05"), ("2020-10", "2020-10"), ("2020-10-05", ""), ("2020-10-31", "2020-10")],
)
def test_no_version_is_called_the_first_where_the_dates_do_not_say_so(
    client: Client, db: None, dates: tuple[str, str]
) -> None:
    make_article("One", WORDS, outlet="Coast", published=dates[0])
    other = make_article("Other", WORDS.replace("forty", "fifty"), outlet="Hill", published=dates[1])
    page, html = get(client, other.get_absolute_url())
    assert page.story is not None
    assert [each.badge for each in page.story.versions] == ["", ""]
    assert "differ from the first" not in html
    assert "of the words differ from the one on top" in html


def test_hidden_versions_are_not_listed(client: Client, db: None) -> None:
    shown = make_article("One", WORDS, outlet="Coast")
    make_article("Other", WORDS, outlet="Hill", visible=False)
    assert get(client, shown.get_absolute_url())[0].story is None
