"""Marks and snippets."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query

from search.engine.searching.expand import wildcard
from search.query.highlight import Highlighter
from search.query.language import parse_query
from tests.patterns.steps import Counter


def highlighter(typed: str) -> Highlighter:
    return Highlighter(parse_query(typed, "all").tree)


@pytest.mark.parametrize(
    ("typed", "language", "text", "marked"),
    [
        ("nation", "en", "United Nations & friends", "United <mark>Nations</mark> &amp; friends"),
        ("الحكومه", "ar", "قالت الحكومةُ أمس", "قالت <mark>الحكومةُ</mark> أمس"),
        ("حكومة", "ar", "والحكومة", "<mark>والحكومة</mark>"),
        ("securite", "fr", "La sécurité", "La <mark>sécurité</mark>"),
        ("政府", "zh", "中国政府说", "中国<mark>政府</mark>说"),
        ("府", "zh", "中国政府", "中国政<mark>府</mark>"),
        ("中国政府", "zh", "在中国政府", "在<mark>中国政府</mark>"),
        ('"white phosphorus"', "en", "white paint, white phosphorus", "white paint, <mark>white phosphorus</mark>"),
        ("phos*", "en", "phosphorus", "<mark>phosphorus</mark>"),
        ("w?ite", "en", "white", "<mark>white</mark>"),
        ("whife~", "en", "white", "<mark>white</mark>"),
        ("Nagorno-Karabakh", "en", "in Nagorno Karabakh", "in <mark>Nagorno Karabakh</mark>"),
        ("war -peace", "en", "war and peace", "<mark>war</mark> and peace"),
        ("title:war", "en", "war", "<mark>war</mark>"),
        ("<b>", "en", "a <b>bold</b> claim", "a &lt;<mark>b</mark>&gt;bold&lt;/<mark>b</mark>&gt; claim"),
    ],
)
def test_the_words_found_are_marked_as_they_are_written(typed: str, language: str, text: str, marked: str) -> None:
    assert highlighter(typed).title(text, language) == marked


def test_a_word_sought_in_the_title_alone_is_not_marked_in_the_body() -> None:
    assert "<mark>" not in highlighter("title:war").snippets("war", "en")[0]


def test_snippets_show_the_places_with_most_words() -> None:
    text = "filler " * 200 + "the Lachin corridor " + "filler " * 200
    snippets = highlighter("Lachin corridor").snippets(text, "en")
    assert "<mark>Lachin</mark> <mark>corridor</mark>" in snippets[0]
    assert snippets[0].startswith("… ")
    assert snippets[0].endswith(" …")


def test_without_words_the_snippet_is_the_start_of_the_text() -> None:
    assert highlighter("country:AM").snippets("It began at dawn.", "en") == ("It began at dawn.",)
    assert highlighter("x").snippets("", "en") == ()


@given(st.text(max_size=600), st.sampled_from(["a", "the*", "政府", '"a b"', "x~"]))
def test_snippets_hold_no_markup_but_marks(text: str, typed: str) -> None:
    snippets = highlighter(typed).snippets(f"a {text}", "en")
    assert snippets
    for snippet in snippets:
        assert not re.search(r"[<>]", re.sub(r"</?mark>", "", snippet))


def test_a_long_phrase_of_other_words_marks_nothing() -> None:
    assert Highlighter(query.Phrase("text", ["a", "c"])).title("a b c", "en") == "a b c"


def test_a_hostile_wildcard_is_tried_in_few_steps() -> None:
    hostile, text = "*?" * 40 + "1", "a" * 60
    assert Highlighter(query.Wildcard("text", hostile)).title(text, "en") == text
    assert Counter(wildcard(hostile)[1]).spans(text, everywhere=False, budget=20_000) == []


def test_an_excerpt_without_a_match_ends_with_a_whole_word() -> None:
    text = "wonderful " * 60
    assert highlighter("country:AM").snippets(text, "en")[0].endswith("wonderful …")
