"""Another spelling is offered where nothing was found."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from search.index.generations import rebuild_index
from search.index.outbox import apply_outbox
from search.query.filters import SearchFilterSet
from search.query.request import SearchRequest
from search.query.spelling import suggested_spelling
from tests.factories import make_article


@pytest.fixture(autouse=True)
def articles(db: None) -> None:
    rebuild_index()
    for title, body in [
        ("Corridor opens", "the corridor in the mountains, phosphorus"),
        ("Corridors", "a corridor"),
        ("ممر", "الحكومة"),
        ("Corrida", ""),
    ]:
        make_article(title, body)
    apply_outbox()


def question(q: str) -> SearchRequest:
    address = QueryDict(mutable=True)
    address["q"] = q
    form = SearchFilterSet(address)
    assert not form.errors
    return form.request_value()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("coridor", "corridor"),
        ("CORIDOR", "corridor"),
        ("opnes", "opens"),
        ("the coridor", "the corridor"),
        ("coridor OR fosphorus", "corridor OR fosphorus"),
        ("phosforus", "phosphorus"),
        ('"coridor in"', '"corridor in"'),
        ("title:coridor -war", "title:corridor -war"),
        ("الحكومات", "الحكومه"),
        ("corridor", None),
        ("xyzxyz", None),
        ("teh", None),
        ("corid*", None),
        ("coridor~", None),
        ("-coridor", None),
        ("country:AM", None),
        ("", None),
    ],
)
def test_words_of_no_text_are_replaced_by_near_ones(typed: str, offered: str | None) -> None:
    assert suggested_spelling(question(typed)) == offered


def test_the_more_frequent_of_equally_near_words_is_offered() -> None:
    make_article("corridar", "")
    apply_outbox()
    assert suggested_spelling(question("corridur")) == "corridor"


def test_a_slip_that_stands_in_a_text_is_given_up_for_a_far_more_frequent_word() -> None:
    make_article("presidnt", "")
    for _ in range(101):
        make_article("president", "")
    apply_outbox()
    assert suggested_spelling(question("presidnt")) == "president"
    assert suggested_spelling(question("president")) is None
