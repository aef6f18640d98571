"""Addresses decoded into questions, and answers to them."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from corpus_app.limits import LIMITS
from search.index.generations import rebuild_index
from search.index.outbox import apply_outbox
from search.models import Outlet
from search.query.filters import SearchFilterSet
from search.query.querystring import encode, with_toggled
from search.query.request import SearchRequest
from search.query.results import SearchResults, search
from tests.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db
#: Four bytes a letter, three characters of an address each.
LONGEST_SLUG = "𐍈" * 200


def decoded(address: str) -> SearchRequest:
    form = SearchFilterSet(QueryDict(address))
    assert form.errors == {}
    return form.request_value()


def answer(address: str) -> SearchResults:
    return search(decoded(address))


@pytest.fixture
def articles() -> None:
    rebuild_index()
    make_article("Lachin corridor opens", outlet="Hill", published="2020-10-05", countries=["AM", "AZ"])
    make_article("Lachin road closed", outlet="Vale", published="2020-11", countries=["AZ", "RU"], language="en")
    make_article("ممر لاتشين", outlet="Vale", published="2021", countries=["AM"], language="ar")
    make_article("Undated note", "nothing but a note", language="")
    apply_outbox()


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("outlet=nobody", "outlet"),
        ("outlet_not=nobody", "outlet_not"),
        ("country=Atlantis", "country"),
        ("country=ZZ", "country"),
        ("language=!!", "language"),
        ("date_from=2020-13", "date_from"),
        ("date_from=2020-00", "date_from"),
        ("date_to=2020-10-00", "date_to"),
        ("date_from=yesterday", "date_from"),
        ("date_from=2021&date_to=2020", "date_to"),
        ("date=some", "date"),
        ("sort=best", "sort"),
        ("match=some", "match"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("page_size=101", "page_size"),
        ("facet_size=0", "facet_size"),
        ("q=" + "x" * 10_000, "q"),
        ("q=country:atlantis", "q"),
    ],
)
def test_a_bad_value_is_an_error_at_its_field(address: str, field: str) -> None:
    assert list(SearchFilterSet(QueryDict(address)).errors) == [field]


def test_codes_are_read_in_any_case_and_empty_values_ignored() -> None:
    request = decoded("country=am&country=AM&language=ZH-cn&outlet=&q=")
    assert request.country.ticked == ("AM",)
    assert request.language.ticked == ("zh",)
    assert request.backend.filters["country"].any_of == {"AM"}


@pytest.mark.parametrize(
    "address",
    [
        "?q=Lachin&country=AM&country_not=RU&sort=newest&page=2",
        "?q=a+%26+b&match=any&language=ar&date=none",
        "?outlet=%D9%85%D8%B1%D8%A7%D9%81%D8%A6&date_from=2020&date_to=2020-11&page_size=50&facet_size=5",
        "",
    ],
)
def test_an_address_written_again_is_the_same_address(address: str) -> None:
    make_outlet("مرافئ")
    assert encode(decoded(address.lstrip("?"))) == address


def test_toggling_a_value_twice_gives_the_first_address_on_page_one() -> None:
    request = decoded("q=a&country=AM&page=3")
    assert encode(with_toggled(with_toggled(request, "country", "TR"), "country", "TR")) == "?q=a&country=AM"


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("q=lachin", {"Lachin corridor opens", "Lachin road closed"}),
        ("q=لاتشين", {"ممر لاتشين"}),
        ("country=AM", {"Lachin corridor opens", "ممر لاتشين"}),
        ("country=AM&country=RU", {"Lachin corridor opens", "Lachin road closed", "ممر لاتشين"}),
        ("country_not=AM", {"Lachin road closed", "Undated note"}),
        ("country=none", {"Undated note"}),
        ("outlet=none", {"Undated note"}),
        ("language=none", {"Undated note"}),
        ("date=none", {"Undated note"}),
        ("outlet=vale", {"Lachin road closed", "ممر لاتشين"}),
        ("outlet=vale&language=ar", {"ممر لاتشين"}),
        ("date_from=2020-11-15&date_to=2020-11-16", {"Lachin road closed"}),
        ("date_from=2020-11", {"Lachin road closed", "ممر لاتشين"}),
        ("date_to=2020-10-05", {"Lachin corridor opens"}),
        ("date_to=2020&date=none", {"Lachin corridor opens", "Lachin road closed", "Undated note"}),
        ("q=country:armenia", {"Lachin corridor opens", "ممر لاتشين"}),
        ("q=outlet:Hill", {"Lachin corridor opens"}),
        ("q=outlet:none", {"Undated note"}),
        ("q=date:2020-10..2020-11", {"Lachin corridor opens", "Lachin road closed"}),
        ("q=lachin+-road", {"Lachin corridor opens"}),
        ("language=sw", set()),
    ],
)
def test_filters_select(address: str, titles: set[str]) -> None:
    results = answer(address)
    assert {hit.title for hit in results.hits} == titles
    assert results.total == len(titles)


@pytest.mark.usefixtures("articles")
def test_a_page_past_the_last_has_a_notice_and_no_hits() -> None:
    results = answer("page=1000000000")
    assert results.hits == ()
    assert results.total == 4
    assert "the last page is 1" in results.notices[0]


@pytest.mark.usefixtures("articles")
def test_ticked_and_excluded_values_stay_in_their_facet() -> None:
    country = {value.value: value for value in answer("q=corridor&country=RU&country_not=TR").facets[2].values}
    assert (country["RU"].count, country["RU"].selected) == (0, True)
    assert (country["TR"].count, country["TR"].excluded) == (0, True)
    assert country["AM"].count == 1


@pytest.mark.usefixtures("articles")
def test_an_outlet_that_is_renamed_shows_its_new_name_at_once() -> None:
    outlet = make_outlet("Hill")
    outlet.name = "Summit"
    outlet.save()
    assert "Summit" in {value.label for value in answer("").facets[0].values}


@pytest.mark.usefixtures("articles")
def test_snippets_mark_the_words_found() -> None:
    assert answer("q=note").hits[0].snippets == ("nothing but a <mark>note</mark>",)


@pytest.mark.parametrize("slug", ["ριζοσπάστης", "straßenblatt", "BBCX"])
def test_an_outlet_is_found_by_its_address_name_in_any_script(slug: str) -> None:
    Outlet.objects.create(name=slug, slug=slug)
    assert decoded(f"outlet={slug}").outlet.ticked == (slug,)


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Lachin -clos*", ["Lachin corridor opens"]),
        ("*ach*", ["Lachin corridor opens", "Lachin road closed"]),
        ("#lach*,", ["Lachin corridor opens", "Lachin road closed"]),
        ("Lachin-corr?dor", ["Lachin corridor opens"]),
        ("country:* -country:RU", ["Lachin corridor opens", "ممر لاتشين"]),
        ("-country:*", ["Undated note"]),
        ("title:*", ["Lachin corridor opens", "Lachin road closed", "Undated note", "ممر لاتشين"]),
        ("author:*", []),
    ],
)
def test_wildcards_find_what_they_say(typed: str, found: list[str]) -> None:
    request = decoded(urlencode({"q": typed}))
    assert sorted(hit.title for hit in search(request).hits) == found


@pytest.mark.parametrize("typed", ["أرمينيا", "وأرمينيا", "لأرمينيا", "بأرمينيا", "ولأرمينيا"])
def test_an_arabic_word_copied_with_the_letters_written_onto_it_finds_the_word(typed: str) -> None:
    rebuild_index()
    make_article("سفير أرمينيا", language="ar")
    make_article("حدود أرمينيا", language="ar")
    make_article("ميناء يافا", language="ar")
    apply_outbox()
    answer_ = answer(urlencode({"q": typed}))
    assert answer_.total == 2
    assert all("<mark>أرمينيا</mark>" in hit.title_html for hit in answer_.hits)


def test_a_first_letter_that_is_the_words_own_is_not_taken_away() -> None:
    rebuild_index()
    make_article("وزارة الصحة", language="ar")
    make_article("وزارة المالية", language="ar")
    make_article("زارة القرية", language="ar")
    apply_outbox()
    assert answer(urlencode({"q": "وزارة"})).total == 2


def links_of(request: SearchRequest) -> list[str]:
    """The longest addresses that the page of a question can lead to."""
    return [encode(with_toggled(replace(request, page=999), facet, LONGEST_SLUG)) for facet in ("outlet", "country")]


def test_filters_that_are_answered_make_no_link_that_the_server_refuses() -> None:
    slugs = [f"{number:02}{LONGEST_SLUG[2:]}" for number in range(20)]
    for slug in slugs:
        Outlet.objects.create(name=slug, slug=slug)
    query = "𐍈" * 2000
    refused = 0
    for count in range(len(slugs)):
        for first in ("outlet", "outlet_not"):
            form = SearchFilterSet(QueryDict(urlencode([("q", query), *((first, slug) for slug in slugs[:count])])))
            if form.errors:
                assert list(form.errors) == [first]
                assert "too many filters" in form.errors[first][0]
                refused += 1
                continue
            request = form.request_value()
            assert all(len(f"GET {link} HTTP/1.1") < LIMITS.request_line - 1000 for link in links_of(request))
    assert 0 < refused < len(slugs)


def test_ten_thousand_letters_are_told_to_be_too_long_for_a_query_and_nothing_else() -> None:
    assert list(SearchFilterSet(QueryDict(urlencode({"q": "أ" * 10_000}))).errors) == ["q"]
