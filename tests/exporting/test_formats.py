"""Every format can be read back by the programs it is for, whatever the articles are like."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import feedparser
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from search.exporting.article import ExportedArticle
from search.exporting.formats import FORMATS
from search.exporting.origin import ExportOrigin

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
WORDS = st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=9), min_size=1, max_size=4)
ORIGIN = ExportOrigin(
    question="lachin & {corridor}",
    address="http://test/?q=lachin",
    filters=(("country", "AM"),),
    made_at=datetime(2026, 11, 28, 12, tzinfo=UTC),
    articles=2,
    index="7",
    collection="c0ffee",
    version="0.3.0",
)


def article(
    number: int = 1, title: str = "Corridor opens", text: str = "Trucks went.", author: str = ""
) -> ExportedArticle:
    return ExportedArticle(
        id=number,
        title=title,
        authors=(author,) if author else (),
        outlet="The Hill",
        outlet_country="US",
        published="2020-10-05",
        day=date(2020, 10, 5),
        date_source="stated",
        language="en",
        countries=("AM", "AZ"),
        about=("AM",),
        address=f"https://hill.example/{number}",
        page=f"http://test/articles/{number}/",
        text=text,
    )


def written(name: str, *articles: ExportedArticle) -> str:
    return "".join(FORMATS[name].write(ORIGIN, iter(articles)))


@st.composite
def odd_articles(draw: st.DrawFn) -> list[ExportedArticle]:
    count = draw(st.integers(0, 3))
    return [
        article(number, draw(TEXT.filter(str.strip)), draw(TEXT), " ".join(draw(WORDS)))
        for number in range(1, count + 1)
    ]


@given(odd_articles())
def test_a_table_holds_every_article_and_nothing_that_a_spreadsheet_would_run(articles: list[ExportedArticle]) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", *articles).removeprefix("\ufeff"), newline="")))
    assert [row["id"] for row in rows] == [str(each.id) for each in articles]
    for row, each in zip(rows, articles, strict=True):
        assert row["title"].removeprefix("'") in (each.title.replace("\x00", ""), each.title.removeprefix("'"))
        assert not row["title"].lstrip(" ").startswith(("=", "+", "-", "@"))
        assert row["question"] == ORIGIN.question
        assert row["collection"] == "c0ffee"


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_a_title_that_is_a_formula_is_a_text_in_the_table(formula: str) -> None:
    (row,) = csv.DictReader(io.StringIO(written("csv", article(title=formula)).removeprefix("\ufeff"), newline=""))
    assert row["title"] == f"'{formula}"


@given(odd_articles())
def test_each_json_line_is_an_article_with_its_whole_text(articles: list[ExportedArticle]) -> None:
    rows = [json.loads(line) for line in written("jsonl", *articles).split("\n") if line]
    assert [(row["title"], row["text"]) for row in rows] == [(each.title, each.text) for each in articles]
    assert all(row["export"]["index"] == "7" for row in rows)


@given(odd_articles())
def test_a_reference_program_reads_every_article(articles: list[ExportedArticle]) -> None:
    references = rispy.loads(written("ris", *articles)) if articles else []
    assert [each["id"] for each in references] == [f"corpus-{each.id}" for each in articles]
    assert [each.get("title", "") for each in references] == [" ".join(each.title.split()) for each in articles]


@given(odd_articles())
def test_bibtex_has_an_entry_for_each_article(articles: list[ExportedArticle]) -> None:
    library = parse_string(written("bibtex", *articles))
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [f"corpus{each.id}" for each in articles]


def test_an_article_is_cited_with_everything_that_is_known() -> None:
    (reference,) = rispy.loads(written("ris", article(author="Jane Doe")))
    assert reference["authors"] == ["Jane Doe"]
    assert reference["secondary_title"] == "The Hill"
    assert reference["date"] == "2020/10/05"
    assert reference["keywords"] == ["Armenia", "Azerbaijan"]
    assert "lachin" in reference["notes"][0]
    (entry,) = parse_string(written("bibtex", article(author="Jane Doe"))).entries
    fields = {field.key: field.value for field in entry.fields}
    assert (fields["year"], fields["month"], fields["day"], fields["journal"]) == ("2020", "10", "05", "The Hill")
    assert fields["author"] == "Jane Doe"


@pytest.mark.parametrize("name", ["atom", "rss"])
@given(odd_articles())
def test_a_feed_is_sound_xml_with_every_article(name: str, articles: list[ExportedArticle]) -> None:
    feed = feedparser.parse(written(name, *articles))
    assert not feed.bozo, feed.get("bozo_exception")
    assert [entry.link for entry in feed.entries] == [each.page for each in articles]


def test_a_feed_says_when_an_article_was_published_and_what_it_is_a_feed_of() -> None:
    feed = feedparser.parse(written("atom", article()))
    assert feed.entries[0].published.startswith("2020-10-05")
    assert "collection c0ffee" in feed.feed.subtitle


def test_a_date_without_a_day_is_no_date_of_a_feed() -> None:
    feed = feedparser.parse(written("rss", replace(article(), published="2020-10", day=date(2020, 10, 1))))
    assert "published" not in feed.entries[0]


@given(odd_articles())
def test_a_json_feed_holds_every_article(articles: list[ExportedArticle]) -> None:
    feed = json.loads(written("jsonfeed", *articles))
    assert [item["title"] for item in feed["items"]] == [each.title for each in articles]
    assert feed["_corpus"]["filters"] == [["country", "AM"]]


@pytest.mark.parametrize("name", list(FORMATS))
def test_an_article_is_written_before_the_next_is_read(name: str) -> None:
    taken: list[int] = []

    def articles() -> Iterator[ExportedArticle]:
        for number in range(1, 4):
            taken.append(number)
            yield article(number)

    pieces = FORMATS[name].write(ORIGIN, articles())
    while not taken:
        next(pieces)
    assert taken == [1]
