"""Pages that state other articles too, cut headlines, dates that are only shown, and the address of
a saved page."""

from __future__ import annotations

import json

import pytest

from search.ingest.webpages import read_web_page
from search.ingest.webpages.saving import saved_from

from .invented import PARAGRAPHS, jsonld, meta, page, script

TITLE = "Council closes the old ferry terminal"
OWN = {"headline": TITLE, "datePublished": "2024-03-01T09:00:00Z", "author": {"@type": "Person", "name": "Ada Brink"}}
OTHERS = [
    {"headline": f"Story number {n} of another day", "datePublished": f"2023-01-0{n}", "author": {"name": "Otto Other"},
     "url": f"https://velmora.example/{n}"}
    for n in (1, 2, 3)
]  # fmt: skip


@pytest.mark.parametrize("kind", ["NewsArticle", "Article"])
def test_objects_of_other_articles_before_the_pages_own_do_not_count(kind: str) -> None:
    found = read_web_page(page(head=jsonld(*OTHERS) + jsonld(OWN, kind=kind)))
    assert (found.title, found.published.iso, found.author) == (TITLE, "2024-03-01", "Ada Brink")


def test_the_object_of_the_pages_address_is_its_own() -> None:
    own = OWN | {"headline": "Old terminal to go", "url": "https://velmora.example/a"}
    head = jsonld(*OTHERS) + jsonld(own) + '<link rel="canonical" href="https://velmora.example/a/">'
    assert read_web_page(page(head=head)).published.iso == "2024-03-01"


def test_an_object_that_is_no_json_gives_what_can_be_read_of_it() -> None:
    broken = json.dumps({"@type": "NewsArticle", **OWN})[:-1] + ', "description": "The "old" one"}'
    found = read_web_page(page(head=script(broken)))
    assert (found.title, found.published.iso, found.author) == (TITLE, "2024-03-01", "Ada Brink")


@pytest.mark.parametrize("cut", ["Council closes the old fer...", "Council closes the old…"])
def test_a_headline_that_was_cut_is_taken_from_where_it_is_whole(cut: str) -> None:
    assert read_web_page(page(head=jsonld(OWN | {"headline": cut}))).title == TITLE
    assert read_web_page(page(head=meta(og__title=cut))).title == TITLE


def test_a_section_between_headline_and_site_goes_from_a_windows_title() -> None:
    window = f"<title>{TITLE} | World News | The Velmora Post</title>{meta(og__site_name='The Velmora Post')}"
    assert read_web_page(f"<html><head>{window}</head><body><p>{PARAGRAPHS[0]}</p></body></html>").title == TITLE


def test_a_heading_that_is_the_sites_name_is_no_title() -> None:
    text = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    html = f"<html><head><title>{TITLE} - The Velmora Post</title></head><body><h1>The Velmora Post</h1><h2>{TITLE}</h2>{text}"
    assert read_web_page(html).title == TITLE


@pytest.mark.parametrize(
    ("lang", "shown", "day"),
    [
        ("ar", "الجمعة 1 مارس 2024", "2024-03-01"), ("fa", "جمعه ۱۱ اسفند ۱۴۰۲", "2024-03-01"),
        ("ru", "1 марта 2024, 10:30", "2024-03-01"), ("zh", "2024年3月1日 10:30", "2024-03-01"),
        ("tr", "1 Mart 2024 Cuma", "2024-03-01"), ("en", "Published March 1, 2024", "2024-03-01"),
    ],
)  # fmt: skip
def test_a_date_shown_near_the_headline_is_read_in_its_language(lang: str, shown: str, day: str) -> None:
    assert (
        read_web_page(
            page(before=f'<div class="info"><span class="date">{shown}</span></div>', lang=lang)
        ).published.iso
        == day
    )


def test_the_day_in_the_pages_head_and_dates_of_other_articles_are_not_the_articles() -> None:
    html = page(after='<ul class="related"><li><span class="date">2 марта 2024</span></li></ul>', lang="ru")
    html = html.replace("<nav>", '<div class="today date">5 мая 2026</div><nav>')
    assert read_web_page(html).published.day is None


@pytest.mark.parametrize(
    "byline",
    ['<div class="byline">Posted by <a>Ada Brink</a> on 4 June 2021</div>', "<i>By Ada Brink</i>"],
)
def test_more_forms_of_bylines_are_read(byline: str) -> None:
    assert read_web_page(page(before=byline)).author == "Ada Brink"


def test_an_author_for_the_site_is_named_without_it() -> None:
    author = {"@type": "Person", "name": "Ada Brink for The Velmora Post"}
    assert (
        read_web_page(page(head=jsonld(OWN | {"author": author}) + meta(og__site_name="The Velmora Post"))).author
        == "Ada Brink"
    )


def test_a_stated_text_keeps_its_paragraphs_where_the_page_shows_but_the_first() -> None:
    head = jsonld(OWN | {"articleBody": "\n".join(PARAGRAPHS)})
    wall = '<div class="paywall"><p>Subscribe to read on.</p></div>'
    assert read_web_page(page(head=head, body=f"<p>{PARAGRAPHS[0]}</p>{wall}")).text.split("\n") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    ("comment", "address"),
    [
        ("<!-- saved from url=(0037)https://velmora.example/a -->", "https://velmora.example/a"),
        ("<!--\n Page saved with SingleFile \n url: https://velmora.example/a \n saved date: Mon -->", "https://velmora.example/a"),
        ("<!-- Mirrored from velmora.example/a.html by HTTrack Website Copier/3.x -->", "http://velmora.example/a.html"),
        ("<!-- saved from url=(0013)about:internet -->", None),
        ("<!-- a comment -->", None),
    ],
)  # fmt: skip
def test_the_address_that_a_page_was_saved_from_is_in_its_comments(comment: str, address: str | None) -> None:
    assert saved_from(f"<!doctype html>\n{comment}\n<html>") == address
