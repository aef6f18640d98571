"""Authors from JSON-LD, ``meta`` elements and bylines."""

from __future__ import annotations

import pytest

from search.ingest.webpages import read_web_page
from search.ingest.webpages.authors import clean_author

from .invented import jsonld, meta, page

SITE = meta(og__site_name="The Velmora Post")


def test_all_people_of_a_list_are_given() -> None:
    people = [{"@type": "Person", "name": name} for name in ("Ada Brink", "Bo Carsten", "Cleo Dahl")]
    assert (
        read_web_page(page(head=jsonld({"headline": "x", "author": people}))).author
        == "Ada Brink, Bo Carsten, Cleo Dahl"
    )


def test_a_person_in_a_meta_element_goes_before_the_site_as_author() -> None:
    head = SITE + jsonld({"headline": "x", "author": {"@type": "Person", "name": "The Velmora Post"}})
    assert read_web_page(page(head=head + '<meta name="author" content="Ada Brink">')).authors == ("Ada Brink",)


def test_an_organization_is_the_author_where_nobody_else_is() -> None:
    head = jsonld({"headline": "x", "author": {"@type": "NewsMediaOrganization", "name": "The Velmora Post"}})
    assert read_web_page(page(head=SITE + head)).authors == ("The Velmora Post",)


def test_addresses_and_accounts_are_no_authors() -> None:
    head = meta(article__author="https://www.facebook.com/velmora") + '<meta name="author" content="admin">'
    assert read_web_page(page(head=head)).authors == ()


@pytest.mark.parametrize(
    "byline",
    [
        '<div class="byline">By Ada Brink</div>',
        '<a rel="author" href="/ada">Ada Brink</a>',
        '<span itemprop="author">Ada Brink</span>',
        '<p class="article__author">Von Ada Brink | 28.04.2023, 10:15</p>',
        "<ul><li><strong>Autorin/Autor</strong> Ada Brink</li></ul>",
        "<p>By Ada Brink, in harbour news</p>",
    ],
)
def test_a_byline_is_read_from_the_page(byline: str) -> None:
    assert read_web_page(page(before=byline)).authors == ("Ada Brink",)


def test_a_card_that_says_written_by_names_the_author() -> None:
    head = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ada Brink">'
    assert read_web_page(page(head=head)).authors == ("Ada Brink",)


@pytest.mark.parametrize(
    ("stated", "clean"),
    [
        ("By Ada Brink", "Ada Brink"), ("Автор: Анна Белова", "Анна Белова"), ("بقلم: سلمى ناصر", "سلمى ناصر"),
        ("Ada Brink (abr)", "Ada Brink"), ("Ada Brink ada@velmora.example", "Ada Brink"), ("@velmora", ""),
        ("https://velmora.example/ada", ""), ("   ", ""), ("12345", ""), ("Byron Vale", "Byron Vale"), ("x" * 500, ""),
    ],
)  # fmt: skip
def test_a_stated_author_is_cleaned(stated: str, clean: str) -> None:
    assert clean_author(stated) == clean
