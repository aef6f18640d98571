"""`GET /` with parameters."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client

from search.codes import COUNTRY_CODES
from search.index.outbox import apply_outbox
from search.models import Article
from search.views.context import ResultsPage
from tests.factories import make_article
from tests.views.shown import page_shown

pytestmark = pytest.mark.usefixtures("articles")


def get(client: Client, query: str, status: int = 200) -> tuple[ResultsPage, str]:
    response = client.get(f"/?{query}")
    assert response.status_code == status
    return page_shown(response, ResultsPage), response.content.decode()


def test_hits_are_shown_with_marked_words_and_a_count(client: Client) -> None:
    page, html = get(client, "q=lachin")
    assert page.status == "Showing 1–2 of 2"
    assert "<mark>Lachin</mark> corridor opens" in html
    assert len(re.findall("<h1>", html)) == 1
    assert len(re.findall('role="status"', html)) == 1


def test_text_of_articles_is_escaped(client: Client) -> None:
    _page, html = get(client, "q=note")
    assert "&lt;b&gt;<mark>note</mark>&lt;/b&gt; &amp; more" in html
    assert "<b>" not in html


def test_what_was_typed_is_escaped(client: Client) -> None:
    _page, html = get(client, "q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in html


def test_every_value_links_to_its_ticking_and_its_exclusion(client: Client) -> None:
    page, html = get(client, "q=lachin")
    country = next(panel for panel in page.panels if panel.name == "country")
    assert [(value.label, value.count) for value in country.shown] == [
        ("Azerbaijan", "2"),
        ("Armenia", "1"),
        ("Russia", "1"),
    ]
    assert country.shown[0].toggle_url == "/?q=lachin&country=AZ"
    assert country.shown[0].exclude_url == "/?q=lachin&country_not=AZ"
    assert 'title="Exclude Azerbaijan"' in html


def test_a_ticked_value_stays_in_place_and_has_a_chip_that_removes_it(client: Client) -> None:
    page, html = get(client, "q=lachin&country=AM")
    country = next(panel for panel in page.panels if panel.name == "country")
    armenia = next(value for value in country.shown if value.label == "Armenia")
    assert (armenia.state, armenia.toggle_url) == ("on", "/?q=lachin")
    assert 'aria-label="Remove filter Country: Armenia"' in html
    assert page.chips[0].remove_url == "/?q=lachin"


def test_an_excluded_value_has_a_chip_and_can_be_taken_back(client: Client) -> None:
    page, _html = get(client, "country_not=AM&outlet=none")
    assert [chip.remove_label for chip in page.chips] == [
        "Remove filter Outlet: No outlet",
        "Remove filter Not country: Armenia",
    ]
    assert page.chips[1].remove_url == "/?outlet=none"
    assert page.clear_url == "/?q="


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("date_from=2020-10&date_to=2020-10", "October 2020"),
        ("date_from=2020", "from 2020"),
        ("date_to=2020-10-05", "until Oct. 5, 2020"),
        ("date_from=2020&date_to=2021", "2020 – 2021"),
        ("date=none", "No date"),
    ],
)
def test_dates_have_one_chip(client: Client, query: str, label: str) -> None:
    page, _html = get(client, query)
    assert [(chip.title, chip.label, chip.remove_url) for chip in page.chips] == [("Date", label, "/?q=")]


def test_bars_of_the_histogram_lead_to_their_month(client: Client) -> None:
    page, html = get(client, "q=lachin")
    assert page.timeline is not None
    first = page.timeline.bars[0]
    assert (first.label, first.url) == ("October 2020, 1 article", "/?q=lachin&date_from=2020-10&date_to=2020-10")
    assert 'aria-label="October 2020, 1 article"' in html


def test_the_form_keeps_filters_and_leaves_the_page(client: Client) -> None:
    page, _html = get(client, "q=lachin&country=AM&country_not=RU&date=none&sort=oldest&page=1&match=any")
    assert page.box.hidden == (("country", "AM"), ("country_not", "RU"), ("date", "none"), ("sort", "oldest"))
    assert page.box.any_word


def test_a_bad_value_keeps_everything_typed_and_shows_no_hits(client: Client) -> None:
    page, html = get(client, "q=lachin&country=AM&outlet=nobody&date_from=soon&date_to=2020", status=400)
    assert page.hits == ()
    assert (page.box.q, page.box.date_from, page.box.date_to) == ("lachin", "soon", "2020")
    assert page.box.hidden == (("outlet", "nobody"), ("country", "AM"))
    assert "“soon” is no date" in page.box.date_from_errors[0]
    assert page.problems[0].label == "Outlet"
    assert "outlet" not in page.problems[0].remove_url
    assert "aria-invalid" in html


@pytest.mark.parametrize(
    "query",
    [
        "q=country:atlantis",
        "q=" + "x" * 10_000,
        "page=0",
        "page_size=1000",
        "sort=best",
        "country=ZZ",
        "date_from=2021&date_to=2020",
        "language=!!",
        "page=" + "9" * 5000,
        "q=a%00b",
    ],
)
def test_what_cannot_be_answered_is_a_400_with_a_message(client: Client, query: str) -> None:
    page, _html = get(client, query, status=400)
    assert page.hits == ()
    assert page.box.q_errors or page.box.date_to_errors or page.problems


@pytest.mark.parametrize(
    "query",
    [
        "q=%22open",
        "q=((((",
        "q=" + "(" * 900 + "a" + ")" * 900,
        "q=*",
        "q=%01%1f",
        "q=the",
        "q=-",
        "q=NOT",
        "q=%F0%9F%92%A9",
    ],
)
def test_odd_queries_are_answered(client: Client, query: str) -> None:
    get(client, query)


def test_a_page_past_the_last_says_so_and_leads_back(client: Client) -> None:
    page, html = get(client, "q=lachin&page=1000000000")
    assert "the last page is 1" in page.notices[0]
    assert page.pager is not None
    assert page.pager.previous == "/?q=lachin"
    assert "No articles on this page" in html


def test_no_hits_offer_the_filters_to_remove_with_the_count_that_gives(client: Client) -> None:
    page, _html = get(client, "q=corridor&country=RU")
    assert page.nothing_found
    assert [(way.label, way.url, way.found) for way in page.ways_out] == [
        ("Remove filter Country: Russia", "/?q=corridor", "1 article")
    ]


def test_no_hits_for_all_words_offer_any_of_them(client: Client) -> None:
    page, _html = get(client, "q=lachin+blork")
    assert [(way.url, way.found) for way in page.ways_out] == [("/?q=lachin+blork&match=any", "2 articles")]


def test_pages_are_numbered_and_filters_go_back_to_the_first(client: Client) -> None:
    page, _html = get(client, "q=lachin&page=2&page_size=1")
    assert page.status == "Showing 2–2 of 2"
    assert page.pager is not None
    assert [(link.label, link.current) for link in page.pager.pages] == [("1", False), ("2", True)]
    assert (page.pager.previous, page.pager.next) == ("/?q=lachin&page_size=1", "")
    assert "page=2" not in page.panels[0].shown[0].toggle_url


def test_relevance_is_offered_only_where_there_are_words(client: Client) -> None:
    assert [sort.label for sort in get(client, "q=lachin")[0].sorts] == ["Relevance", "Newest", "Oldest"]
    assert [(sort.label, sort.current) for sort in get(client, "country=AM")[0].sorts] == [
        ("Newest", True),
        ("Oldest", False),
    ]


def test_right_to_left_text_says_so(client: Client) -> None:
    _page, html = get(client, "language=ar")
    assert '<h2 id="t' in html
    assert 'lang="ar" dir="rtl"><a' in html


def test_filtered_pages_are_not_for_search_engines(client: Client) -> None:
    _page, html = get(client, "country=AM")
    assert 'content="noindex' in html
    assert '<link rel="canonical" href="/?country=AM">' in html


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(client: Client) -> None:
    response = client.get("/?q=lachin")
    html = response.content.decode()
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert not re.search(r'\sstyle="|\son\w+="|<style|<script>', html)
    assert not re.search(r'(src|href)="(https?:)?//', html)


def test_a_missing_index_is_a_503_with_the_remedy(client: Client, own_index: Path) -> None:
    shutil.rmtree(own_index)
    page, html = get(client, "q=lachin&country=AM", status=503)
    assert "manage.py rebuild_index" in page.unavailable
    assert 'value="lachin"' in html
    assert page.box.hidden == (("country", "AM"),)


def test_a_page_with_long_facets_stays_below_100_kilobytes(client: Client, articles: dict[str, Article]) -> None:
    codes = sorted(COUNTRY_CODES)[:37]
    for at in range(60):
        make_article(
            f"Lachin report {at}",
            "Words of Lachin and more. " * 40,
            outlet=f"An outlet of some length {at}",
            published=f"{2010 + at % 12}-{1 + at % 12:02}",
            countries=codes,
        )
    apply_outbox()
    page, html = get(client, "q=lachin&match=any&sort=oldest")
    country = next(panel for panel in page.panels if panel.name == "country")
    assert (len(country.shown), country.rest_label) == (8, "Show all 38 countries")
    assert len(html.encode()) < 100_000


def test_nothing_found_offers_another_spelling_and_does_not_apply_it(client: Client) -> None:
    page, html = get(client, "q=corridr&country=AM")
    assert page.nothing_found
    assert page.suggestion is not None
    assert (page.suggestion.url, page.suggestion.found) == ("/?q=corridor&country=AM", "1 article")
    assert "Did you mean “corridor”?" in html


def test_a_spelling_that_finds_nothing_either_is_not_offered(client: Client) -> None:
    page, _html = get(client, "q=corridr&country=RU")
    assert page.suggestion is None


def test_a_long_question_is_sent_by_buttons_instead_of_repeated_in_each_link(client: Client) -> None:
    words = "لاتشين" * 300
    page, html = get(client, urlencode({"q": f"lachin {words}", "match": "any", "page_size": 1, "country_not": "FR"}))
    assert len(html.encode()) < 100_000
    assert 'form="search" name="country" value="AM"' in html
    assert 'form="search" name="country_not" value="AM"' in html
    assert 'form="search" name="page" value="1"' in html
    assert 'form="search" name="sort" value="oldest"' in html
    assert re.search(r'<span class="tick" aria-current="true"><bdi>France', html)
    assert page.hits[0].url == f"/articles/{page.hits[0].id}/"
    assert [chip.label for chip in page.chips] == ["France"]


def test_a_choice_sent_after_the_one_the_form_keeps_counts(client: Client) -> None:
    page, _html = get(client, "q=lachin&sort=newest&sort=oldest")
    assert [sort.label for sort in page.sorts if sort.current] == ["Oldest"]
