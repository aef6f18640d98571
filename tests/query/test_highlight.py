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
from search.query.snippets import FOUND_CHARACTERS
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
        ('"Lachin road"~4', "en", "Lachin and its road", "<mark>Lachin</mark> and its <mark>road</mark>"),
        ('"Lachin road"~4', "en", "Lachin road", "<mark>Lachin</mark> <mark>road</mark>"),
        ('"Lachin road"~4', "en", "road to Lachin", "road to Lachin"),
        (
            '"road to Lachin"~3',
            "en",
            "to a road or to Lachin",
            "to a <mark>road</mark> or <mark>to</mark> <mark>Lachin</mark>",
        ),
        ('"ceasefire talks"', "en", "A ceasefire. Talks went on", "A <mark>ceasefire. Talks</mark> went on"),
        ('"war war"', "en", "war war war, war of war", "<mark>war war war, war</mark> of war"),
        ('"政府 talks"', "zh", "中国政府 talks", "中国<mark>政府</mark> <mark>talks</mark>"),
        ("外交部", "zh", "外交官说外交部说", "外交官说<mark>外交部</mark>说"),
        ("กองทัพ", "th", "ว่ากองทัพถอน", "ว่า<mark>กองทัพ</mark>ถอน"),
        ('"مجلس الأمن"', "ar", "دعا ومجلس الأمن", "دعا <mark>ومجلس الأمن</mark>"),
        ('"مجلس الأمن"~3', "ar", "مجلسُ دول الأَمن", "<mark>مجلسُ</mark> دول <mark>الأَمن</mark>"),
        ("السلام OR peace", "ar", "peace والسلام", "<mark>peace</mark> <mark>والسلام</mark>"),
        ("(war peace) OR mine", "en", "a mine of peace", "a <mark>mine</mark> of <mark>peace</mark>"),
        ("mine -(war OR peace)", "en", "mine, war and peace", "<mark>mine</mark>, war and peace"),
        ("author:smith OR war", "en", "Smith at war", "Smith at <mark>war</mark>"),
        ("*abad", "en", "Khanabad, abadan", "<mark>Khanabad</mark>, abadan"),
        ("СЁЛА", "ru", "о сёлах и село", "о <mark>сёлах</mark> и <mark>село</mark>"),
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


def test_every_match_within_a_snippet_is_marked() -> None:
    (snippet,) = highlighter("war").snippets("war and war; " + "so it goes and " * 9 + "war once more, then war", "en")
    assert "war" not in re.sub("<mark>war</mark>", "", snippet)


def test_no_snippet_cuts_what_was_found() -> None:
    for before in range(150, 230):
        snippets = highlighter("外交部 war").snippets("war " + "国" * before + "外交部" + "国" * 400, "zh")
        bare = [re.sub("<mark>.*?</mark>", "", snippet) for snippet in snippets]
        assert not any("外" in text or "部" in text for text in bare)
        assert sum("<mark>外交部</mark>" in snippet for snippet in snippets) == 1


def test_a_rare_word_far_down_is_shown_though_another_is_everywhere() -> None:
    snippets = highlighter("the corridor").snippets("the road, " * 2_000 + "a corridor at last", "en")
    assert ["<mark>corridor</mark>" in snippet for snippet in snippets] == [False, True]


def marks(snippets: tuple[str, ...]) -> set[str]:
    return {word.casefold() for snippet in snippets for word in re.findall("<mark>(.*?)</mark>", snippet)}


@given(st.lists(st.sampled_from(["alpha", "bravo", "delta", "gamma", "omega", "x" * 30, "y" * 90]), max_size=60))
def test_two_snippets_show_as_many_different_words_as_any_two_could(words: list[str]) -> None:
    sought = ["alpha", "bravo", "delta", "gamma", "omega"]
    text = " ".join(words)
    shown = marks(highlighter(" OR ".join(sought)).snippets(text, "en"))
    ends = [at for at in range(len(text) + 1) if at in (0, len(text)) or text[at - 1 : at] == " "]
    within = [
        {word for word in text[start : start + FOUND_CHARACTERS].split(" ")[:-1] if word in sought} for start in ends
    ]
    assert len(shown) >= max(len(one | other) for one in within for other in within)


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
