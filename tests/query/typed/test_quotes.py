"""Pairs of quotation marks."""

from __future__ import annotations

import pytest
from whoosh import query

from search.query.typed.quotes import CLOSING, quotes_of
from tests.query.typed.asking import asked, tree, word

PHRASE = query.Phrase("text", ["white", "bread"])


@pytest.mark.parametrize(("opening", "closing"), [(first, last) for first, its in CLOSING.items() for last in its])
def test_every_pair_makes_a_phrase(opening: str, closing: str) -> None:
    assert tree(f"{opening}white bread{closing}") == PHRASE
    assert tree(f"{opening} white bread {closing}") == PHRASE
    assert tree(f"salt {opening}white bread{closing} oil") == query.And([word("salt"), PHRASE, word("oil")])
    assert not asked(f"{opening}white bread{closing}").notices


@pytest.mark.parametrize("typed", ['“white bread"', '"white bread”', '„white bread"'])
def test_marks_of_two_kinds_close_one_another(typed: str) -> None:
    assert tree(typed) == PHRASE


@pytest.mark.parametrize("mark", CLOSING)
def test_a_lone_mark_is_left_out_and_said(mark: str) -> None:
    answer = asked(f"{mark}white bread -salt")
    assert [notice for notice in answer.notices if "not closed" in notice]
    assert "Not" in repr(answer.tree)


@pytest.mark.parametrize("typed", ['צה"ל', "דו״ח", 'x"y'])
def test_a_mark_between_two_letters_belongs_to_the_word(typed: str) -> None:
    assert quotes_of(f'"{typed} {typed}"').pairs == {0: 2 * len(typed) + 2}
    assert tree(typed) == word(typed)


def test_between_letters_written_without_spaces_a_mark_is_one() -> None:
    assert tree('他说"和平"了') == query.And([word("他说"), query.Phrase("text", ["和平"]), word("了")])


def test_the_apostrophe_and_single_marks_are_none() -> None:
    assert tree("‘white bread’") == query.And([word("‘white"), word("bread’")])
