"""Saved pages are split into their articles."""

from __future__ import annotations

import textwrap
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.ingest.splitting.split import split_page
from search.languages.detect import detect_language
from tests.ingest.invented_pages import AR, EN, PAGES, InventedPage, page

TODAY = date(2026, 1, 1)


def _lines(text: str) -> list[str]:
    return [line.replace("\u00a0", " ").strip() for line in text.split("\n")]


@pytest.mark.parametrize("invented", PAGES, ids=[each.name for each in PAGES])
def test_an_invented_page_is_split_into_its_articles(invented: InventedPage) -> None:
    found = [article.title for article in split_page(invented.text, today=TODAY)]
    assert len(found) == len(invented.articles), found
    for title, expected in zip(found, invented.articles, strict=True):
        assert title.startswith(expected.title)


@pytest.mark.parametrize("invented", PAGES, ids=[each.name for each in PAGES])
def test_spans_run_from_the_title_to_the_last_line_of_the_body(invented: InventedPage) -> None:
    lines = _lines(invented.text)
    for article, expected in zip(split_page(invented.text, today=TODAY), invented.articles, strict=True):
        assert lines[article.start_line - 1].startswith(expected.title)
        assert lines[article.end_line - 1].endswith(expected.last)


@pytest.mark.parametrize("invented", PAGES, ids=[each.name for each in PAGES])
def test_labels_are_those_that_the_page_states(invented: InventedPage) -> None:
    for article, expected in zip(split_page(invented.text, today=TODAY), invented.articles, strict=True):
        stated = (article.outlet, article.author, article.published.iso)
        assert stated == (expected.outlet, expected.author, expected.published)
        assert detect_language(f"{article.title}\n{article.body}").code == expected.language


@pytest.mark.parametrize("text", ["", "\n\n", " \t\r\n", "\0\0", "\u200b\n\ufeff"])
def test_an_empty_page_has_no_article(text: str) -> None:
    assert split_page(text) == []


def test_a_page_of_boilerplate_has_no_article() -> None:
    assert split_page("Related News\n\nhttps://example.org/a\n\nShare\n") == []


def test_a_title_alone_is_an_article_with_an_empty_body() -> None:
    (article,) = split_page("Northern Quay Closed for Repairs\n")
    assert (article.title, article.body, article.start_line, article.end_line) == (
        "Northern Quay Closed for Repairs",
        "",
        1,
        1,
    )


def test_bylines_and_related_lines_are_left_out_of_the_body_and_prose_is_not() -> None:
    text = page(
        "The Quay",
        "By Rosa Lindqvist",
        EN[0],
        "Read also: The harbour in old photographs",
        *EN[1:],
        "Related News",
        "The Mole Reopened",
    )
    (article,) = split_page(text)
    assert [line for line in article.body.split("\n") if line] == list(EN)


def test_a_body_line_that_names_a_date_and_people_stays_in_the_body() -> None:
    told = "On 5 October 2020 the harbour master Simon Peralta and the mayor met on the mole and shook hands."
    (article,) = split_page(page("The Handshake", *EN, told))
    assert told in article.body
    assert article.published.iso is None


def test_dates_above_the_titles_of_a_blog_are_its_dates() -> None:
    text = page(
        "5 May 2020",
        "Northern Quay Closed",
        *EN,
        "3 May 2020",
        "Storm Damages the Warehouse Roof",
        *EN[1:],
        "1 May 2020",
        "Mole Reopened for Boats",
        *EN,
    )
    found = split_page(text)
    assert [article.published.iso for article in found] == ["2020-05-05", "2020-05-03", "2020-05-01"]


def test_mails_of_a_digest_have_their_subject_as_title_and_their_date() -> None:
    head = "From: list@example.org\nDate: Mon, {} Oct 2020 10:00:00 +0200\nSubject: {}\n\n"
    text = (
        head.format(5, "Quay closed in Port Lomond")
        + page(*EN)
        + "\n"
        + head.format(6, "Fishermen protest")
        + page(*EN[1:])
    )
    found = [(article.title, article.published.iso) for article in split_page(text)]
    assert found == [("Quay closed in Port Lomond", "2020-10-05"), ("Fishermen protest", "2020-10-06")]


