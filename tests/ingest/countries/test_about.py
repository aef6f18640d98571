"""Which countries a story is about."""

from __future__ import annotations

from search.ingest.countries import about_countries, country_codes, detect_mentions

FILLER = "Officials gave no further details of the plan on that day. " * 4


def _about(title: str, body: str) -> list[tuple[str, str]]:
    return about_countries(title, body, detect_mentions(title, body, "en"))


def test_a_country_of_the_title_the_dateline_or_the_first_lines_counts() -> None:
    assert _about("Spain votes", "OSLO, May 2 - Polish observers came.") == [
        ("ES", "named in the title"),
        ("NO", "the report is sent from there"),
        ("PL", "named in the first lines"),
    ]


def test_a_country_named_once_further_down_does_not_count() -> None:
    assert _about("Spain votes", FILLER + "An observer came from Chile.") == [("ES", "named in the title")]


def test_a_country_named_often_counts_wherever_it_stands() -> None:
    body = FILLER + "Chile grew. Chile exports. Chilean copper is dear."
    assert _about("Copper", body) == [("CL", "3 of 3 mentions")]


def test_the_countries_a_story_is_about_are_among_those_it_names() -> None:
    body = "PARIS, May 3 - Italy and Peru talk. " + FILLER + "Japan and Kenya agree."
    mentions = detect_mentions("A day", body, "en")
    assert {code for code, _ in about_countries("A day", body, mentions)} <= set(country_codes(mentions))
