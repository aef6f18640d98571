"""Links and what else stands in folders that is no file: nothing outside of what was named is read,
everything inside once."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from search.ingest.files.links import FilePlace, open_file
from search.ingest.pipeline import IngestOptions, run_ingest
from search.ingest.readers.intake import Intake
from search.models import Article, IngestFailure
from tests.ingest.runs import ingest, record, statuses, write_jsonl
from tests.ingest.storing.test_failures import retry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to be named, with an article, beside one with a secret."""
    write_jsonl(tmp_path / "outside" / "secret.jsonl", record(9, title="A secret"))
    write_jsonl(tmp_path / "in" / "a.jsonl", record(1))
    return tmp_path / "in"


@pytest.mark.parametrize("target", ["../outside/secret.jsonl", "../outside", "/etc/passwd", "/", ".."])
def test_a_link_that_leads_out_of_the_folder_is_refused_with_a_reason(folder: Path, target: str) -> None:
    (folder / "link").symlink_to(target)
    summary, report = ingest(folder)
    assert [failure["file"] for failure in report["failures"]] == ["link"]
    assert "symbolic link that leads out of what was named" in report["failures"][0]["reason"]
    assert summary.counts.failed == 1
    assert [article.title for article in Article.objects.all()] == [record(1)["title"]]


def test_a_link_that_leads_out_by_another_link_is_refused(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "door").symlink_to("../../outside")
    (folder / "b.jsonl").symlink_to("deep/door/secret.jsonl")
    _, report = ingest(folder)
    assert [failure["file"] for failure in report["failures"]] == ["b.jsonl", "door"]
    assert Article.objects.count() == 1


def test_a_link_to_a_folder_that_is_named_too_is_followed(folder: Path) -> None:
    (folder / "more").symlink_to("../outside")
    _, report = ingest(folder, folder.parent / "outside")
    assert (report["failures"], statuses(report)) == ([], ["new", "new"])


def test_a_link_that_leads_nowhere_and_links_in_a_circle_are_refused(folder: Path) -> None:
    (folder / "gone.jsonl").symlink_to("no-such-file")
    (folder / "x.jsonl").symlink_to("y.jsonl")
    (folder / "y.jsonl").symlink_to("x.jsonl")
    _, report = ingest(folder)
    assert [failure["file"] for failure in report["failures"]] == ["gone.jsonl", "x.jsonl", "y.jsonl"]
    assert statuses(report) == ["new"]


def test_a_file_with_two_names_is_read_once_by_its_own(folder: Path) -> None:
    """The link stands before it in the order of names."""
    (folder / "0.jsonl").symlink_to("a.jsonl")
    (folder / "0").symlink_to(".")
    (folder / "sub").mkdir()
    (folder / "sub" / "up").symlink_to("..")
    summary, report = ingest(folder)
    assert [entry["file"] for entry in report["articles"]] == ["a.jsonl"]
    assert (summary.counts.failed, Article.objects.get().collection) == (0, "in/a")


def test_hard_links_of_one_file_are_read_once(folder: Path) -> None:
    os.link(folder / "a.jsonl", folder / "b.jsonl")
    _, report = ingest(folder)
    assert [entry["file"] for entry in report["articles"]] == ["a.jsonl"]


def test_files_kept_in_a_hidden_folder_and_shown_by_links_are_read(folder: Path) -> None:
    """As git-annex keeps them."""
    write_jsonl(folder / ".store" / "0f3a.jsonl", record(2))
    (folder / "b.jsonl").symlink_to(".store/0f3a.jsonl")
    _, report = ingest(folder)
    assert [entry["file"] for entry in report["articles"]] == ["a.jsonl", "b.jsonl"]


@pytest.mark.parametrize("target", ["in/a.jsonl", "in"])
def test_a_link_that_is_named_is_followed(folder: Path, target: str) -> None:
    (folder.parent / "link.jsonl").symlink_to(target)
    _, report = ingest(folder.parent / "link.jsonl")
    assert (report["failures"], statuses(report)) == ([], ["new"])


def test_the_folder_that_a_named_link_leads_to_is_the_named_one(folder: Path) -> None:
    (folder / "b.jsonl").symlink_to(folder / "a.jsonl")
    (folder / "out.jsonl").symlink_to("../outside/secret.jsonl")
    (folder.parent / "outside" / "in").symlink_to(folder)
    _, report = ingest(folder.parent / "outside" / "in")
    assert [failure["file"] for failure in report["failures"]] == ["out.jsonl"]
    assert statuses(report) == ["new"]


