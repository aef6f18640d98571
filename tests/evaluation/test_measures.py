"""The measures of ingest give what the same count by hand gives."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from search.evaluation.countries import match_countries
from search.evaluation.counts import Figure, MatchCounts, share
from search.evaluation.dates import share_of_dates_read
from search.evaluation.history import add_values, last_values
from search.evaluation.languages import measure_titles
from search.evaluation.pages_of_text import extent_overlap, measure_text_pages, same_name
from search.evaluation.stories import measure_stories, near_copies, stories_of_report
from search.evaluation.web_pages import measure_web_pages, same_day, word_f1


def values(figures: list[Figure]) -> dict[str, float]:
    return {figure.name: figure.value for figure in figures}


def test_precision_recall_and_f1_of_counts() -> None:
    matches = MatchCounts()
    matches.add({"AM", "AZ", "TR"}, {"AM", "GE"})
    assert (matches.right, matches.wrong, matches.missed) == (1, 2, 1)
    assert (matches.precision, matches.recall, matches.f1) == (1 / 3, 1 / 2, 2 / 5)


def test_of_nothing_every_figure_is_none() -> None:
    assert (MatchCounts().precision, MatchCounts().recall, MatchCounts().f1, share(1, 0)) == (0, 0, 0, 0)


def known(start: int, end: int, **labels: Any) -> dict[str, Any]:
    """An article of a page as it was labelled; without the lists also as an entry."""
    return {
        "file": "a.txt", "start_line": start, "end_line": end, "outlet": None, "author": None, "date": None, "published": None,
        "language": "en", "countries": [], "countries_uncertain": [],
    } | labels  # fmt: skip


def test_of_four_articles_two_found_and_one_made_up() -> None:
    gold = [known(1, 10), known(20, 29), known(40, 49), known(60, 69)]
    entries = [known(2, 10), known(22, 31), known(90, 99)]
    found = values(measure_text_pages(gold, entries))
    # Precision 2/3, recall 2/4.
    assert found["articles F1"] == pytest.approx(4 / 7)
    # Lines 2-10 of 1-10 are 9/10; lines 22-29 of 20-31 are 8/12.
    assert found["extent"] == 0.25
    assert found["language"] == 1.0


def test_labels_of_articles_that_were_not_found_are_wrong() -> None:
    gold = [known(1, 10, outlet="Coast Courier", date="2020-10-05"), known(20, 29, outlet="Coast Courier")]
    found = values(measure_text_pages(gold, [known(1, 10, outlet="The Coast-Courier", published="2020-10-05")]))
    assert (found["outlet"], found["date"], found["author"]) == (0.5, 0.5, 0.5)


def test_a_label_where_there_is_none_is_wrong() -> None:
    found = values(measure_text_pages([known(1, 9)], [known(1, 9, outlet="X", author="Y", published="2020")]))
    assert (found["outlet"], found["author"], found["date"]) == (0, 0, 0)


def test_a_label_that_its_maker_left_open_is_right_either_way() -> None:
    gold = [known(1, 9, also={"outlet": ["Coast Courier"], "date": ["2020-10-05"]})]
    assert values(measure_text_pages(gold, [known(1, 9, outlet="Coast Courier")]))["outlet"] == 1
    assert values(measure_text_pages(gold, [known(1, 9)]))["date"] == 1
    assert values(measure_text_pages(gold, [known(1, 9, published="2020-10-06")]))["date"] == 0


def test_an_outlet_that_signs_itself_need_not_be_the_author() -> None:
    gold = [known(1, 9, outlet="Coast Courier", author="Coast Courier")]
    assert values(measure_text_pages(gold, [known(1, 9)]))["author"] == 1


def test_uncertain_countries_count_neither_way_and_those_of_made_up_articles_are_wrong() -> None:
    gold = [known(1, 9, countries=["AM", "AZ"], countries_uncertain=["RU"])]
    entries = [known(1, 9, countries=["AM", "RU", "TR"]), known(50, 59, countries=["GE"])]
    # Right AM; wrong TR, GE; missed AZ.
    assert values(measure_text_pages(gold, entries))["countries F1"] == pytest.approx(2 / (2 + 2 + 1))


def test_each_entry_stands_for_one_article_only() -> None:
    assert values(measure_text_pages([known(1, 9), known(3, 9)], [known(2, 9)]))["articles F1"] == pytest.approx(2 / 3)


def test_pages_that_nobody_labelled_do_not_count() -> None:
    assert values(measure_text_pages([known(1, 9)], [known(1, 9), known(1, 9) | {"file": "b.txt"}]))["articles F1"] == 1


def test_spans_of_lines_overlap_by_their_lines() -> None:
    assert extent_overlap((1, 10), (6, 15)) == pytest.approx(5 / 15)
    assert extent_overlap((1, 3), (4, 6)) == 0


def test_names_are_the_same_in_any_spacing_case_and_with_an_article() -> None:
    assert same_name("SouthWind", "south wind")
    assert same_name("The Courier", "Courier")
    assert same_name("Coast Courier", "www.coastcourier.example")
    assert not same_name("Courier", "coast.courier.example")
    assert not same_name("The Courier", None)
    assert same_name(None, "")


def test_countries_are_counted_over_all_labelled_articles() -> None:
    gold = [{"id": "1", "countries": ["AM", "SU"]}, {"id": "2", "countries": ["TR"]}]
    entries = [{"id": "1", "countries": ["AM", "AZ"], "about": []}, {"id": "3", "countries": ["DE"], "about": []}]
    matches = match_countries(gold, entries, "countries")
    assert (matches.right, matches.wrong, matches.missed) == (1, 1, 1)


def test_what_labels_leave_open_is_left_out() -> None:
    gold: list[dict[str, Any]] = [
        {"id": "1", "countries": ["AM"], "uncertain": ["GE"]},
        {"id": "2", "countries": ["AM", "TR"], "unmapped": ["Kurdistan"]},
    ]
    entries = [{"id": "1", "countries": ["AM", "GE"]}, {"id": "2", "countries": ["AM", "IQ"]}]
    matches = match_countries(gold, entries, "countries")
    assert (matches.right, matches.wrong, matches.missed) == (2, 0, 1)


def test_editors_of_wires_set_two_countries_for_companies() -> None:
    gold = [{"id": "1", "focus_countries": ["US", "JP"]}]
    matches = match_countries(gold, [{"id": "1", "countries": [], "about": ["GB", "JP"]}], "about")
    assert (matches.right, matches.wrong, matches.missed) == (1, 0, 0)


def page(**labels: Any) -> dict[str, Any]:
    return {
        "html_files": ["x/a.html.gz"],
        "title": "A bridge, opened",
        "date": None,
        "authors": [],
        "text": "one two",
    } | labels


def entry(**labels: Any) -> dict[str, Any]:
    return {
        "file": "a.html.gz",
        "title": "a BRIDGE opened",
        "published": None,
        "author": None,
        "text": "One, two",
    } | labels


def test_a_web_page_is_right_whatever_its_case_and_punctuation() -> None:
    assert values(measure_web_pages([page()], [entry()])) == {"title": 1, "date": 1, "author": 0, "text F1": 1}


def test_all_authors_must_be_named_and_pages_without_any_do_not_count() -> None:
    gold = [page(authors=["Nino A", "Ani B"]), page(html_files=["b.html"])]
    assert values(measure_web_pages(gold, [entry(author="By Ani B and Nino A")]))["author"] == 1
    assert values(measure_web_pages(gold, [entry(author="Ani B")]))["author"] == 0


def test_a_page_that_was_not_read_scores_nothing() -> None:
    assert set(values(measure_web_pages([page(date=None)], [])).values()) == {0}


def test_of_several_articles_the_nearest_text_is_judged() -> None:
    found = measure_web_pages([page()], [entry(title="Other", text="three"), entry(text="one")])
    assert values(found)["title"] == 1
    assert values(found)["text F1"] == pytest.approx(2 / 3)


def test_words_count_as_often_as_they_stand() -> None:
    assert word_f1("a a b", "a b b") == pytest.approx(4 / 6)


def test_a_moment_is_of_the_day_by_its_own_clock_or_by_utc() -> None:
    assert same_day("2020-10-05T00:30:00+02:00", "2020-10-05")
    assert same_day("2020-10-05T00:30:00+02:00", "2020-10-04")
    assert not same_day("2020-10-05T00:30:00+02:00", None)
    assert same_day(None, None)
    assert not same_day(None, "2020")


def test_dates_that_give_a_year_are_read() -> None:
    assert (
        share_of_dates_read([("2020-10-05", None), ("5 mars 2020", "fr"), ("yesterday-ish", "en"), ("2019", "en")])
        == 0.75
    )


def test_languages_of_few_titles_are_left_out() -> None:
    titles = [("Мост через реку открыли после ремонта", "ru")] * 20 + [("The bridge was opened", "en")] * 19
    assert values(measure_titles(titles)) == {"mean": 1.0, "ru": 1.0}
    assert measure_titles(titles[20:]) == []


LONG = "the harbour of the town was opened again on monday after the long repairs of its old pier by the sea"


def test_near_copies_share_seven_words_of_ten() -> None:
    texts = [LONG, LONG + " today", "quite other words are here", LONG.replace("harbour", "port")]
    assert near_copies(texts) == {(0, 1), (0, 3), (1, 3)}


def test_stories_are_compared_with_every_pair() -> None:
    texts = [LONG, LONG.upper() + ".", LONG + " today", "quite other words are here"]
    found = values(measure_stories(texts, ["A", "B", "A", "C"], ["s", "s", None, "s"]))
    assert found["syndicated texts found whole"] == 1
    # Of 0-1, 0-2, 1-2 one is found; of 0-1, 0-3, 1-3 one is right.
    assert found["near copies recall"] == pytest.approx(1 / 3)
    assert found["near copies precision"] == pytest.approx(1 / 3)


def test_a_repeat_left_out_is_in_the_story_of_what_was_kept() -> None:
    entries = [
        {"id": "1", "story": "s", "duplicate_of": None},
        {"id": "2", "story": None, "duplicate_of": "1"},
        {"id": "3", "story": None, "duplicate_of": None},
        {"id": "4", "story": None, "duplicate_of": "3"},
        {"id": "5", "story": None, "duplicate_of": None},
    ]
    stories = stories_of_report(entries)
    assert stories["1"] == stories["2"] == "s"
    assert stories["3"] == stories["4"] not in (None, "s")
    assert stories["5"] is None


def test_the_last_figures_are_kept_and_a_cut_line_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "new" / "history.jsonl"
    assert last_values(file) is None
    add_values(file, datetime(2020, 10, 5, tzinfo=UTC), {"pages": {"F1": 0.5}})
    add_values(file, datetime(2020, 10, 6, tzinfo=UTC), {"pages": {"F1": 0.75}})
    with file.open("a") as history:
        history.write(json.dumps({"at": "2020"})[:-3])
    assert last_values(file) == ("2020-10-06T00:00:00+00:00", {"pages": {"F1": 0.75}})
    add_values(file, datetime(2020, 10, 7, tzinfo=UTC), {"pages": {"F1": 1.0}})
    assert last_values(file) == ("2020-10-07T00:00:00+00:00", {"pages": {"F1": 1.0}})
