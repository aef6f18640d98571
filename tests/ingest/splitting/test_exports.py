"""Exports of databases, digests and channels, generated in each layout."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.evaluation.export_layouts import LAYOUTS, ExportedArticle, wrapped
from search.evaluation.exports import right_labels
from search.ingest.splitting.split import split_page, split_whole_page
from tests.ingest.invented_pages import EN, FR, RU


def article(title: str, outlet: str, author: str | None, day: int, texts: tuple[str, ...]) -> ExportedArticle:
    return ExportedArticle(title, outlet, author, date(2020, 3, day), tuple(" ".join(text.split()) for text in texts))


ARTICLES = (
    article("Northern quay closes for repairs", "The Coast Courier", "Anna Tillmore", 3, EN),
    article("Le quai nord ferme pour travaux", "Gazette du Port", "Luc Marchand", 4, FR),
    article("Северный причал закрыт на ремонт", "Вестник Порта", "Marek Oland", 5, RU),
)
EVERYTHING = {"title", "outlet", "author", "date", "text"}


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 1000), width=st.sampled_from([0, 66, 72, 80, 100]), endings=st.sampled_from(["\n", "\r\n"]))
def test_every_label_of_an_export_comes_back(layout: str, seed: int, width: int, endings: str) -> None:
    page = LAYOUTS[layout](ARTICLES, random.Random(seed))
    found = split_page(endings.join(wrapped(page, width) if width else page))
    assert len(found) == len(ARTICLES)
    for each in ARTICLES:
        assert set(right_labels(each, found, layout)) == EVERYTHING


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_an_export_leaves_out_is_not_invented(layout: str) -> None:
    articles = [replace(each, author=None) for each in ARTICLES]
    found = split_page("\n".join(LAYOUTS[layout](articles, random.Random(1))))
    assert {each.author for each in found} <= {None, "desk"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_labels_are_no_text_that_was_lost(layout: str) -> None:
    split = split_whole_page("\n".join(LAYOUTS[layout](ARTICLES, random.Random(2))))
    assert not split.is_doubtful


def test_a_line_that_looks_like_a_label_inside_a_text_stays() -> None:
    odd = replace(
        ARTICLES[0], paragraphs=(*ARTICLES[0].paragraphs[:2], "Subject: nobody asked.", *ARTICLES[0].paragraphs[2:])
    )
    (found,) = split_page("\n".join(LAYOUTS["Nexis Uni"]([odd], random.Random(3))))
    assert "Subject: nobody asked." in found.body


def test_an_article_that_speaks_of_documents_is_no_export() -> None:
    page = "\n\n".join(
        ["The archive opens", "By Anna Tillmore", *ARTICLES[0].paragraphs, "214 words", "Section: harbour"]
    )
    (found,) = split_page(page)
    assert (found.title, found.author) == ("The archive opens", "Anna Tillmore")


def test_a_forwarded_post_names_who_wrote_it_first() -> None:
    page = "Coast Watch, [12.04.2021 08:14]\n[Forwarded from: Harbour Desk]\nFerry sails again\n\nIt left at noon.\n"
    (found,) = split_page(page)
    assert (found.title, found.outlet, found.original_outlet) == ("Ferry sails again", "Coast Watch", "Harbour Desk")
    assert found.published.day == date(2021, 4, 12)


def test_the_foot_of_a_digest_is_no_message() -> None:
    page = "\n".join(LAYOUTS["mailing list"](ARTICLES, random.Random(4)))
    assert "Digest Footer" not in {each.title for each in split_page(page)}
