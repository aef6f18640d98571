"""Addresses that differ in one value are made from one encoding, and say the same as when each is
encoded by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.backends.base import FACETS
from search.query.querystring import (
    encode,
    excluding_gap,
    period_gap,
    ticking_gap,
    with_excluded,
    with_toggled,
)
from search.query.request import SearchRequest, Selection

values = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=8)
selections = st.builds(Selection, st.lists(values, max_size=2).map(tuple), st.lists(values, max_size=2).map(tuple))
requests = st.builds(
    SearchRequest,
    q=st.one_of(values, st.just("%00 & country=AM")),
    outlet=selections,
    country=selections,
    date_from=st.sampled_from(["", "2020"]),
    page=st.integers(1, 3),
    facet_size=st.sampled_from([100, 1000]),
)


@given(requests, st.sampled_from(FACETS), values)
def test_a_value_put_into_the_gap_gives_the_address_that_ticks_or_excludes_it(
    request: SearchRequest, facet: str, value: str
) -> None:
    selection = request.selection(facet)
    if value in (*selection.ticked, *selection.excluded):
        return
    assert ticking_gap(request, facet).filled(value) == encode(with_toggled(request, facet, value))
    assert excluding_gap(request, facet).filled(value) == encode(with_excluded(request, facet, value))


@given(requests)
def test_a_period_put_into_the_gap_is_both_ends_of_the_range(request: SearchRequest) -> None:
    address = period_gap(request).filled("2020-10")
    assert "date_from=2020-10&date_to=2020-10" in address
    assert "page=" not in address
