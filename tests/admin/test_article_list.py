"""The list of articles: searching, filtering, and how much it asks of the database."""

from __future__ import annotations

import re
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.backends.base import BackendHit
from search.index.generations import rebuild_index
from search.models import Article, IndexOutbox, Outlet, OutletAlias
from tests.admin.conftest import ARTICLES, an_article, messages_of

pytestmark = pytest.mark.django_db


def listed(client: Client, query: str = "") -> list[str]:
    """The titles that the list shows."""
    response = client.get(ARTICLES + query)
    assert response.status_code == 200, response.get("Location")
    return [article.title for article in response.context["cl"].result_list]


def queries_of(client: Client, address: str) -> list[str]:
    """The statements that a page sends to the database."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("address", [ARTICLES, "/admin/search/countrymention/", "/admin/search/outlet/"])
def test_the_number_of_queries_does_not_grow_with_the_rows(curator: Client, address: str) -> None:
    an_article("One")
    few = len(queries_of(curator, address))
    for number in range(12):
        outlet = Outlet.objects.create(name=f"Outlet {number}", slug=f"outlet-{number}")
        OutletAlias.objects.create(outlet=outlet, name=f"Alias {number}")
        an_article(f"Article {number}", outlet=outlet)
    assert len(queries_of(curator, address)) == few <= 14


@pytest.mark.parametrize("address", [ARTICLES, ARTICLES + "?_facets=True", "/admin/search/countrymention/"])
def test_lists_load_no_texts(curator: Client, address: str) -> None:
    an_article()
    # A part of the text around a mention is read, SUBSTR or SUBSTRING by database; never the whole.
    part = re.compile(r'SUBSTR(ING)?\("search_article"\."body"')
    statements = [part.sub("part", sql) for sql in queries_of(curator, address)]
    assert any('"search_article"' in sql for sql in statements)
    assert not any('"search_article"."body"' in sql for sql in statements)


def test_search_folds_as_the_site_does(curator: Client) -> None:
    an_article("اجتماع الحكومة", language="ar", body="نص")
    an_article("Erdoğan visits", language="tr", body="metin")
    an_article("Nothing of that")
    rebuild_index()
    assert listed(curator, "?q=الحكومه") == ["اجتماع الحكومة"]
    assert listed(curator, "?q=erdogan") == ["Erdoğan visits"]


def test_search_knows_the_operators_of_the_site(curator: Client) -> None:
    an_article("Bridge opens")
    an_article("Bridge closes")
    rebuild_index()
    assert listed(curator, "?q=bridge+-closes") == ["Bridge opens"]
    assert listed(curator, "?q=country:georgia+closes") == ["Bridge closes"]


def test_hidden_articles_are_found_by_their_titles(curator: Client) -> None:
    an_article("إعلان قديم", visible=False, hidden_reason="advert")
    rebuild_index()
    assert listed(curator, "?q=اعلان") == ["إعلان قديم"]


def test_an_article_is_found_by_its_number(curator: Client) -> None:
    article = an_article("By number")
    rebuild_index()
    assert listed(curator, f"?q={article.pk}") == ["By number"]


def test_without_an_index_titles_are_searched_and_the_page_says_so(curator: Client) -> None:
    an_article("Bridge opens")
    an_article("Tunnel opens")
    response = curator.get(f"{ARTICLES}?q=bridge&_facets=True")
    assert [article.title for article in response.context["cl"].result_list] == ["Bridge opens"]
    assert messages_of(response).count("Only titles were searched") == 1


def test_a_query_that_names_what_does_not_exist_gives_a_message(curator: Client) -> None:
    an_article()
    rebuild_index()
    response = curator.get(f"{ARTICLES}?q=country:atlantis")
    assert len(response.context["cl"].result_list) == 0
    assert "atlantis" in messages_of(response)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?queue=undated", "undated"),
        ("?queue=no-language", "no language"),
        ("?queue=uncertain-language", "uncertain"),
        ("?queue=no-country", "no country"),
        ("?queue=no-outlet", "no outlet"),
        ("?queue=not-indexed", "not indexed"),
        ("?visible__exact=0", "hidden"),
        ("?language=fr", "french"),
        ("?published_precision__exact=month", "month"),
        ("?published_source__exact=url", "from the address"),
        ("?country=AM", "armenian"),
    ],
)
def test_filters_find_their_articles(curator: Client, query: str, expected: str) -> None:
    an_article("ordinary")
    an_article("undated", published=None, published_precision="unknown")
    an_article("no language", language="")
    an_article("uncertain", language_confidence=0.3)
    an_article("no country", body="Nothing.")
    an_article("no outlet", outlet=None)
    an_article("hidden", visible=False)
    an_article("french", language="fr")
    an_article("month", published_precision="month")
    an_article("from the address", published_source="url")
    an_article("armenian").mentions.create(country="AM")
    an_article("armenian, rejected").mentions.create(country="AM", status="rejected")
    IndexOutbox.objects.all().delete()
    IndexOutbox.objects.create(article_id=an_article("not indexed").pk)
    IndexOutbox.objects.exclude(article_id=Article.objects.get(title="not indexed").pk).delete()
    assert listed(curator, query) == [expected]


def test_the_outlet_filter_takes_one_outlet_and_shows_its_name(curator: Client) -> None:
    other = Outlet.objects.create(name="Rioni Daily", slug="rioni-daily")
    an_article("mine", outlet=other)
    an_article("not mine")
    response = curator.get(f"{ARTICLES}?outlet={other.pk}&visible__exact=1")
    assert [article.title for article in response.context["cl"].result_list] == ["mine"]
    page = response.content.decode()
    assert f'<option value="{other.pk}" selected>Rioni Daily</option>' in page
    assert '<input type="hidden" name="visible__exact" value="1">' in page


@pytest.mark.parametrize(
    "query", ["?outlet=x", "?outlet=99999999999999999999", "?country=zz&queue=nonsense", "?p=0", "?o=x"]
)
def test_nonsense_in_the_address_is_no_crash(curator: Client, query: str) -> None:
    an_article()
    assert curator.get(ARTICLES + query, follow=True).status_code == 200


def test_a_search_can_match_more_articles_than_a_statement_takes_parameters(curator: Client) -> None:
    article = an_article()
    hits = [BackendHit(number, 1.0) for number in range(1_000_000, 1_300_000)]
    backend = mock.Mock()
    backend.search.return_value.hits = [*hits, BackendHit(article.pk, 1.0)]
    with mock.patch("search.admin.finding.get_backend", return_value=backend):
        assert listed(curator, "?q=bridge") == [article.title]


def test_the_list_speaks_arabic_from_right_to_left(curator: Client) -> None:
    an_article()
    response = curator.get(ARTICLES, headers={"accept-language": "ar"})
    page = response.content.decode()
    assert 'dir="rtl"' in page
    assert "الإنجليزية" in page
