"""OR, AND, NOT, `any` and the small words that mean them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query

from tests.query.typed.asking import asked, finds, tree, word

A, B, C, D = (word(text) for text in "abcd")
AM = word("AM", "country")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a -b", query.And([A, query.Not(B)])),
        ("a b -c", query.And([query.Or([A, B]), query.Not(C)])),
        ("(a OR b) -c", query.And([query.Or([A, B]), query.Not(C)])),
        ("NOT c a", query.And([A, query.Not(C)])),
        ("-b -c", query.And([query.Not(B), query.Not(C)])),
        ("a AND -b c", query.And([query.Or([A, C]), query.Not(B)])),
        ("c -b AND a", query.And([query.Or([C, A]), query.Not(B)])),
        ("a OR -b", query.Or([A, query.Not(B)])),
        ("(a -b) c", query.Or([query.And([A, query.Not(B)]), C])),
        ("a AND b c", query.Or([query.And([A, B]), C])),
        ("country:AM a b", query.And([query.Or([A, B]), AM])),
        ("country:AM country:AZ", query.Or([AM, word("AZ", "country")])),
        ("a country:none", query.And([A, query.Not(query.Every("country"))])),
        ("a author:x", query.And([A, word("x", "author")])),
        ("a | b c", query.Or([A, B, C])),
    ],
)
def test_any_joins_only_the_wanted_words(typed: str, expected: query.Query) -> None:
    assert tree(typed, "any") == expected


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), min_size=1, max_size=6),
    st.sets(st.sampled_from("abcdef")),
)
def test_what_is_excluded_is_in_no_article_found(clauses: list[tuple[str, bool]], article: set[str]) -> None:
    typed = " ".join(f"-{text}" if excluded else text for text, excluded in clauses)
    wanted = {text for text, excluded in clauses if not excluded}
    unwanted = {text for text, excluded in clauses if excluded}
    text = " ".join(sorted(article))
    none = not article & unwanted
    assert finds(tree(typed, "any"), text) == (none and (not wanted or bool(article & wanted)))
    assert finds(tree(typed), text) == (none and wanted <= article)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a b OR c d", query.And([A, query.Or([B, C]), D])),
        ("a AND b OR c", query.Or([query.And([A, B]), C])),
        ("a OR b AND c", query.Or([A, query.And([B, C])])),
        ("a OR NOT b", query.Or([A, query.Not(B)])),
        ("a | b", query.Or([A, B])),
        ("a|b", query.Or([A, B])),
        ("a || b", query.Or([A, B])),
        ("title:(a OR b)", query.Or([word("a", "title"), word("b", "title")])),
        ("-(a OR b) c", query.And([query.Not(query.Or([A, B])), C])),
        ("NOT NOT a", A),
        ("NOT -a b", query.And([A, B])),
        ("a () b", query.And([A, B])),
        ("（a OR b） c", query.And([query.Or([A, B]), C])),
    ],
)
def test_how_operators_bind(typed: str, expected: query.Query) -> None:
    assert tree(typed) == expected


@pytest.mark.parametrize(
    ("typed", "capitals"),
    [
        ("a or b", "a OR b"),
        ("a or b or c", "a OR b OR c"),
        ("a and b", "a AND b"),
        ("a and not b", "a AND NOT b"),
        ("a not b", "a NOT b"),
        ("(a or b) c", "(a OR b) c"),
        ('"a b" or "c d"', '"a b" OR "c d"'),
        ("country:AM or country:AZ", "country:AM OR country:AZ"),
        ("a b not country:AM", "a b NOT country:AM"),
        ("title:a or title:b and c", "title:a OR title:b AND c"),
    ],
)
def test_small_operators_are_read_where_they_are_meant_and_said(typed: str, capitals: str) -> None:
    answer = asked(typed)
    assert answer.tree == tree(capitals)
    assert answer.otherwise
    assert answer.notices
    assert not asked(capitals).otherwise
    assert tree(typed, letter=True) != answer.tree


@pytest.mark.parametrize(
    "typed",
    ["to be or not to be", "Peace not war", "now or never they say", "and so on", "bread and", "or", "not guilty",
     "he was not “a friend” of hers", "cold (not hot) soup is good"],
)  # fmt: skip
def test_small_words_of_a_sentence_are_words(typed: str) -> None:
    assert finds(tree(typed), typed)
    assert not asked(typed).otherwise


@pytest.mark.parametrize(
    ("typed", "left"),
    [("a OR", "a"), ("OR a", "a"), ("a AND NOT AND b", "a AND b"), ("x NOT OR y", "x OR y"), ("a (OR b)", "a (b)"),
     ("(NOT) a", "a"), ("a b) c", "a b c"), ("a (b c", "a b c"), ("a NEAR", "a")],
)  # fmt: skip
def test_what_has_nothing_to_work_on_is_left_out_and_said(typed: str, left: str) -> None:
    assert tree(typed) == tree(left)
    assert asked(typed).notices
