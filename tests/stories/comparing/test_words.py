from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.stories.comparing import words as words_module
from search.stories.comparing.words import SHORT_BODY_WORDS, compared_words, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Harbour, re-opened!", "the harbour re opened"),
        ("L’ÉCOLE rouvre", "l'école rouvre"),
        ("مُحَمَّدٌ يكتب", "محمد یکتب"),
        ("كتاب الأمة", "کتاب الامه"),
        ("می\u200cرود", "میرود"),
        ("co\u00adoperate", "cooperate"),
        ("cafe\u0301", "café"),
        ("ＡＢＣ１２", "abc12"),
        ("港口今天，重新开放。", "港口 今天重新开放"),
        ("ท่าเรือ\u200bเปิดใหม่", "ท่าเรือ เปิดใหม่"),
    ],
)
def test_spelling_that_says_nothing_is_folded_away(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("— … !", []),
        ("two words", ["two", "words"]),
        ("snake_case", ["snake", "case"]),
        ("港口开放", ["港口", "口开", "开放"]),
        ("港", ["港"]),
        ("iPhone手机5台", ["iphone", "手机", "5", "台"]),
        ("กขคง", ["กขค", "ขคง"]),
        ("ភ្នំ", ["ភ្ន", "្នំ"]),
        ("हिन्दी समाचार।", ["हिन्दी", "समाचार"]),
    ],
)
def test_each_script_is_cut_in_its_own_way(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_no_word_is_empty(text: str) -> None:
    found = words(f"a {text}")
    assert found
    assert all(found)


def test_a_long_body_is_compared_without_its_title() -> None:
    body = " ".join(f"word{number}" for number in range(SHORT_BODY_WORDS))
    assert compared_words("A title", body) == words(body)


def test_a_short_body_is_compared_with_its_title() -> None:
    assert compared_words("A title", "Few words.") == ["a", "title", "few", "words"]


def test_a_short_body_that_opens_with_the_title_has_it_once() -> None:
    assert compared_words("A title", "A TITLE\nFew words.") == ["a", "title", "few", "words"]


@given(st.text(st.characters(max_codepoint=0x2000) | st.sampled_from("_—’«» \ud800\u00a0é́"), max_size=60))
def test_the_short_way_finds_the_words_that_the_pattern_finds(text: str) -> None:
    folded = words_module._folded(text)
    assume(not words_module._UNSPACED.search(folded))
    assert words(text) == words_module._SPACED.findall(folded)
