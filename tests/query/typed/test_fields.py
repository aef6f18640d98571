"""Fields as people write them."""

from __future__ import annotations

import pytest
from whoosh import query

from search.exceptions import QueryError
from tests.query.typed.asking import asked, finds, tree, word

AM = word("AM", "country")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("country: Armenia", AM),
        ("Country : Armenia", AM),
        ("country :Armenia", AM),
        ("country：Armenia", AM),
        ("COUNTRY:AM", AM),
        ("country: AM, x", query.And([AM, word("x")])),
        ("country: South Korea", word("KR", "country")),
        ('country: "South Korea"', word("KR", "country")),
        ("outlet: South Front x", query.And([word("7", "outlet"), word("x")])),
        ("TITLE:x", word("x", "title")),
        ("title : x", word("x", "title")),
        ("title: (x OR y)", query.Or([word("x", "title"), word("y", "title")])),
        ("date: 2020", query.NumericRange("date", 737425, 737790)),
        ("-country: AM x", query.And([query.Not(AM), word("x")])),
        ('author:"Jane Doe"', query.Phrase("author", ["Jane", "Doe"])),
    ],
)
def test_a_field_may_have_spaces_and_capitals(typed: str, expected: query.Query) -> None:
    assert tree(typed) == expected


def test_a_spaced_field_is_said_and_words_to_the_letter() -> None:
    answer = asked("country: Armenia")
    assert answer.otherwise
    assert "country:Armenia" in answer.notices[0]
    assert tree("country: Armenia", letter=True) == query.And([word("country"), word("Armenia")])
    assert not asked("country:Armenia").notices


@pytest.mark.parametrize("typed", ["Country: life", "date: tomorrow", "language: barrier", "outlet: mall", "title:"])
def test_what_is_no_value_after_a_space_is_words(typed: str) -> None:
    assert finds(tree(typed), typed)


def test_without_a_space_it_is_refused() -> None:
    with pytest.raises(QueryError, match="No country"):
        tree("country:Narnia")


@pytest.mark.parametrize("typed", ["Author: I was wrong about the bridge", "New date: 2020 is the year to come"])
def test_in_a_sentence_a_spaced_field_may_be_words_too(typed: str) -> None:
    assert finds(tree(typed), typed)


def test_in_a_sentence_a_spaced_field_is_a_field_too() -> None:
    node = tree("country: Armenia closes all its border crossings")
    assert node is not None
    assert AM in list(node.leaves())


@pytest.mark.parametrize("typed", ["published:2020", "site:example.org", 'headline:"a b"', "published: 2020"])
def test_a_field_that_does_not_exist_is_said_and_its_words_are_searched(typed: str) -> None:
    answer = asked(typed)
    assert "There is no field" in answer.notices[0]
    assert finds(answer.tree, typed)


@pytest.mark.parametrize(
    "typed", ["Re: talks", "Update: two dead", "http://example.org", "12:30", "mailto:a@b.example", "std::vector"]
)
def test_a_colon_in_a_text_makes_no_field(typed: str) -> None:
    assert not asked(typed).notices
