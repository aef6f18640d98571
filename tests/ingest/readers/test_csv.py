"""Tables: dialects, encodings, names of columns, and rows that are broken."""

from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path

import pytest

from search.ingest.readers import rows
from search.ingest.readers.rows import Rows
from tests.ingest.runs import ingest

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = 'The pier of Batumi opens.\nA "second" line; with marks, and a | bar.'


def table(*lines: list[str], delimiter: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(lines)
    return out.getvalue()


def entries(
    path: Path, text: str | bytes, **options: object
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    _, report = ingest(path, dry_run=True, with_text=True, **options)
    return report["articles"], report["failures"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_delimiter_and_line_end_is_read(tmp_path: Path, delimiter: str, end: str) -> None:
    text = table(
        ["Headline", "Body", "Source", "Author", "Date", "URL"],
        ["Pier opens", TEXT, "Coast Courier", "Ada Brink", "5 October 2020", "https://coast.example/1"],
        ["Pier closes", TEXT, "Coast Courier", "", "", ""],
        delimiter=delimiter, end=end,
    )  # fmt: skip
    found, failures = entries(tmp_path / "a.csv", text)
    assert failures == []
    assert [(each["title"], each["outlet"], each["author"], each["published"]) for each in found] == [
        ("Pier opens", "Coast Courier", "Ada Brink", "2020-10-05"), ("Pier closes", "Coast Courier", None, None),
    ]  # fmt: skip
    assert {each["text"] for each in found} == {TEXT}


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        (["Titre", "Texte", "Éditeur", "Date de publication"], "utf-8-sig"),
        (["Título", "Contenido", "Periódico", "Fecha"], "utf-16"),
        (["العنوان", "نص المقال", "الصحيفة", "تاريخ النشر"], "utf-8"),
        (["Заголовок", "Текст статьи", "Издание", "Дата публикации"], "utf-8"),
        (["标题", "正文", "来源", "发布日期"], "utf-16"),
        (["TITLE", "article_text", "source-name", "pubDate"], "utf-8"),
    ],
)
def test_columns_are_known_by_their_names_in_many_languages(tmp_path: Path, header: list[str], encoding: str) -> None:
    data = table(header, ["Pier opens", TEXT, "Coast Courier", "2020-10-05"], delimiter=";").encode(encoding)
    found, failures = entries(tmp_path / "a.csv", data)
    assert failures == []
    assert [(each["title"], each["outlet"], each["published"]) for each in found] == [
        ("Pier opens", "Coast Courier", "2020-10-05")
    ]


@pytest.mark.parametrize(
    ("encoding", "header", "cells"),
    [
        (
            "cp1251",
            ["заголовок", "текст"],
            ["Порт открыт", "Министерство иностранных дел заявило, что порт открыт снова. " * 3],
        ),
        (
            "cp1256",
            ["العنوان", "النص"],
            ["فتح الميناء", "قالت وزارة الخارجية إن المحادثات ستبدأ يوم الاثنين في الميناء " * 3],
        ),
    ],
)
def test_other_encodings_are_guessed(tmp_path: Path, encoding: str, header: list[str], cells: list[str]) -> None:
    found, _ = entries(tmp_path / "a.csv", table(header, cells, cells[:1] * 2).encode(encoding))
    assert found[0]["title"] == cells[0]


def test_a_line_for_spreadsheets_that_states_the_delimiter_is_passed_over(tmp_path: Path) -> None:
    found, failures = entries(tmp_path / "a.csv", "sep=;\r\ntitle;text\r\nPier;It opens, they say\r\n")
    assert [(each["title"], each["text"], each["start_line"]) for each in found] == [("Pier", "It opens, they say", 3)]
    assert failures == []


def test_quotes_after_a_backslash_are_read(tmp_path: Path) -> None:
    found, _ = entries(tmp_path / "a.csv", '"title","text"\n"Pier","He said \\"open\\", and left"\n')
    assert found[0]["text"] == 'He said "open", and left'


def test_a_ragged_row_is_a_failure_with_its_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = table(["title", "text"], ["One", TEXT], ["short"], ["a", "b", "c"], ["Two", TEXT, ""])
    found, failures = entries(tmp_path / "a.csv", text)
    assert [(each["title"], each["start_line"], each["end_line"]) for each in found] == [("One", 2, 3), ("Two", 6, 7)]
    assert [(each["line"], each["reason"]) for each in failures] == [
        (4, "the row has 1 cells, the header has 2"), (5, "the row has 3 cells, the header has 2"),
    ]  # fmt: skip


def test_a_quote_that_nothing_closes_costs_its_own_row_only(tmp_path: Path) -> None:
    text = 'title,text\nOne,first\n"Two,second\nThree,third\nFour,fourth\n'
    found, failures = entries(tmp_path / "a.csv", text)
    assert [each["title"] for each in found] == ["One", "Three", "Four"]
    assert [(each["line"], each["reason"]) for each in failures] == [(3, "a quote that nothing closes")]


@pytest.mark.parametrize("many_lines", [False, True])
def test_a_cell_beyond_all_bounds_is_a_failure_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many_lines: bool
) -> None:
    monkeypatch.setattr(rows, "MAX_ROW_BYTES", 200_000)
    cell = ("words of it\n" if many_lines else "words of it ") * 40_000
    found, failures = entries(tmp_path / "a.csv", table(["title", "text"], ["One", cell], ["Two", TEXT]))
    assert [each["title"] for each in found] == ["Two"]
    assert [(each["line"], "larger than" in str(each["reason"])) for each in failures] == [(2, True)]


