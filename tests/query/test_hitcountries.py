"""The countries of a hit: first those that were asked for, then those it is about, then by number."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from search.query.filters import SearchFilterSet
from search.query.hitcountries import countries_asked_for, in_order

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("", ()),
        ("country=FR&country=AM", ("FR", "AM")),
        ("country=none&q=peace", ("none",)),
        ("q=country:AM OR country:TR", ("AM", "TR")),
        ("q=country:AM -country:TR", ("AM",)),
        ("country=FR&q=country:AM", ("FR", "AM")),
        ("country_not=FR", ()),
        ("q=الحرب في أرمينيا", ("AM",)),
        ("q=south sudan", ("SS", "SD")),
        ("q=visit Армения -France", ("AM",)),
        ("q=made in us", ()),
        ("q=title:georgia", ("GE",)),
    ],
)
def test_countries_are_asked_for_by_ticks_fields_and_names(address: str, asked: tuple[str, ...]) -> None:
    form = SearchFilterSet(QueryDict(address))
    assert not form.errors
    assert countries_asked_for(form.request_value()) == asked


def test_after_those_asked_for_come_those_it_is_about_then_the_most_mentioned() -> None:
    counts = {"AM": 9, "AZ": 2, "FR": 30, "RU": 1, "TR": 9}
    about = [{"country": "RU", "reason": "named in the title"}, {"country": "AZ", "reason": "named in the title"}]
    assert in_order(counts, about, ("TR", "GE")) == ("TR", "AZ", "RU", "FR", "AM")
    assert in_order(counts, (), ()) == ("FR", "AM", "TR", "AZ", "RU")
