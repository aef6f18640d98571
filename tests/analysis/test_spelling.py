"""One spelling before words are cut."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.spelling import respell, spelled
from search.analysis.terms import fold_word, token_spans, token_texts, written_term

UNSEEN = "\u200b\u200e\u200f\u202a\u202e\u2066\u2069\u2060\ufeff\u00ad"


def words(text: str) -> list[str]:
    return [fold_word(word) for word in token_texts(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("re\u00adpub\u200blic", "republic"),
        ("\u2067كتاب\u2069", "كتاب"),
        ("ភាសា\u200bខ្មែរ", "ភាសាខ្មែរ"),
        ("ﾃﾚﾋﾞ", "テレビ"),
        ("か\u3099くせい", "がくせい"),
        (unicodedata.normalize("NFD", "서울"), "서울"),
        ("ＡＢＣ１２", "abc12"),
        ("ﻛﺘﺎﺏ", "كتاب"),
        ("⽇本", "日本"),
        ("サン・パウロ", "サンパウロ"),
        ("ın\u0e19\u0e4d\u0e49\u0e32", "ın\u0e19\u0e49\u0e33"),
        ("п'ять", "пʼять"),
        ("п’ять", "п`ять"),
        ("ինչո՞ւ", "ինչու"),
        ("Սեւան", "Սևան"),
        ("ՍԵՎԱՆ", "Սեւան"),
        ('ארה"ב', "ארה״ב"),
        ("ארה״ב", "ארהב"),
        ("סנדוויץ׳ ג׳ון", "סנדוויץ גון"),
        ("intel·ligent", "intelligent"),
        ("Hawaiʻi", "Hawaii"),
        ("नुक़्ता", "नुक्ता"),
        ("അവന്\u200d", "അവൻ"),
        ("dog's tail", "dog tail"),
        ("Ankara'nın sesi", "Ankara sesi"),
        ("ANKARA'DAN", "ankara"),
        ("2,500", "2500"),
        ("12.345.678", "12,345,678"),
        ("12\u00a0345\u00a0678", "12345678"),
        ("1'250", "1250"),
        ("12,34,567", "1234567"),
        ("٢٬٥٠٠", "2500"),
        ("کتاب\u200cخانه", "کتاب خانه"),
    ],
)
def test_spellings_of_one_text_are_cut_into_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3,50", "13,50"),
        ("1.2.300", "12300"),
        ("2020,300", "2020300"),
        ("1,234,5", "12345"),
        ("c'est", "cest"),
        ("l'eau", "eau"),
        ("א ב", "אב"),
    ],
)
def test_what_is_another_text_stays_one(one: str, other: str) -> None:
    assert words(one) != words(other)


@given(
    st.text(st.one_of(st.sampled_from("ab1 ,.'’0" + UNSEEN + "לп한ﾃﾞーا"), st.characters(codec="utf-8")), max_size=40)
)
def test_a_text_in_the_one_spelling_stays_as_it_is(text: str) -> None:
    assert words(respell(text)) == words(text)


@given(st.lists(st.sampled_from(["war", "Größe", "كتاب", "日本語", "서울", "п'ять", "2,500"]), max_size=8), st.data())
def test_what_cannot_be_seen_changes_no_word_and_each_is_found_in_its_place(
    texts: list[str], data: st.DataObject
) -> None:
    plain = " ".join(texts)
    drawn = [data.draw(st.sampled_from(["", "", *UNSEEN])) for _ in plain]
    strewn = "".join(unseen + character for unseen, character in zip(drawn, plain, strict=True))
    assert words(strewn) == words(plain)
    for (start, end), word in zip(token_spans(strewn), words(plain), strict=True):
        assert fold_word(strewn[start:end]) == word


@given(st.text(max_size=40))
def test_places_are_those_of_the_text_as_it_was(text: str) -> None:
    found = spelled(text)
    assert found.text == respell(text)
    if found.starts is not None and found.ends is not None:
        assert len(found.starts) == len(found.ends) == len(found.text)
        assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))


def test_only_a_word_that_folding_changes_is_marked_as_written() -> None:
    assert written_term("casa") is None
    assert written_term("Casa") is None
    assert written_term("peña") == "pena:=peña"
