"""What pages show, part by part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.facets import Facet, FacetValue
from search.query.request import SearchRequest
from search.views.parts.facetpanel import panel_of
from search.views.parts.marking import Countries, Piece, paragraphs, pieces, sound_spans
from search.views.parts.text import direction, number
from search.views.parts.timeline import MOST_BARS, Bucket, timeline_of, with_empty_buckets

COUNTRIES = Countries({"AM": "Armenia"}, {"AM": "/?country=AM"})


def test_months_without_articles_are_filled_in_across_the_year() -> None:
    assert [(bucket.first, bucket.count) for bucket in with_empty_buckets([("2020-11", 2), ("2021-02", 1)])] == [
        ("2020-11", 2),
        ("2020-12", 0),
        ("2021-01", 0),
        ("2021-02", 1),
    ]


@pytest.mark.parametrize(
    ("values", "first", "bars"),
    [
        ([("2019", 1), ("2021", 1)], Bucket("2019", "2019", 1), 3),
        ([("1805", 1), ("2024", 2)], Bucket("1800", "1809", 1), 23),
        ([("0007", 1), ("2024", 1)], Bucket("0001", "0099", 1), 21),
        ([("0001", 1), ("9999", 1)], Bucket("0001", "0099", 1), 100),
        ([], None, 0),
    ],
)
def test_many_years_become_decades_or_centuries(values: list[tuple[str, int]], first: Bucket | None, bars: int) -> None:
    buckets = with_empty_buckets(values)
    assert (buckets[0] if buckets else None) == first
    assert len(buckets) == bars <= MOST_BARS


def test_bars_fill_the_width_and_the_height() -> None:
    facet = Facet("date", (FacetValue("2020-01", "January 2020", 3), FacetValue("2020-04", "April 2020", 6)), 0)
    timeline = timeline_of(facet, SearchRequest())
    assert [(bar.slot_x, bar.height, bar.y) for bar in timeline.bars] == [("0.00%", 32, 32), ("75.00%", 64, 0)]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("1987", "2020", ["1990", "1995", "2000", "2005", "2010", "2015", "2020"]),
        ("2019", "2021", ["2019", "2020", "2021"]),
        ("2020-11", "2022-02", ["2021", "2022"]),
        ("2020-03", "2020-06", ["March 2020", "June 2020"]),
        ("2020-03", "2020-03", ["March 2020"]),
    ],
)
def test_the_axis_is_labelled_with_few_round_years(first: str, last: str, labels: list[str]) -> None:
    facet = Facet("date", (FacetValue(first, "", 1), FacetValue(last, "", 1)), 0)
    assert [tick.label for tick in timeline_of(facet, SearchRequest()).ticks] == labels


def test_a_facet_cut_by_the_engine_leads_to_all_its_values() -> None:
    facet = Facet("country", tuple(FacetValue(f"A{at}", f"A{at}", 1) for at in range(20)), 0)
    panel = panel_of(facet, SearchRequest(sort="newest"), 20)
    assert (panel.rest_label, panel.all_url) == ("Show the 20 most frequent", "/?facet_size=1000")
    assert panel_of(facet, SearchRequest(), 1000).rest_label == "Show all 20 countries"


def test_the_timeline_of_undated_articles_has_no_bars() -> None:
    timeline = timeline_of(Facet("date", (), 3), SearchRequest(sort="newest"))
    assert timeline.bars == ()
    assert [link.toggle_url for link in timeline.missing] == ["/?date=none"]


def test_mentions_that_are_not_where_they_say_are_left_out() -> None:
    mentions = [(0, 7, "Armenia", "AM"), (3, 9, "enia, ", "AM"), (0, 4, "Iran", "IR"), (None, None, "Iran", "IR")]
    assert [span.country for span in sound_spans("Armenia, again", mentions)] == ["AM"]


def test_a_mention_partly_found_is_cut_where_the_marks_end() -> None:
    spans = sound_spans("In Armenia", [(3, 10, "Armenia", "AM")])
    assert pieces("In Armenia", spans, [(0, 4)], COUNTRIES) == (
        Piece("In ", found=True),
        Piece("A", "/?country=AM", "Armenia", found=True),
        Piece("rmenia", "/?country=AM", "Armenia"),
    )


@given(
    st.text(alphabet="ab \n", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9))),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9))),
)
def test_the_pieces_of_all_paragraphs_are_the_text(
    text: str, mentions: list[tuple[int, int]], found: list[tuple[int, int]]
) -> None:
    spans = sound_spans(text, [(start, start + size, text[start : start + size], "AM") for start, size in mentions])
    marks = [(start, start + size) for start, size in found]
    shown = [
        "".join(piece.text for piece in paragraph.pieces) for paragraph in paragraphs(text, spans, marks, COUNTRIES)
    ]
    assert shown == [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("NATO: قمة في بروكسل اليوم", "", "rtl"),
        ("<mark>قمة</mark> &amp; أخبار", "ar", "rtl"),
        ("A summit about حرب", "ar", "ltr"),
        ("2020!", "ar", "rtl"),
        ("2020!", "", "ltr"),
        ("", "fa", "rtl"),
    ],
)
def test_text_runs_the_way_most_of_its_letters_do(text: str, language: str, expected: str) -> None:
    assert direction(text, language) == expected


def test_numbers_are_grouped() -> None:
    assert number(1234567) == "1,234,567"
