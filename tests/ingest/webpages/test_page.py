"""Outlet, language, address, encodings, and what is refused."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.exceptions import ReadError
from search.ingest.limits import MAX_PAGE_TAGS
from search.ingest.webpages import PageRecord, read_web_page
from tests.work import calls_of

from .invented import PARAGRAPHS, jsonld, meta, page


def test_the_outlet_is_the_site_name() -> None:
    assert read_web_page(page(head=meta(og__site_name="The Velmora Post"))).outlet == "The Velmora Post"


def test_the_name_that_the_host_repeats_goes_before_a_section_stated_as_site() -> None:
    head = meta(og__site_name="Security", og__url="https://www.velmora.example/a")
    publisher = jsonld({"headline": "x", "publisher": {"@type": "Organization", "name": "Velmora online"}})
    assert read_web_page(page(head=head + publisher)).outlet == "Velmora online"


def test_the_end_of_the_title_names_the_outlet_where_the_host_agrees() -> None:
    head = '<link rel="canonical" href="https://velmorapost.example/x">'
    assert read_web_page(page(head=head, title="Terminal closes | Velmora Post")).outlet == "Velmora Post"


def test_a_page_that_names_nobody_has_no_outlet() -> None:
    assert read_web_page("<html><body><h1>Title of it</h1><p>" + PARAGRAPHS[0]).outlet is None


@pytest.mark.parametrize(("stated", "code"), [("pt-BR", "pt"), ("EN", "en"), ("x-default", None), ("", None)])
def test_the_language_is_the_primary_subtag(stated: str, code: str | None) -> None:
    assert read_web_page(page(lang=stated)).language == code


def test_the_canonical_address_goes_before_where_the_page_was_saved_from() -> None:
    head = '<link rel="canonical" href="https://velmora.example/a">'
    assert read_web_page(page(head=head), url="https://cache.example/b").url == "https://velmora.example/a"
    assert read_web_page(page(), url="https://cache.example/b").url == "https://cache.example/b"


def test_an_address_that_is_none_is_passed_over() -> None:
    head = '<link rel="canonical" href="https://[broken/a">' + meta(og__url="https://velmora.example/b")
    assert read_web_page(page(head=head)).url == "https://velmora.example/b"
    assert read_web_page(page(), url="https://[broken").url is None


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r", "utf-16"])
def test_bytes_are_read_in_the_encoding_that_the_page_states(encoding: str) -> None:
    source = (
        f'<html><head><meta charset="{encoding}"><title>Порт закрыт</title></head><body><p>{"Причал закрыли. " * 20}'
    )
    assert read_web_page(source.encode(encoding)).title == "Порт закрыт"


def test_one_damaged_byte_does_not_change_the_encoding_of_a_page() -> None:
    data = page(title="Größe").encode().replace(b"closes", b"clo\xffses", 1)
    assert "Größe" in read_web_page(data.replace(b"<h1>", b"<h1>Gr\xc3\xb6\xc3\x9fe ")).title


@pytest.mark.parametrize(
    "refused",
    ["", "   ", "no tags at all", "<p>", "<!-- only a comment -->", "<html><body><a href=/>x</a></body></html>"],
)
def test_what_is_no_article_is_refused_with_a_reason(refused: str) -> None:
    with pytest.raises(ReadError, match=r"no HTML|no article"):
        read_web_page(refused)


def test_binary_data_is_refused() -> None:
    with pytest.raises(ReadError, match="binary"):
        read_web_page(bytes(range(256)) * 400)


def test_a_million_nested_tags_are_refused_at_once() -> None:
    def read() -> None:
        with pytest.raises(ReadError, match="tags"):
            read_web_page("<html><body>" + "<div>" * 1_000_000)

    assert 0 < calls_of(read) < 1_000


def test_tags_nested_deeper_than_the_parser_goes_are_refused_with_that_reason() -> None:
    with pytest.raises(ReadError, match="deeper than"):
        read_web_page("<html><body>" + "<div>" * (MAX_PAGE_TAGS - 10) + "x")


def test_an_endless_text_is_refused() -> None:
    with pytest.raises(ReadError, match="larger than"):
        read_web_page("<html><body><p>" + "word " * 2_500_000)


def test_a_byline_without_end_is_no_more_work_than_a_long_one() -> None:
    def with_author(letters: int) -> str:
        return page(head=f'<meta name="author" content="{"a" * letters} @">')

    assert read_web_page(with_author(2_000_000)).authors == ()
    short, endless = (calls_of(partial(read_web_page, with_author(letters))) for letters in (2_000, 2_000_000))
    assert endless < 2 * short


def test_tags_nested_two_hundred_deep_are_read() -> None:
    nested = "<div>" * 200 + "".join(f"<p>{each}</p>" for each in PARAGRAPHS) + "</div>" * 200
    assert PARAGRAPHS[0] in read_web_page(page(body=nested)).text


def test_characters_that_no_database_takes_do_not_stop_reading() -> None:
    assert read_web_page(page(body="<p>" + " ".join(PARAGRAPHS) + "\x00\x0b \ud83d</p>")).text


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div class=byline>", "</div>", "<h1>", "</h1>", "<ul><li>", "<table><tr><td>", "<a href=x>", "</a>",
             "<script type='application/ld+json'>", "</script>", '{"@type":"NewsArticle","headline":', '"x"}', "<br>", "text. ",
             "<title>", "<figure>", "&amp;", "<meta name=author content='A B'>", "2024-01-01", "<blockquote>", "<!--", "]]>",
             "A longer sentence that could be a paragraph of an article in some newspaper of the world. "]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_jumble_of_markup_gives_a_record_or_a_reason(pieces: list[str]) -> None:
    try:
        found = read_web_page("".join(pieces))
    except ReadError:
        return
    assert isinstance(found, PageRecord)
