"""The name of a newspaper at the top of a page."""

from __future__ import annotations

from datetime import date

from search.ingest.splitting.split import split_page

PAGE = """The Harbour Gazette
12 March 2021

Fishermen fear the new quota for anchovies
By Anna Tillmore

BATUMI, March 12 - Fishermen along the coast said on Friday that a new quota would ruin them before the season had begun.
The ministry wants to cut the catch by a third, and says that stocks have fallen for six years in a row without a pause.

Lighthouse keeper retires after forty years
By Marek Oland

The last keeper of the lighthouse at Poti has retired after forty years, and nobody will take his place at the lamp.
The light has been run by a computer since the autumn, and the keeper's house will become a museum of the harbour.
"""


def test_the_name_at_the_top_is_the_outlet_of_all_articles_and_no_title() -> None:
    first, second = split_page(PAGE)
    assert (first.title, first.outlet) == ("Fishermen fear the new quota for anchovies", "The Harbour Gazette")
    assert (second.title, second.outlet) == ("Lighthouse keeper retires after forty years", "The Harbour Gazette")
    assert first.evidence.outlet is not None
    assert [cue.line for cue in first.evidence.outlet.cues] == [1]


def test_the_date_under_it_is_that_of_the_first_article_alone() -> None:
    first, second = split_page(PAGE)
    assert (first.published.day, second.published.day) == (date(2021, 3, 12), None)


def test_an_outlet_that_an_article_states_counts_more() -> None:
    first, second = split_page(PAGE.replace("By Marek Oland", "By Marek Oland\nSource: Coast Daily"))
    assert (first.outlet, second.outlet) == ("The Harbour Gazette", "Coast Daily")


def test_without_a_blank_line_below_the_name_is_the_title() -> None:
    (first, *_) = split_page(PAGE.replace("12 March 2021\n\n", "12 March 2021\n"))
    assert first.title == "The Harbour Gazette"


def test_a_headline_that_names_an_outlet_stays_a_headline() -> None:
    page = PAGE.replace("The Harbour Gazette\n12 March 2021", "Harbour Gazette journalists go on strike")
    assert split_page(page)[0].title == "Harbour Gazette journalists go on strike"


def test_sections_of_a_site_are_no_name() -> None:
    page = PAGE.replace("The Harbour Gazette", "Analysis, News, Times")
    assert {article.outlet for article in split_page(page)} == {None}
