"""Words near each other, and words as written."""

from __future__ import annotations

import pytest
from whoosh import query

from search.backends.exact import Exact
from tests.query.typed.asking import asked, tree, word


@pytest.mark.parametrize(
    ("typed", "apart"), [('"a b"~5', 5), ("“a b”~5", 5), ('"a b"~', 1), ('"a b"~999', 100), ('"a b"', 1)]
)
def test_a_number_after_a_phrase_says_how_far_its_words_may_be(typed: str, apart: int) -> None:
    node = tree(typed)
    assert node == query.Phrase("text", ["a", "b"], slop=apart)
    assert bool(asked(typed).notices) == (apart > 1)


@pytest.mark.parametrize(("operator", "apart"), [("NEAR", 10), ("NEAR/3", 3), ("NEAR3", 3), ("NEAR/999", 100)])
def test_near_finds_both_orders(operator: str, apart: int) -> None:
    answer = asked(f"a {operator} b")
    orders = (["a", "b"], ["b", "a"])
    assert answer.tree == query.Or([query.Phrase("text", order, slop=apart) for order in orders])
    assert answer.notices


def test_near_takes_phrases_alternatives_and_fields() -> None:
    for typed, orders in (('"a b" NEAR c', 2), ("(a OR b) NEAR c", 4), ("a NEAR b NEAR c", 6), ("title:(a NEAR b)", 2)):
        node = tree(typed)
        assert isinstance(node, query.Or)
        assert len(node.subqueries) == orders
        assert {leaf.fieldname for leaf in node.subqueries} == {"title" if "title" in typed else "text"}


@pytest.mark.parametrize("typed", ["a* NEAR b", "a NEAR -b", "a NEAR country:AM", "a NEAR b NEAR c NEAR d"])
def test_what_cannot_stand_near_is_searched_anywhere_and_said(typed: str) -> None:
    answer = asked(typed)
    assert isinstance(answer.tree, query.And)
    assert "anywhere" in answer.notices[0]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("=año", Exact("text", ["año"])),
        ('="año nuevo"', Exact("text", ["año", "nuevo"])),
        ("=“año nuevo”", Exact("text", ["año", "nuevo"])),
        ("title:=año", Exact("title", ["año"])),
        ('x -="año"', query.And([word("x"), query.Not(Exact("text", ["año"]))])),
        ("a = b", query.And([word("a"), word("b")])),
        ("E=mc2", word("E=mc2")),
        ("=== x", word("x")),
    ],
)
def test_an_equals_sign_before_a_word_asks_for_it_as_written(typed: str, expected: query.Query) -> None:
    assert tree(typed) == expected