def test_nul_bytes_go_and_the_text_stays(tmp_path: Path) -> None:
    found, failures = entries(tmp_path / "a.csv", "title,text\nHar\x00bour,The \x00pier of it is open again.\n")
    assert [(each["title"], each["text"]) for each in found] == [("Harbour", "The pier of it is open again.")]
    assert failures == []


def test_a_table_without_names_is_a_failure_with_a_remedy(tmp_path: Path) -> None:
    _, failures = entries(tmp_path / "a.csv", "1,2,3\n4,5,6\n")
    assert [each["line"] for each in failures] == [1]
    assert "put a row of names first" in str(failures[0]["reason"])


def test_markup_in_cells_becomes_text_and_seconds_a_date(tmp_path: Path) -> None:
    text = table(["headline", "content", "timestamp"], ["Pier", "<p>One &amp; two.</p><p>Three.</p>", "1601892000"])
    found, _ = entries(tmp_path / "a.csv", text)
    assert [(each["text"], each["published"]) for each in found] == [("One & two.\nThree.", "2020-10-05")]


def test_a_first_line_longer_than_the_head_is_one_row(tmp_path: Path) -> None:
    long = "word " * 40_000
    found, failures = entries(tmp_path / "a.csv", table(["title", "text"], ["One", long], ["Two", TEXT]))
    assert [each["title"] for each in found] == ["One", "Two"]
    assert failures == []


def test_a_table_of_old_macs_larger_than_its_head_is_read_row_by_row(tmp_path: Path) -> None:
    lines = [["title", "text", "url"], *([f"Pier {number}", "It opens. " * 40, ""] for number in range(900))]
    found, _ = entries(tmp_path / "a.csv", table(*lines, end="\r"))
    assert [each["title"] for each in found] == [f"Pier {number}" for number in range(900)]
    assert found[-1]["start_line"] == 901


def test_a_line_of_millions_of_returns_takes_the_memory_of_the_line(tmp_path: Path) -> None:
    lines = Rows([], io.BytesIO(b"a\r" * 4_000_000))
    tracemalloc.start()
    while lines.next():
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert lines.number == 4_000_000
    assert peak < 40_000_000
