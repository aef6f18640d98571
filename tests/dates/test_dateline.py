"""Dates of datelines."""

from __future__ import annotations

import pytest

from search.dates.dateline import read_dateline
from search.ingest.labelling import ToLabel, label
from search.ingest.splitting.split import split_page


@pytest.mark.parametrize(
    "text",
    [
        "МОСКВА, 5 октября 2020 - Посол вручил грамоты.",
        "МОСКВА, 5 октября 2020 г. — Посол вручил грамоты.",
        "МОСКВА, 5 октября 2020. /АГЕНТСТВО/ Посол вручил грамоты.",
        "ANKARA, Oct. 5, 2020 (AA) — The council met.",
        "BAKU, Azerbaijan, Oct. 5, 2020 /Wire/ -- The company said.",
        "القاهرة، 5 تشرين الأول 2020 - قال الوزير.",
        "القاهرة (وكالات) - ٥ أكتوبر ٢٠٢٠ - قال الوزير.",
        "Paris, 5 octobre 2020 (AFP) - Le conseil a voté.",
        "Berlin, 5. Oktober 2020 – Der Rat stimmte zu.",
        "تهران، ۱۴ مهر ۱۳۹۹ - وزیر گفت.",
    ],
)
def test_a_dateline_with_a_year_gives_the_day(text: str) -> None:
    found = read_dateline(text)
    assert found is not None
    assert (found.iso, found.source) == ("2020-10-05", "stated")


@pytest.mark.parametrize(
    "text",
    [
        "TORONTO, Feb 26 - The treaty of 2020 is void.",
        "МОСКВА, 5 октября - Посол вручил грамоты.",
        "On Monday, October 5, 2020 - the council met.",
        "Born in Paris, 5 October 1920 - died in Rome.",
        "The treaty of 5 October 2020 - never signed - is void.",
        "LONDON, October 2020 - The month was wet.",
        "PARIS, 5 October 2020 was a day of rain.",
        "PARIS, 35 October 2020 - Rain.",
        "",
    ],
)
def test_what_is_no_dateline_or_names_no_year_gives_nothing(text: str) -> None:
    assert read_dateline(text) is None


def test_a_dateline_dates_an_article_of_a_page_that_states_no_other_date() -> None:
    prose = "The harbour council decided on Tuesday to close the northern quay for repairs before the winter."
    (article,) = split_page(f"Quay closed\n\nLOMOND, 5 October 2020 - {prose}\n\n{prose}\n")
    assert article.published.iso == "2020-10-05"
    assert article.evidence.date is not None
    assert str(article.evidence.date.cues[0]) == "dateline (line 3)"


def test_a_stated_date_goes_before_that_of_the_dateline() -> None:
    prose = "LOMOND, 5 October 2020 - The harbour council decided on Tuesday to close the northern quay for repairs."
    (article,) = split_page(f"Quay closed\n\n7 October 2020\n\n{prose}\n")
    assert article.published.iso == "2020-10-07"


def test_a_record_without_a_date_is_dated_by_its_dateline_and_else_by_its_address() -> None:
    text = "LOMOND, 5 October 2020 - The harbour council decided to close the quay."
    assert label(ToLabel("Quay closed", text, "en", "", "", None)).published.iso == "2020-10-05"
    address = "https://quay.example/2020/10/06/closed"
    assert label(ToLabel("Quay closed", text, "en", "", address, None)).published.iso == "2020-10-06"
