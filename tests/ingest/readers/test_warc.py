"""WARC files: which records are pages, charsets, damage, bounds."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from search.models import Article, SourceDocument
from tests.ingest.runs import Report, ingest, statuses

from .warcs import page, record, response, warc

pytestmark = pytest.mark.django_db(transaction=True)


def read(path: Path, data: bytes) -> Report:
    path.write_bytes(data)
    return ingest(path, dry_run=True)[1]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "crawl"])
def test_pages_of_a_crawl_are_articles(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(warc("One ferry sails", "Two ferries sail", packed=name.endswith("gz")))
    ingest(path)
    assert list(Article.objects.order_by("pk").values_list("title", "external_id", "url", "first_line")) == [
        ("One ferry sails", "https://velmora.example/1", "https://velmora.example/1", 2),
        ("Two ferries sail", "https://velmora.example/2", "https://velmora.example/2", 3),
    ]
    assert SourceDocument.objects.get().format == "warc"
    assert statuses(ingest(path)[1]) == ["unchanged"] * 2


def test_records_that_are_no_pages_are_counted_and_passed_over(tmp_path: Path) -> None:
    records = [
        response("https://velmora.example/gone", b"gone", status="404 Not Found"),
        response("https://velmora.example/a.png", b"\x89PNG", kind="image/png"),
        record("revisit", "https://velmora.example/1", b"HTTP/1.1 200 OK\r\n\r\n"),
        response("https://velmora.example/1", page()),
    ]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(gzip.compress(each) for each in records))
    summary, report = ingest(tmp_path / "a.warc.gz", dry_run=True)
    assert [each["start_line"] for each in report["articles"]] == [4]
    assert report["failures"] == []
    (note,) = summary.notes.lines()
    assert note == (
        "WARC records that hold no page, passed over: 3 (a.warc.gz: 1 status 404; a.warc.gz: 1 of image/png; a.warc.gz: 1 revisit)"
    )


def test_the_charset_that_the_server_states_is_used(tmp_path: Path) -> None:
    text = page("Łódź płynie do Batumi").decode().encode("iso-8859-2")
    data = response("https://a.example/", text, kind="text/html; charset=ISO-8859-2")
    assert [each["title"] for each in read(tmp_path / "a.warc", data)["articles"]] == ["Łódź płynie do Batumi"]


def test_packed_and_chunked_content_is_read(tmp_path: Path) -> None:
    data = response("https://a.example/1", gzip.compress(page("Packed ferry")), headers=[("Content-Encoding", "gzip")])
    body = page("Chunked ferry")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    data += response("https://a.example/2", chunked, headers=[("Transfer-Encoding", "chunked")])
    data += response("https://a.example/3", b"xx", headers=[("Content-Encoding", "zz")])
    report = read(tmp_path / "a.warc.gz", gzip.compress(data))
    assert [each["title"] for each in report["articles"]] == ["Packed ferry", "Chunked ferry"]
    assert [(each["line"], "packed as 'zz'" in each["reason"]) for each in report["failures"]] == [(3, True)]


@pytest.mark.parametrize("packed", [False, True])
def test_a_tail_cut_off_fails_alone(tmp_path: Path, packed: bool) -> None:
    data = warc("One ferry sails", "Two ferries sail", "Three ferries sail", packed=packed)
    report = read(tmp_path / "a.warc", data[:-150])
    assert [each["title"] for each in report["articles"]] == ["One ferry sails", "Two ferries sail"]
    assert [each["line"] for each in report["failures"]] == [4]


def test_a_record_without_end_is_refused_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.ingest.readers.warc.MAX_PAGE_BYTES", 100_000)
    data = response("https://a.example/1", b"<p>word</p>" * 400_000)
    data += response("https://a.example/2", page())
    report = read(tmp_path / "a.warc.gz", gzip.compress(data))
    assert [each["start_line"] for each in report["articles"]] == [2]
    assert [(each["line"], "larger than" in each["reason"]) for each in report["failures"]] == [(1, True)]


def test_a_record_that_states_more_than_there_is_fails_alone(tmp_path: Path) -> None:
    data = warc("One ferry sails", "Two ferries sail", packed=False)
    at = data.rindex(b"Content-Length: ")
    data = data[:at] + b"Content-Length: 99999999999999\r\n" + data[data.index(b"\r\n", at) + 2 :]
    report = read(tmp_path / "a.warc", data)
    assert [each["title"] for each in report["articles"]] == ["One ferry sails"]
    assert [each["line"] for each in report["failures"]] == [3]


@pytest.mark.parametrize(
    "data", [b"WARC/1.0\r\n", b"WARC/1.0\r\nnothing\r\n\r\n", b"WARC/1.0\r\nContent-Length: x\r\n\r\n" * 3]
)
def test_what_is_no_warc_is_a_failure(tmp_path: Path, data: bytes) -> None:
    report = read(tmp_path / "a.warc", data)
    assert report["failures"]
    assert report["articles"] == []


def test_a_record_without_an_address_ends_the_file_with_a_reason_in_words(tmp_path: Path) -> None:
    bare = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 20\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(bare)
    _, report = ingest(tmp_path / "a.warc", dry_run=True)
    assert "a header of the record is missing" in report["failures"][0]["reason"]


def test_pages_are_read_alike_in_worker_processes(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(*(f"Ferry number {number} sails" for number in range(40))))
    alone, together = (ingest(path, dry_run=True, with_text=True, workers=workers)[1] for workers in (1, 2))
    assert alone == together
    assert len(alone["articles"]) == 40


@pytest.mark.parametrize(
    "head", [b"WARC/1.0\r\nWARC-Type: ", b"WARC/1.0\r\nWARC-Type: response\r\n" + b"X: y\r\n" * 10]
)
def test_headers_without_end_are_refused(tmp_path: Path, head: bytes) -> None:
    data = warc("One ferry sails", packed=False) + head + b"X" * 3_000_000
    report = read(tmp_path / "a.warc", data)
    assert len(report["articles"]) == 1
    assert "headers without end" in report["failures"][0]["reason"]
