"""Extracted paragraphs held against a stated text."""

from __future__ import annotations

from search.ingest.webpages.bodies import hold_against
from search.ingest.webpages.markup import parse_page
from search.ingest.webpages.paragraphs import Paragraph
from search.ingest.webpages.pruning import measure

from .invented import PARAGRAPHS, page

TREE = parse_page(page())
SIZES = measure(TREE)
OWN = [Paragraph(each) for each in PARAGRAPHS]


def held(paragraphs: list[Paragraph], body: str) -> list[Paragraph]:
    return hold_against(paragraphs, body, TREE, SIZES)


def test_short_lines_that_the_stated_text_lacks_go_and_headings_stay() -> None:
    heading = Paragraph("What comes next", is_heading=True)
    label = Paragraph("Open this in a window")
    assert held([*OWN[:2], heading, label, *OWN[2:]], " ".join(PARAGRAPHS)) == [*OWN[:2], heading, *OWN[2:]]


def test_what_stands_after_the_end_of_the_stated_text_goes() -> None:
    assert held([*OWN, Paragraph("An appeal to readers.")], " ".join(PARAGRAPHS)) == OWN


def test_another_text_changes_nothing() -> None:
    assert held(OWN, "Words of a quite different story about mountains. " * 10) == OWN


def test_headings_alone_are_not_held_against_another_text() -> None:
    headings = [Paragraph("Entirely other words than those of the text " * 8, is_heading=True)]
    assert held(headings, "Short words of a story. " * 15) == headings


def test_nothing_extracted_is_made_up_from_the_page_that_shows_the_stated_text() -> None:
    assert held([], " ".join(PARAGRAPHS)) == OWN
