"""Folding, tokens and terms."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.analysis.forms import query_terms
from search.analysis.spelling import respell
from search.analysis.stemming import profile_of
from search.analysis.terms import (
    fold_word,
    has_runs,
    term_of,
    token_bounds,
    token_spans,
    token_texts,
    tokens,
)
from search.engine.writing.splitter import CharacterSplitter


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sécurité", "SECURITE"),
        ("الحكومة", "الحكومه"),
        ("أذربيجان", "اذربيجان"),
        ("كَتَبَ", "كتب"),
        ("الحكـومة", "الحكومة"),
        ("یک", "يك"),
        ("İstanbul", "istanbul"),
        ("Ёлка", "елка"),
        ("Größe", "GRÖSSE"),
        ("١٢٣", "123"),
        ("۱۲۳", "123"),
        ("Łódź", "lodz"),
        ("Azərbaycan", "azerbaycan"),
        (unicodedata.normalize("NFD", "Müller"), "Müller"),
    ],
)
def test_spellings_of_one_word_fold_to_the_same(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other)


@pytest.mark.parametrize(("one", "other"), [("й", "и"), ("हिन्दी", "हनद"), ("が", "か"), ("мир", "mup")])
def test_letters_that_differ_stay_different(one: str, other: str) -> None:
    assert fold_word(one) != fold_word(other)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    found = list(tokens(f"a {text}"))
    assert found
    for token in found:
        assert fold_word(fold_word(token.text)) == fold_word(token.text)


@given(st.text())
def test_tokens_are_stretches_of_the_text_in_order(text: str) -> None:
    text = f"a {text}"
    found = list(tokens(text))
    assert found
    assert [token.position for token in found] == list(range(len(found)))
    assert all(fold_word(text[token.start : token.end]) == fold_word(token.text) for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'Arménie d’hier", ["L", "Arménie", "d", "hier"]),
        ("Türkiye'nin", ["Türkiye"]),
        ("Nagorno-Karabakh", ["Nagorno", "Karabakh"]),
        ("中国政府", ["中国", "国政", "政府", "府"]),
        ("在2020年", ["在", "2020", "年"]),
        ("कश्मीर में", ["कश्मीर", "में"]),
        ("كَتَبَ", ["كَتَبَ"]),
        ("ไทย", ["ไท", "ทย", "ย"]),
        ("_a_b", ["a", "b"]),
    ],
)
def test_tokens_of_scripts(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text)] == expected


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "nations", "nation"),
        ("fr", "arrêtée", "arrêté"),
        ("fr", "sécurité", "securite"),
        ("ru", "Азербайджана", "Азербайджаном"),
        ("ar", "الحكومة", "حكومة"),
        ("ar", "الحكومه", "الحكومة"),
        ("ar", "والحكومة", "الحكومة"),
        ("ar", "بالحكومة", "الحكومة"),
        ("ar", "المفاوضات", "مفاوضات"),
        ("ar", "والمعارك", "معارك"),
        ("ar", "للسنوات", "سنوات"),
        ("ar", "البيان", "بيان"),
        ("ar", "الوزارة", "وزارة"),
        ("ar", "روسية", "روسي"),
        ("uk", "Вірменією", "Вірменія"),
        ("tr", "hükümetin", "hükümet"),
        ("de", "Regierungen", "Regierung"),
        ("hy", "հայաստանի", "հայաստան"),
    ],
)
def test_forms_of_a_word_share_a_term_in_their_language(language: str, one: str, other: str) -> None:
    assert term_of(one, language) == term_of(other, language)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hopping", "hop"), ("running", "run"), ("controlled", "control"), ("stopped", "stop"), ("falling", "fall")],
)
def test_doubled_consonants_are_stemmed_where_whooshs_own_stemmer_leaves_them(one: str, other: str) -> None:
    assert term_of(one, "en") == term_of(other, "en")


@given(st.text(min_size=1, max_size=30), st.sampled_from(["en", "ar", "fr", "ru", "tr", "xx"]))
def test_the_term_of_a_word_does_not_depend_on_its_accents(word: str, profile: str) -> None:
    assert term_of(word, profile) == term_of(fold_word(word), profile)


@given(st.text())
def test_the_fast_tokens_are_the_same_tokens(text: str) -> None:
    assert token_texts(text) == [token.text for token in tokens(text)]
    assert token_spans(text) == [(token.start, token.end) for token in tokens(text)]


def test_a_language_without_a_stemmer_gets_the_plain_analysis() -> None:
    assert profile_of("az") == "xx"
    assert term_of("Azərbaycanın", "xx") == "azerbaycanin:xx"


@given(st.text())
def test_the_engine_splits_text_with_spaces_into_the_same_tokens(text: str) -> None:
    text = respell(text)
    assume(not has_runs(text))
    assert CharacterSplitter(fold=str)(text) == token_texts(text)


@pytest.mark.parametrize("written", ["وأذربيجان", "بأذربيجان", "لأذربيجان", "فأذربيجان", "وبأذربيجان", "أذربيجان"])
def test_an_arabic_word_is_found_with_the_letters_written_onto_it(written: str) -> None:
    assert term_of(written, "ar") in query_terms("أذربيجان", "ar")


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("ab 1-.'\u200c\u00adéسَ政府中โ々 \n"), st.characters(codec="utf-8")),
        max_size=60,
    )
)
def test_places_of_tokens_are_those_of_the_tokens(text: str) -> None:
    cut = [(token.start, token.end) for token in tokens(text)]
    assert token_spans(text) == cut
    assert [(first, end) for first, end in zip(*(bounds.tolist() for bounds in token_bounds(text)), strict=True)] == cut
    assert token_texts(text) == [token.text for token in tokens(text)]
