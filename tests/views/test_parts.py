"""What pages show, part by part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.backends.base import DateBin, Interval
from search.query.facets import Facet, FacetValue
from search.query.request import SearchRequest
from search.views.parts.facetpanel import panel_of
from search.views.parts.marking import Countries, Piece, paragraphs, pieces, sound_spans
from search.views.parts.text import direction, number
from search.views.parts.timeline import slots_of, timeline_of

COUNTRIES = Countries({"AM": "Armenia"}, {"AM": "/?country=AM"})


def dates(*bars: DateBin, interval: Interval = "month") -> Facet:
    return Facet("date", (), 0, interval=interval, bars=bars)


def one(value: str, count: int = 1) -> DateBin:
    return DateBin(value, value, count)


@pytest.mark.parametrize(
    ("interval", "bars", "places"),
    [
        ("month", [one("2020-11"), one("2021-02")], [0, 3]),
        ("day", [one("2020-02-28"), one("2020-03-01")], [0, 2]),
        ("year", [one("2019"), one("2021")], [0, 2]),
        ("year", [DateBin("1800", "1809", 1), DateBin("2020", "2029", 1)], [0, 22]),
        ("year", [DateBin("0001", "0099", 1), DateBin("0100", "0199", 1), DateBin("2000", "2099", 1)], [0, 1, 20]),
        ("month", [DateBin("1901-01", "2019-12", 1, stray=True), one("2020-01"), one("2020-03")], [0, 2, 4]),
        ("month", [one("2020-01"), one("2020-03"), DateBin("2020-04", "2099-01", 1, stray=True)], [0, 2, 4]),
        ("month", [], []),
    ],
)
def test_bars_are_as_far_apart_as_their_dates_but_stray_ones(
    interval: Interval, bars: list[DateBin], places: list[int]
) -> None:
    assert [slot.at for slot in slots_of(bars, interval)] == places


def test_bars_fill_the_width_and_the_height() -> None:
    timeline = timeline_of(dates(one("2020-01", 3), one("2020-04", 6)), SearchRequest())
    assert [(bar.slot_x, bar.height, bar.y) for bar in timeline.bars] == [("0.00%", 32, 32), ("75.00%", 64, 0)]


def test_a_bar_of_stray_dates_says_its_time_and_leads_there() -> None:
    bar = DateBin("1901-01", "2018-10", 2, stray=True)
    first = timeline_of(dates(bar, one("2018-11")), SearchRequest(sort="newest")).bars[0]
    assert first.label == "January 1901 – October 2018, 2 articles"
    assert first.url == "/?date_from=1901-01&date_to=2018-10"


@pytest.mark.parametrize(
    ("first", "last", "interval", "labels"),
    [
        ("1987", "2020", "year", ["1990", "1995", "2000", "2005", "2010", "2015", "2020"]),
        ("2019", "2021", "year", ["2019", "2020", "2021"]),
        ("2020-11", "2022-02", "month", ["2021", "2022"]),
        ("2020-03", "2020-06", "month", ["March 2020", "June 2020"]),
        ("2020-03", "2020-03", "month", ["March 2020"]),
        ("2020-01-05", "2020-02-20", "day", ["February 2020"]),
        ("2020-01-05", "2020-01-20", "day", ["Jan. 5, 2020", "Jan. 20, 2020"]),
    ],
)
def test_the_axis_is_labelled_with_few_round_years_or_months(
    first: str, last: str, interval: Interval, labels: list[str]
) -> None:
    bars = [one(first), one(last)] if first != last else [one(first)]
    assert [tick.label for tick in timeline_of(dates(*bars, interval=interval), SearchRequest()).ticks] == labels


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