def test_paragraphs_wrapped_at_a_fixed_width_are_text() -> None:
    body = "\n\n".join("\n".join(textwrap.wrap(each, 72)) for each in (EN[0] + " " + EN[1], EN[1] + " " + EN[2]))
    text = f"Quay Closed\nBy Rosa Lindqvist\n\n{body}\n\nBoats Sail Around the Cape\nBy Tom Achterberg\n\n{body}\n"
    assert [article.title for article in split_page(text)] == ["Quay Closed", "Boats Sail Around the Cape"]


def test_a_republisher_stays_the_outlet_and_the_first_publisher_a_reason() -> None:
    text = page(
        "The Price",
        "By Tom Achterberg",
        "Coastal Review, May 5, 2020",
        *EN,
        "This article was originally published on Harbour Notes.",
    )
    (article,) = split_page(text)
    assert article.outlet == "Coastal Review"
    assert any("Harbour Notes" in reason for reason in article.reasons)


def test_reasons_name_the_cue_and_the_line() -> None:
    (article,) = split_page(page("The Price", "By Tom Achterberg", *EN))
    assert any("byline" in reason and "line 3" in reason for reason in article.reasons)


def test_lines_are_counted_by_line_feeds() -> None:
    text = "The Price\r\n\r\nBy Tom Achterberg\r\n\r\n" + EN[0] + "\u2028" + EN[1] + "\x0b\r\n\r\n" + EN[2] + "\r\n"
    (article,) = split_page(text)
    assert (article.start_line, article.end_line) == (1, 7)


_PIECES = st.sampled_from(
    [*EN, *AR, "Related News", "By Rosa Lindqvist", "Harbour Gazette", "5 May 2020", "Northern Quay Closed", "*", "", "", "Leave a comment", "Subject: Quay",
     "From: x@example.org", "https://example.org/x/embed/#?secret=1", "المصدر: صوت الميناء", "الصيادون يحتجون"]
)  # fmt: skip


@given(st.lists(st.one_of(_PIECES, st.text(max_size=80)), max_size=40).map("\n".join))
def test_spans_are_ordered_disjoint_and_within_the_page(text: str) -> None:
    check_spans(text)


def test_spans_of_invented_pages_are_ordered_disjoint_and_within_the_page() -> None:
    assert [check_spans(page.text) for page in PAGES] == [len(page.articles) for page in PAGES]


def check_spans(text: str) -> int:
    """How many articles there are."""
    found = split_page(text, today=TODAY)
    last = 0
    for article in found:
        assert last < article.start_line <= article.end_line <= text.count("\n") + max(1, text.count("\r")) + 1
        assert article.title
        assert 0 <= article.confidence <= 1
        last = article.end_line
    return len(found)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["word " * 200_000, "A Title Line Here\n\nBy Tom Achterberg\n\n" * 5_000, "October 5, 2020\n" * 10_000, "-" * 500_000, ("x" * 999 + "\n") * 500],
    ids=["one line", "titles", "dates", "dashes", "long words"],
)  # fmt: skip
def test_large_pages_are_split_in_linear_time(text: str) -> None:
    start = time.process_time()
    split_page(text, today=TODAY)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "label",
    [
        "Video",
        "POLITICS AND TRADE",
        "Port Lomond (Reuters)",
        "法国“黄背心”运动扩散至邻国，抗议者与警方对峙",
        "این رای قطعی است.",
    ],
)
def test_a_label_alone_under_a_title_is_neither_outlet_nor_author(label: str) -> None:
    (article,) = split_page(page("Northern Quay Closed", label, *EN))
    assert (article.outlet, article.author) == (None, None)


def test_the_owner_of_a_picture_and_an_editor_are_neither_outlet_nor_author() -> None:
    (article,) = split_page(page("Northern Quay Closed", *EN, "© Reuters", "（责任编辑：王小明）"))
    assert (article.outlet, article.author) == (None, None)


def test_an_author_in_capitals_is_one_by_the_first_name() -> None:
    (article,) = split_page(page("Northern Quay Closed", "PETER MARLOW", *EN))
    assert article.author == "PETER MARLOW"
