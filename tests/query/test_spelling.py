"""Another spelling is offered where little was found."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from search.analysis.terms import fold_word
from search.backends.whoosh import WhooshBackend
from search.index.generations import rebuild_index
from search.index.outbox import apply_outbox
from search.query.filters import SearchFilterSet
from search.query.request import SearchRequest
from search.query.results import search
from search.query.spelling import FEW_HITS, Suggestion, spellings_of, suggestion_for
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


def suggested_spelling(request: SearchRequest) -> str | None:
    return next(iter(spellings_of(request)), None)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("coridor", "corridor"),
        ("Coridor", "Corridor"),
        ("korridor", "corridor"),
        ("ocrridor", "corridor"),
        ("orridor", "corridor"),
        ("xcorridor", "corridor"),
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


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("Шушинский", "Шущинский"), ("Στεπανακέρτ", "Σταπανακερτ"), ("Ստեփանակերտ", "Ստեպանակերտ"), ("ירושלים", "ירושלם"),
     ("تبليسي", "طبليسي"), ("Übersee", "Ubersea")],
)  # fmt: skip
def test_words_of_every_script_are_offered_in_it(right: str, wrong: str) -> None:
    make_article(right, "", language="")
    apply_outbox()
    offered = suggested_spelling(question(wrong))
    assert offered is not None
    assert fold_word(offered) == fold_word(right)


def test_names_of_authors_are_offered_where_an_author_is_sought() -> None:
    make_article("A title", "Petrosyen", author="Anna Petrosyan")
    apply_outbox()
    assert suggested_spelling(question("author:Petrosian")) == "author:Petrosyan"


def test_few_hits_have_another_spelling_beside_them_where_that_finds_far_more() -> None:
    for number in range(20):
        make_article("Shusha", "x", outlet=f"Outlet {number % 2}")
    for _ in range(4):
        make_article("Shushi", "x")
    apply_outbox()
    assert suggestion_for(question("Shushi"), 4) == Suggestion("Shusha", 20)
    assert suggestion_for(question("Shusha"), 20) is None
    assert suggestion_for(question("shushi OR xyzxyz"), 4) == Suggestion("shusha OR xyzxyz", 20)
    assert search(question("Shushi")).suggestion == Suggestion("Shusha", 20)


def test_a_near_word_of_a_long_name_need_only_find_more() -> None:
    for title in ["Shusha"] * 5 + ["Shushi"] * 4 + ["mint"] * 5 + ["mind"] * 4:
        make_article(title, "")
    apply_outbox()
    assert suggestion_for(question("Shushi"), 4) == Suggestion("Shusha", 5)
    assert suggestion_for(question("mind"), 4) is None


def test_nothing_is_offered_that_finds_no_more() -> None:
    make_article("corridor lachin", "")
    apply_outbox()
    assert suggestion_for(question("coridor lechin country:AM"), 0) is None


def test_nothing_is_looked_up_beside_many_hits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WhooshBackend, "spellings", None)
    assert suggestion_for(question("coridor"), FEW_HITS + 1) is None


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
