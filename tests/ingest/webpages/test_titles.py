"""Headlines without site and section, and the choice between several."""

from __future__ import annotations

import pytest

from search.ingest.webpages import read_web_page

from .invented import PARAGRAPHS, jsonld, meta, page

HEADLINE = "Council closes the old ferry terminal"
TEXT = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)


def bare(title: str, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body><article>{TEXT}</article></body></html>"


@pytest.mark.parametrize(
    "beside", [" | The Velmora Post", " - The Velmora Post", " – The Velmora Post", "：The Velmora Post"]
)
def test_the_name_of_the_site_goes_from_the_end_of_a_title(beside: str) -> None:
    site = meta(og__site_name="The Velmora Post")
    assert read_web_page(bare(HEADLINE + beside, site)).title == HEADLINE


def test_the_name_of_the_site_goes_from_the_start_of_a_title() -> None:
    assert read_web_page(bare(f"Velmora Post | {HEADLINE}", meta(og__site_name="Velmora Post"))).title == HEADLINE


def test_section_site_and_date_go_together() -> None:
    head = meta(og__site_name="VP", article__section="Harbour")
    assert read_web_page(bare(f"{HEADLINE} | Harbour | VP | 28.04.2023", head)).title == HEADLINE


def test_the_host_of_the_address_names_the_site_too() -> None:
    head = '<link rel="canonical" href="https://www.velmorapost.example/a">'
    assert read_web_page(bare(f"{HEADLINE} - VelmoraPost", head)).title == HEADLINE


def test_a_separator_inside_a_headline_stays() -> None:
    whole = "BUDGET | Harbour fees - who pays and why"
    assert read_web_page(bare(whole, meta(og__title=whole, og__site_name="The Velmora Post"))).title == whole


def test_a_heading_proves_where_the_headline_ends() -> None:
    assert read_web_page(page(title=f"{HEADLINE} – Unknown Words Here")).title == HEADLINE


def test_the_headline_of_jsonld_goes_before_a_title_for_shares() -> None:
    head = jsonld({"headline": "Old terminal to close"}) + meta(og__title="You will not believe which port is closing")
    assert read_web_page(bare("You will not believe which port is closing", head)).title == "Old terminal to close"


def test_a_headline_that_only_search_engines_get_yields_to_the_other() -> None:
    seo = "Velmora ferry terminal closing date 2024"
    head = jsonld({"headline": seo}) + meta(og__title=HEADLINE)
    assert read_web_page(bare(f"{seo} | VP", head + meta(og__site_name="VP"))).title == HEADLINE


def test_a_topic_before_the_headline_goes() -> None:
    head = jsonld({"headline": f"Port of Velmora: {HEADLINE}"}) + meta(og__title=HEADLINE)
    assert read_web_page(bare(f"Port of Velmora: {HEADLINE}", head)).title == HEADLINE


def test_without_metadata_the_only_heading_is_the_title() -> None:
    assert read_web_page(f"<html><body><h1>{HEADLINE}</h1>{TEXT}</body></html>").title == HEADLINE
