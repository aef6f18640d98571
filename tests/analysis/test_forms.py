"""Other ways of writing a word that is sought."""

from __future__ import annotations

import pytest

from search.analysis.compounds import part_terms
from search.analysis.forms import bare_words, joined_words, persian_parts, query_terms, spellings
from search.analysis.terms import term_of


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("KB-9", "KB9"),
        ("KB9", "KB 9"),
        ("U.N.", "UN"),
        ("UN", "U N"),
        ("l'hiver", "hiver"),
        ("dell’arte", "arte"),
        ("e-book", "ebook"),
        ("45000", "45 000"),
        ("45,000", "45 000"),
        ("کتاب\u200cخانه", "کتابخانه"),
        ("贸易协定", "貿易協定"),
        ("貿易協定", "贸易协定"),
        ("서울에서", "서울"),
        ("서울은", "서울"),
    ],
)
def test_a_word_stands_for_other_ways_of_writing_it(word: str, other: str) -> None:
    assert spellings(word)[0] == word
    assert other in spellings(word)


@pytest.mark.parametrize("word", ["1998", "word", "un", "贸易", "бег", "x" * 500, "l'bar"])
def test_a_word_with_one_way_of_writing_stands_for_itself(word: str) -> None:
    assert [way for way in spellings(word) if way not in (word, "lbar")] == []


@pytest.mark.parametrize("written", ["ספר", "הספר", "בספר", "וספר", "ובספר", "שבספר"])
def test_a_hebrew_word_is_found_with_the_letters_written_onto_it(written: str) -> None:
    assert term_of(written, "he") in query_terms("ספר", "he")


def test_a_word_with_a_prefix_may_be_sought_without_it() -> None:
    assert "ספרים" in bare_words("בספרים", "he")


def test_words_that_may_be_one_are_put_together() -> None:
    assert joined_words(("12", "345", "678")) == [(0, 3, "12345678")]
    assert joined_words(("KB", "9")) == [(0, 2, "KB9")]
    assert joined_words(("کتاب", "خانه")) == [(0, 2, "کتابخانه")]
    assert joined_words(("two", "words", "1998", "12")) == []


def test_a_persian_word_may_be_two() -> None:
    assert "کتاب خانه" in persian_parts("کتابخانه")
    assert persian_parts("library") == ()


@pytest.mark.parametrize(
    ("compound", "part", "language"),
    [
        ("Wetterbericht", "Bericht", "de"),
        ("Handelsabkommen", "Abkommen", "de"),
        ("Krisenrat", "Rat", "de"),
        ("Großstadtverkehr", "Verkehr", "de"),
        ("handelspolitiek", "politiek", "nl"),
    ],
)
def test_a_compound_is_marked_by_its_parts(compound: str, part: str, language: str) -> None:
    assert f"{term_of(part, language)}+" in part_terms(compound, language)


@pytest.mark.parametrize("word", ["Sicherheit", "Wissenschaft", "gewöhnlichen", "Bericht", "x" * 90])
def test_a_word_that_is_no_compound_has_no_parts(word: str) -> None:
    assert part_terms(word, "de") == ()
