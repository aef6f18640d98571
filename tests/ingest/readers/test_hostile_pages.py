"""Pages made to stop a parser: each is refused with a reason, in bounded time, and the rest goes on."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from search.ingest.readers import html as reader
from search.ingest.readers.limits import PageTooSlow, time_limit
from tests.ingest.runs import ingest

from .warcs import page

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
    started = time.monotonic()
    _, report = ingest(folder, dry_run=True)
    assert [each["file"] for each in report["articles"]] == ["good.html"]
    assert [(each["file"], reason in each["reason"]) for each in report["failures"]] == [("a.html", True)]
    assert time.monotonic() - started < 20


# The signal can arrive in a callback of the garbage collector (hypothesis has one), which Python only warns of; it comes again.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_page_that_takes_too_long_is_refused_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MAX_PAGE_SECONDS", 0.5)
    (tmp_path / "good.html").write_bytes(page())
    (tmp_path / "slow.html").write_bytes(b"<p>The ferry sails again, the master said.</p>" * 25_000)
    _, report = ingest(tmp_path, dry_run=True)
    assert [each["file"] for each in report["articles"]] == ["good.html"]
    assert ["takes longer than" in each["reason"] for each in report["failures"]] == [True]


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
