"""Lines broken at a width are joined before a page is read."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.evaluation.wrapping import broken, labels
from search.ingest.splitting.lines import read_lines
from search.ingest.splitting.split import split_page
from search.ingest.splitting.unwrapping import unwrap
from tests.ingest.invented_pages import AR, EN, ES, FR, RU, TR

TEXTS = {"en": EN, "ar": AR, "fr": FR, "es": ES, "ru": RU, "tr": TR}
ZH = (
    "港口委员会星期二晚上投票决定关闭北码头进行维修，此前工程师两年来一直警告说仓库下面的木桩已经腐烂，随时可能在风暴中倒塌。",
    "在那里卸鱼的渔民说没有人问过他们的意见。他们现在必须绕过海角前往旧防波堤，每次出海多花两个小时，燃料费也翻了一番。",
)


def texts_of(page: str) -> list[str]:
    return [line.text for line in unwrap(read_lines(page)).lines if line.text]


@pytest.mark.parametrize("language", TEXTS)
@settings(max_examples=20, deadline=None)
@given(width=st.integers(40, 100))
def test_paragraphs_come_back_whatever_the_width(language: str, width: int) -> None:
    lines = [line for text in TEXTS[language] for line in (" ".join(text.split()), "")]
    assert texts_of("\n".join(broken(lines, width))) == [line for line in lines if line]


@settings(max_examples=20, deadline=None)
@given(width=st.integers(20, 50))
def test_texts_without_spaces_come_back_without_spaces(width: int) -> None:
    lines = [line for text in ZH for line in (text, "")]
    page = "\n".join(part for line in lines for part in (textwrap.wrap(line, max(40, width)) or [""]))
    assert texts_of(page) == list(ZH)


@settings(max_examples=25, deadline=None)
@given(width=st.integers(40, 100), endings=st.sampled_from(["\n", "\r\n"]))
def test_articles_and_labels_do_not_depend_on_the_width(width: int, endings: str) -> None:
    lines = ["Fishermen fear the new quota", "By Anna Tillmore", "12 March 2021", "", *spaced(EN)]
    lines += ["Lighthouse keeper retires after forty years", "By Marek Oland", "13 March 2021", "", *spaced(EN[1:])]
    before = split_page("\n".join(lines))
    after = split_page(endings.join(broken(lines, width)))
    assert [labels(article) for article in after] == [labels(article) for article in before]
    assert [article.body.split() for article in after] == [article.body.split() for article in before]


def test_the_numbers_of_lines_are_those_of_the_file() -> None:
    page = "\n".join(broken(["Fishermen fear the new quota", "By Anna Tillmore", "", *spaced(EN)], 60)).rstrip()
    (article,) = split_page(page)
    rows = page.split("\n")
    assert (article.start_line, article.end_line) == (1, len(rows))
    assert [
        number for number, (one, other) in enumerate(pairwise(rows), start=2) if one and other and number > 2
    ] == list(article.joined)


def test_verses_and_lists_keep_their_lines() -> None:
    verses = ["The tide came in", "And took the boat", "Nobody saw it go", "But the old keeper"]
    items = ["- a boat of four oars, painted green last year", "- two lamps and a coil of rope", "- a bell"]
    assert texts_of("\n".join([*verses, "", *items])) == [*verses, *items]


def test_headers_and_dates_stay_lines_of_their_own() -> None:
    head = ["Chess village sends three generations to the national final", "19 November 2019", "By Anna Tillmore"]
    page = "\n".join([*head, "", *broken(spaced(EN), 60)])
    assert texts_of(page)[:3] == head


def spaced(texts: tuple[str, ...]) -> list[str]:
    return [line for text in texts for line in (" ".join(text.split()), "")]
