"""Articles in JSON-LD, however it is packed or damaged."""

from __future__ import annotations

import pytest

from search.ingest.webpages.jsonld import StatedArticle, parse_json, read_jsonld
from search.ingest.webpages.markup import parse_page

from .invented import jsonld, page, script


def read(head: str) -> list[StatedArticle]:
    return read_jsonld(parse_page(page(head=head)))


def test_an_article_in_a_graph_is_found_and_its_author_reference_followed() -> None:
    graph = """{"@graph": [
        {"@type": "WebPage", "@id": "#page", "name": "A page", "datePublished": "2024-01-01"},
        {"@type": "Person", "@id": "#p1", "name": "Ada Brink"},
        {"@type": ["Article", "NewsArticle"], "headline": "A headline", "author": {"@id": "#p1"}}]}"""
    best = read(script(graph))[0]
    assert (best.headline, best.people) == ("A headline", ("Ada Brink",))


def test_a_news_article_goes_before_a_web_page_and_a_blog_posting() -> None:
    found = read(
        jsonld({"name": "page", "datePublished": "2024-01-01"}, kind="WebPage")
        + jsonld({"headline": "post"}, kind="BlogPosting")
        + jsonld({"headline": "news"}, kind="ReportageNewsArticle")
    )
    assert [each.headline for each in found] == ["news", "post", "page"]


def test_all_authors_of_a_list_are_kept_in_order_and_organizations_apart() -> None:
    authors = [{"@type": "Person", "name": "Ada Brink"}, "Bo Carsten", {"@type": "Organization", "name": "Wire Desk"}]
    best = read(jsonld({"headline": "x", "author": authors}))[0]
    assert best.people == ("Ada Brink", "Bo Carsten")
    assert best.organizations == ("Wire Desk",)


def test_an_author_that_is_an_address_is_none() -> None:
    assert read(jsonld({"headline": "x", "author": "https://example.org/ada"}))[0].people == ()


def test_character_references_in_a_headline_are_resolved_even_twice_escaped() -> None:
    assert read(jsonld({"headline": "Salt &amp;#8216;n&amp;#8217; sand"}))[0].headline == "Salt ‘n’ sand"


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "Damaged",}',
        '{"@type": "NewsArticle", "headline": "Damaged"};',
        '<!-- {"@type": "NewsArticle", "headline": "Damaged"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Damaged"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Damaged", "description": "two\nlines"}',
        '{"@type": "Organization", "name": "y"}{"@type": "NewsArticle", "headline": "Damaged"}',
    ],
)
def test_damage_that_is_common_on_pages_is_mended(text: str) -> None:
    assert [each.headline for each in read(script(text))] == ["Damaged"]


@pytest.mark.parametrize("text", ["", "{", "nonsense", "[" * 100_000, '{"a":' * 100_000, "null", "17", '"text"'])
def test_what_cannot_be_mended_is_passed_over(text: str) -> None:
    assert read(script(text)) == []


def test_values_of_the_wrong_kind_are_passed_over() -> None:
    odd = {
        "headline": 5,
        "author": [None, 7, {"name": {"x": 1}}],
        "datePublished": {"@value": "2024-05-01"},
        "name": [],
    }
    best = read(jsonld(odd))[0]
    assert (best.headline, best.people, best.published) == ("5", (), "2024-05-01")


def test_several_values_in_one_script_are_all_given() -> None:
    assert list(parse_json('{"a": 1} ; [2]')) == [{"a": 1}, [2]]
