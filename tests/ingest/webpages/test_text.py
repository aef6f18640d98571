"""The text of an article without what stands around and inside it."""

from __future__ import annotations

import pytest

from search.ingest.webpages import read_web_page

from .invented import PARAGRAPHS, jsonld, meta, page

TEXT = "\n".join(PARAGRAPHS)
FIRST, *REST = (f"<p>{each}</p>" for each in PARAGRAPHS)


def with_inside(inside: str) -> str:
    return read_web_page(page(body=FIRST + inside + "".join(REST))).text


def test_the_text_is_the_paragraphs_one_a_line() -> None:
    assert read_web_page(page()).text == TEXT


def test_the_title_is_not_repeated_in_the_text() -> None:
    assert "Council closes" not in read_web_page(page(before="<h2>Council closes the old ferry terminal</h2>")).text


@pytest.mark.parametrize(
    "inside",
    [
        '<blockquote class="twitter-tweet"><p>Goodbye dear old terminal, we shall miss you! - a user, 7 May</p></blockquote>',
        "<figure><img src=x><figcaption>The terminal seen from the northern quay. Photo: B. Carsten</figcaption></figure>",
        '<p><a href="/other">Another story of the harbour that readers may want to open now</a></p>',
        '<div class="newsletter-signup"><p>Get the harbour news every morning by mail, for nothing.</p></div>',
        '<div class="related-articles"><h3>More</h3><ul><li><a href=/b>Storms delay boats</a></li></ul></div>',
        '<ul><li>Port: <a href="/b">A long linked headline about boats</a></li><li>Sea: <a href="/c">Another one</a></li></ul>',
        "<h3>Read also</h3><ul><li>Storms delay boats in the west</li></ul>",
    ],
)
def test_what_stands_inside_an_article_but_is_no_part_of_it_goes(inside: str) -> None:
    assert with_inside(inside) == TEXT


def test_headings_and_lists_of_the_article_stay() -> None:
    text = with_inside(
        "<h2>What comes next</h2><p>Three things are planned by the council:</p><ul><li>a quay</li></ul>"
    )
    assert text.split("\n")[1:4] == ["What comes next", "Three things are planned by the council:", "a quay"]


def test_an_article_whose_paragraphs_all_have_a_suspicious_class_is_kept() -> None:
    body = "".join(f'<p class="paywall">{each}</p>' for each in PARAGRAPHS)
    assert read_web_page(page(body=body)).text == TEXT


def test_an_article_inside_an_element_with_a_suspicious_name_is_kept() -> None:
    assert read_web_page(page(body=f'<div class="paywall related">{FIRST}{"".join(REST)}</div>')).text == TEXT


def test_bylines_and_appeals_around_the_text_go() -> None:
    text = read_web_page(
        page(
            before="<p>By Ada Brink</p><p>28.04.2023, 10:15</p>",
            after="<p>(abr)</p><p>Sign up for our newsletter and follow us on WhatsApp.</p><h3>More news</h3>",
        )
    ).text
    assert text == TEXT


def test_an_introduction_that_the_metadata_repeats_comes_first() -> None:
    lead = "A port town ends its longest argument and gets a new quay for its boats and its people"
    found = read_web_page(
        page(head=meta(og__description=lead), before=f'<div class="x7"><span>{lead}</span></div>')
    ).text
    assert found.split("\n") == [lead, *PARAGRAPHS]


def test_a_description_that_the_page_does_not_show_is_no_text() -> None:
    head = meta(og__description="A port town ends its longest argument and gets a new quay for its boats")
    assert read_web_page(page(head=head)).text == TEXT


def test_a_stated_body_brings_back_paragraphs_that_were_missed() -> None:
    whole = [*PARAGRAPHS, *(f"{each[:-1]}, as the minutes of the council show." for each in PARAGRAPHS)]
    far = "".join(f"<section><aside><p>{each}</p></aside></section>" for each in whole[4:])
    head = jsonld({"headline": "x", "articleBody": " ".join(whole)})
    assert read_web_page(page(head=head, after=far)).text.split("\n") == whole


def test_a_stated_body_that_is_cut_takes_nothing_away() -> None:
    head = jsonld({"headline": "x", "articleBody": " ".join(PARAGRAPHS[:2]) + " …"})
    assert read_web_page(page(head=head)).text == TEXT


def test_text_between_line_breaks_is_kept() -> None:
    body = f"<div>{'<br><br>'.join(PARAGRAPHS * 2)}</div>"
    assert all(each in read_web_page(page(body=body)).text for each in PARAGRAPHS)


def test_a_page_laid_out_in_tables_has_a_text() -> None:
    rows = "".join(f"<tr><td>{each}</td></tr>" for each in PARAGRAPHS)
    text = read_web_page(f"<html><body><table>{rows}</table></body></html>").text
    assert all(each in text for each in PARAGRAPHS)


def test_soft_hyphens_do_not_break_words() -> None:
    assert "council" in read_web_page(page(body=TEXT.replace("council", "coun\u00adcil"))).text