def test_pipes_and_sockets_are_refused_and_nobody_waits_for_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "shown.jsonl").symlink_to("pipe.jsonl")
    # The path of a socket may not be long.
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        _, report = ingest(folder)
    assert [(failure["file"], failure["reason"]) for failure in report["failures"]] == [
        ("pipe.jsonl", "a pipe, not a file"), ("socket.txt", "a socket, not a file"), ("shown.jsonl", "a pipe, not a file"),
    ]  # fmt: skip
    assert statuses(report) == ["new"]


def test_a_pipe_or_a_device_that_is_named_is_refused(folder: Path) -> None:
    os.mkfifo(folder / "pipe.jsonl")
    for path, reason in ((folder / "pipe.jsonl", "a pipe, not a file"), (Path("/dev/zero"), "a device, not a file")):
        summary = run_ingest(IngestOptions(paths=(path,), format="jsonl"))
        assert [failure.reason for failure in summary.failures] == [reason]


def test_a_file_of_no_known_kind_is_skipped_wherever_its_link_leads(folder: Path) -> None:
    (folder / "picture.png").symlink_to("../outside/secret.jsonl")
    _, report = ingest(folder)
    assert (report["skipped"], report["failures"]) == (["picture.png"], [])


@pytest.mark.parametrize("swapped", ["b.jsonl", "sub"])
def test_a_file_or_folder_that_became_a_link_since_it_was_found_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, swapped: str
) -> None:
    write_jsonl(folder / "b.jsonl", record(2))
    write_jsonl(folder / "sub" / "secret.jsonl", record(3))
    items = Intake.items

    def swap_then_read(intake: Intake, files: object) -> object:
        (folder / swapped).rename(folder / ".aside")
        (folder / swapped).symlink_to("../outside" if swapped == "sub" else "../outside/secret.jsonl")
        return items(intake, files)  # type: ignore[arg-type]

    monkeypatch.setattr(Intake, "items", swap_then_read)
    _, report = ingest(folder)
    assert ["or a link" in failure["reason"] for failure in report["failures"]] == [True]
    assert not Article.objects.filter(title="A secret").exists()


def test_a_pipe_put_in_the_place_of_a_file_keeps_nobody_waiting(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(Exception, match="a pipe, not a file"):
        open_file(folder / "pipe", FilePlace(folder, ("pipe",)))


def test_a_retry_does_not_follow_what_the_run_refused(folder: Path) -> None:
    (folder / "link.jsonl").symlink_to("../outside/secret.jsonl")
    ingest(folder)
    assert IngestFailure.objects.get().path == str(folder / "link.jsonl")
    for _again in range(2):
        report = retry(folder.parent)
        assert "leads out" in report["failures"][0]["reason"]
    assert Article.objects.count() == 1


def test_a_retry_does_not_follow_a_link_that_was_put_where_a_file_failed(folder: Path) -> None:
    (folder / "b.jsonl").touch()
    ingest(folder)
    (folder / "b.jsonl").unlink()
    (folder / "b.jsonl").symlink_to("../outside/secret.jsonl")
    report = retry(folder.parent)
    assert "leads out" in report["failures"][0]["reason"]
    assert Article.objects.count() == 1


def test_a_refused_link_is_resolved_when_it_is_gone_or_a_file(folder: Path) -> None:
    for name in ("b.jsonl", "c.jsonl"):
        (folder / name).symlink_to("../outside/secret.jsonl")
    ingest(folder)
    (folder / "b.jsonl").unlink()
    (folder / "c.jsonl").unlink()
    write_jsonl(folder / "c.jsonl", record(3))
    assert statuses(retry(folder.parent)) == ["new"]
    assert set(IngestFailure.objects.values_list("status", flat=True)) == {"resolved"}


def test_an_ordinary_run_resolves_a_refused_link_that_is_gone(folder: Path) -> None:
    (folder / "b.jsonl").symlink_to("../outside/secret.jsonl")
    ingest(folder)
    (folder / "b.jsonl").unlink()
    ingest(folder)
    assert IngestFailure.objects.get().status == "resolved"


def test_a_named_link_that_failed_is_followed_when_it_is_retried(folder: Path) -> None:
    (folder.parent / "link.jsonl").symlink_to("outside/new.jsonl")
    ingest(folder.parent / "link.jsonl")
    write_jsonl(folder.parent / "outside" / "new.jsonl", record(4))
    assert statuses(retry(folder.parent)) == ["new"]
    assert IngestFailure.objects.get().status == "resolved"
