"""Pages made to stop a parser: each is refused with a reason, before it is parsed or in bounded
time, and the rest goes on."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from search.ingest import labelling, pipeline
from search.ingest.labelling import ToLabel, label
from search.ingest.limits import TEXT_PAGE_TIME, GrowingTime
from search.ingest.pipeline import IngestOptions, run_ingest
from search.ingest.readers import html
from search.ingest.readers import text as text_reader
from search.ingest.time_limit import PageTooSlow, time_limit
from search.models import Article, IngestFailure
from tests.ingest.readers.warcs import page
from tests.ingest.runs import ingest, record, write_jsonl

PARAGRAPH = "The council said on Monday that the bridge over the river would open in spring, said the minister."
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<div>" * 1_000_000, "1,000,000 tags"),
        (b"<div>" * 50_000, "deeper than"),
        (b"<p>" + b"word " * 4_100_000, "larger than"),
        (b"<div " + b" ".join(b'a%d="x"' % number for number in range(200_000)) + b">x</div>", "attributes"),
        (b"<div " + b"a=x>" * 3 + b"<div " + b"b=1 " * 200_000 + b">x", "attributes"),
        (b"<p>" + b"x" * 11_000_000, "larger than 10 MB"),
        (b"\x00\x01\x02" * 1000, "no HTML"),
    ],
    ids=["a million tags", "50,000 levels", "20 MB", "attributes", "attributes later", "one word", "binary"],
)
def test_a_page_made_to_stop_a_parser_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_bytes(data)
    (folder / "good.html").write_bytes(page())
    _, report = ingest(folder, dry_run=True)
    assert [each["file"] for each in report["articles"]] == ["good.html"]
    assert [(each["file"], reason in each["reason"]) for each in report["failures"]] == [("a.html", True)]


# The signal can arrive in a callback of the garbage collector (hypothesis has one), which Python only warns of; it comes again.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_page_that_takes_too_long_is_refused_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "MAX_WEB_PAGE_SECONDS", 0.5)
    (tmp_path / "good.html").write_bytes(page())
    (tmp_path / "slow.html").write_bytes(b"<p>The ferry sails again, the master said.</p>" * 25_000)
    _, report = ingest(tmp_path, dry_run=True)
    assert [each["file"] for each in report["articles"]] == ["good.html"]
    assert ["takes longer than" in each["reason"] for each in report["failures"]] == [True]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_text_page_that_takes_too_long_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    slow = "".join(f"{PARAGRAPH} {number}\n" for number in range(30_000))
    # The long page alone gets little time: the first page of a worker waits for the models to be loaded.
    least = TEXT_PAGE_TIME.least_seconds
    monkeypatch.setattr(text_reader, "TEXT_PAGE_TIME", GrowingTime(least, (0.3 - least) / len(slow) * 1_000_000))
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.txt", "z.txt"):
        (folder / name).write_text(f"A bridge is promised {name}\n\n{PARAGRAPH}\n")
    (folder / "slow.txt").write_text(slow)
    (folder / "y.jsonl").write_text('{"title": "A ferry", "text": "It sails from Batumi in Georgia."}\n')
    _, report = ingest(folder, dry_run=False, workers=workers)
    assert [each["file"] for each in report["articles"]] == ["a.txt", "y.jsonl", "z.txt"]
    ((failed, line, reason),) = [(each["file"], each["line"], each["reason"]) for each in report["failures"]]
    assert (failed, line) == ("slow.txt", None)
    assert reason.startswith("splitting the page takes longer than")
    assert "Remedy:" in reason
    assert list(IngestFailure.objects.values_list("file", "reason", "status")) == [("slow.txt", reason, "open")]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_record_whose_labels_take_too_long_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dry_run: bool
) -> None:
    file = write_jsonl(tmp_path / "a.jsonl", record(1), record(2, text=f"{PARAGRAPH} Georgia. " * 20_000), record(3))
    monkeypatch.setattr(labelling, "LABEL_TIME", GrowingTime(0.15, 0.0))
    label(ToLabel("Warm", "The models are loaded once.", "", "", "", None))
    _, report = ingest(file, dry_run=dry_run)
    assert [each["id"] for each in report["articles"]] == ["1", "3"]
    ((line, reason),) = [(each["line"], each["reason"]) for each in report["failures"]]
    assert line == 2
    assert reason.startswith("labelling the article takes longer than")
    assert "Remedy:" in reason
    monkeypatch.undo()
    if not dry_run:
        assert list(IngestFailure.objects.values_list("file", "line")) == [("a.jsonl", 2)]
        run_ingest(IngestOptions(paths=(), retry=0, workers=1))
        assert set(Article.objects.values_list("external_id", flat=True)) == {"1", "2", "3"}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_record_that_is_labelled_while_its_batch_is_written_is_refused_alone_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is thought to need labels before, as where a batch holds what another process deletes meanwhile.
    monkeypatch.setattr(pipeline, "prefilter", lambda _knowledge, records: [False] * len(records))
    file = write_jsonl(tmp_path / "a.jsonl", record(1), record(2, text=f"{PARAGRAPH} Georgia. " * 20_000), record(3))
    monkeypatch.setattr(labelling, "LABEL_TIME", GrowingTime(0.15, 0.0))
    label(ToLabel("Warm", "The models are loaded once.", "", "", "", None))
    _, report = ingest(file)
    assert [each["line"] for each in report["failures"]] == [2]
    assert set(Article.objects.values_list("external_id", flat=True)) == {"1", "3"}


def test_a_time_limit_stops_a_search_that_would_go_on_for_ever() -> None:
    endless = re.compile(r"(?:a+)+b")
    with pytest.raises(PageTooSlow), time_limit(0.05):
        endless.search("a" * 64)


def test_a_time_limit_passes_through_handlers_of_exceptions_and_leaves_no_timer() -> None:
    def stubborn() -> None:
        while True:
            try:
                time.sleep(0.01)
            except Exception:  # noqa: BLE001 - what libraries do
                continue

    with pytest.raises(PageTooSlow), time_limit(0.05):
        stubborn()
    time.sleep(0.1)
