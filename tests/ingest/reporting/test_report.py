"""The report of a run."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from search.exceptions import CorpusError
from search.ingest.files.kinds import format_of
from search.ingest.pipeline import IngestOptions, run_ingest
from search.ingest.records import Failure
from search.ingest.reporting.report import Counts, ReportFile
from tests.ingest.invented_pages import EN
from tests.ingest.runs import ingest, record, write_jsonl

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_entry_has_all_labels(tmp_path: Path) -> None:
    _, report = ingest(write_jsonl(tmp_path / "a.jsonl", record(7)))
    assert report["articles"] == [
        {
            "id": "7",
            "file": "a.jsonl",
            "start_line": 1,
            "end_line": 1,
            "title": "Harbour opens in year 7",
            "outlet": "Coast Courier",
            "original_outlet": None,
            "author": "Nino Example",
            "published": "2020-10-05",
            "published_precision": "day",
            "published_source": "metadata",
            "future": False,
            "language": "en",
            "language_confidence": None,
            "language_parts": [],
            "countries": ["GE"],
            "about": ["GE"],
            "status": "new",
            "duplicate_of": None,
            "story": None,
            "story_first": None,
            "story_difference": None,
        }
    ]


def test_keys_are_in_one_order_whether_labels_are_a_records_own_or_the_databases(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("\n".join(["Harbour opens after the storm", "By Nino Example", "5 October 2020", "", *EN]))
    for dry_run in (True, False, False):
        _, report = ingest(page, dry_run=dry_run, with_text=True)
        assert [list(entry) for entry in report["articles"]] == [
            [
                "id", "file", "start_line", "end_line", "title", "outlet", "original_outlet", "author", "published",
                "published_precision", "published_source", "future", "language", "language_confidence", "language_parts",
                "countries", "about", "status", "duplicate_of", "text", "split_confidence", "split_review", "evidence",
                "story", "story_first", "story_difference",
            ]
        ]  # fmt: skip
    assert list(report) == ["articles", "failures", "skipped", "left_out", "no_article", "counts"]


def test_what_is_not_stated_is_null(tmp_path: Path) -> None:
    _, report = ingest(write_jsonl(tmp_path / "a.jsonl", {"text": "A text about nothing at all, in English."}))
    (entry,) = report["articles"]
    assert (entry["outlet"], entry["author"], entry["published"], entry["countries"]) == (None, None, None, [])


def test_the_outlet_is_named_as_the_facet_shows_it(tmp_path: Path) -> None:
    _, report = ingest(write_jsonl(tmp_path / "a.jsonl", record(1), record(2, outlet="COAST COURIER")))
    assert [entry["outlet"] for entry in report["articles"]] == ["Coast Courier", "Coast Courier"]


@pytest.mark.parametrize("dry_run", [True, False])
def test_texts_are_in_the_report_where_they_are_asked_for(tmp_path: Path, dry_run: bool) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(7))
    for _ in range(2):
        _, report = ingest(path, dry_run=dry_run, with_text=True)
        assert [entry["text"] for entry in report["articles"]] == [record(7)["text"]]


def test_failures_skipped_files_and_counts_are_listed(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "in" / "a.jsonl", record(1), "{broken", record(2))
    (tmp_path / "in" / "notes.odt").write_text("[]")
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG")
    _, report = ingest(tmp_path / "in")
    (failure,) = report["failures"]
    assert (failure["file"], failure["line"]) == ("a.jsonl", 2)
    assert failure["reason"].startswith("not JSON")
    assert report["skipped"] == ["notes.odt", "picture.png"]
    assert report["counts"] == {
        "articles": 2, "new": 2, "unchanged": 0, "updated": 0, "duplicate": 0, "failed": 1, "skipped": 2, "no_article": 0,
    }  # fmt: skip


def test_entries_are_in_the_order_of_the_input(tmp_path: Path) -> None:
    first = write_jsonl(tmp_path / "b.jsonl", *(record(number) for number in range(600)))
    second = write_jsonl(tmp_path / "a.jsonl", record(1) | {"id": "again"}, record(1000))
    _, report = ingest(first, second)
    assert [entry["id"] for entry in report["articles"]] == [*map(str, range(600)), "again", "1000"]


def test_a_report_that_cannot_be_written_stops_the_run_before_it_begins(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1))
    with pytest.raises(CorpusError, match="Remedy"):
        run_ingest(IngestOptions(paths=(path,), report=tmp_path / "no such folder" / "report.json"))


def test_an_error_leaves_the_older_report_and_no_other_file(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("older")
    with contextlib.suppress(InterruptedError), ReportFile(target) as report:
        report.fail(Failure("a", None, "gone"))
        raise InterruptedError
    assert target.read_text() == "older"
    assert list(tmp_path.iterdir()) == [target]


def test_a_report_of_nothing_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    with ReportFile(target) as report:
        report.fail(Failure("a", None, "gone"))
        report.fail(Failure("b", 3, "empty"))
        report.finish(["c"], Counts(), lambda _numbers, _repeated: {})
    read = json.loads(target.read_text())
    assert read["articles"] == []
    assert [failure["file"] for failure in read["failures"]] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", "text"), ("a.TXT.GZ", "text"), ("a.jsonl", "jsonl"), ("a.b.jsonl.gz", "jsonl"), ("a.json", "any"),
        ("a.gz", "any"), ("jsonl", "any"), (".txt", "any"), ("a.html", "html"), ("a.htm.gz", "html"), ("a.XHTML", "html"),
        ("a.shtml", "html"), ("a.pdf", "pdf"), ("a.odt", None), ("a.csv", "csv"), ("a.TSV.xz", "csv"), ("a.warc.gz", "warc"),
        ("a.tar.gz", "archive"), ("a.tgz", "archive"), ("a.zip", "archive"), ("feed.xml", "any"), ("story", "any"),
    ],
)  # fmt: skip
def test_a_files_kind_is_in_its_name(name: str, expected: str | None) -> None:
    assert format_of(Path(name)) == expected
