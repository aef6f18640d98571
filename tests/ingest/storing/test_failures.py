"""What failed is kept with file, line and reason, and is read again alone."""

from __future__ import annotations

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.exceptions import CorpusError
from search.ingest.pipeline import IngestOptions, run_ingest
from search.ingest.storing.failures import path_of, stored_path
from search.languages.tags import normalise_language
from search.models import Article, IngestFailure, IngestRun, SourceDocument
from tests.ingest.runs import Report, everything, ingest, record, statuses, write_jsonl

pytestmark = pytest.mark.django_db(transaction=True)

BROKEN = '{"id": "2", "title": "Cut in the mid'


def retry(folder: Path, run: int = 0, **options: object) -> Report:
    """What `ingest --retry` tells of each article."""
    report = folder / "retried.json"
    run_ingest(IngestOptions(paths=(), report=report, workers=1, retry=run, **options))  # type: ignore[arg-type]
    found: Report = json.loads(report.read_text())
    return found


def states() -> list[tuple[str, int | None, str]]:
    return list(IngestFailure.objects.order_by("pk").values_list("file", "line", "status"))


def test_a_failure_is_kept_with_file_line_and_reason(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1), BROKEN, record(3))
    ingest(path)
    failure = IngestFailure.objects.get()
    assert (failure.path, failure.file, failure.line, failure.status) == (str(path), "a.jsonl", 2, "open")
    assert failure.reason.startswith("not JSON")
    assert failure.run == IngestRun.objects.get()


def test_a_dry_run_keeps_none(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", BROKEN), dry_run=True)
    assert not IngestFailure.objects.exists()


def test_a_line_that_was_mended_is_taken_in_and_the_rest_is_not_told_again(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1), BROKEN, record(3))
    ingest(path)
    write_jsonl(path, record(1), record(2), record(3))
    report = retry(tmp_path)
    assert [(entry["id"], entry["status"]) for entry in report["articles"]] == [("2", "new")]
    assert report["counts"]["articles"] == 1
    assert states() == [("a.jsonl", 2, "resolved")]
    failure = IngestFailure.objects.get()
    assert failure.closed_by == IngestRun.objects.latest("pk")
    assert failure.closed_at is not None


def test_a_mended_line_is_found_where_it_stands_now(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1), BROKEN)
    ingest(path)
    write_jsonl(path, record(5), record(6), record(1), record(2))
    assert [entry["id"] for entry in retry(tmp_path)["articles"]] == ["5", "6", "2"]
    assert states() == [("a.jsonl", 2, "resolved")]


def test_of_a_file_that_nobody_wrote_since_only_the_failed_lines_are_read(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1), BROKEN, record(3)))
    Article.objects.get(external_id="3").delete()
    report = retry(tmp_path)
    assert report["articles"] == []
    assert [failure["line"] for failure in report["failures"]] == [2]
    assert not Article.objects.filter(external_id="3").exists()


def test_what_fails_again_is_said_and_stays_open_in_the_later_run(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1), BROKEN))
    first = IngestRun.objects.get()
    retry(tmp_path)
    assert states() == [("a.jsonl", 2, "again"), ("a.jsonl", 2, "open")]
    assert first.failures.get().status == "again"
    assert retry(tmp_path, first.pk)["counts"]["failed"] == 0


def test_an_ordinary_run_over_the_mended_file_resolves_too(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", BROKEN, "[]")
    ingest(path)
    write_jsonl(path, record(2), "[]")
    ingest(path)
    assert states() == [("a.jsonl", 1, "resolved"), ("a.jsonl", 2, "again"), ("a.jsonl", 2, "open")]


def test_a_line_the_database_refused_is_taken_in_when_it_is_retried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A language that is no tag breaks a constraint, as a rule of an earlier version might have."""
    path = write_jsonl(tmp_path / "a.jsonl", record(1), record(2), record(3))
    with monkeypatch.context() as earlier:
        earlier.setattr(
            "search.ingest.labelling.normalise_language", lambda tag: normalise_language(tag) if tag == "en" else "X"
        )
        write_jsonl(path, record(1), record(2, language="fr"), record(3))
        ingest(path)
    assert [(line, status) for _file, line, status in states()] == [(2, "open")]
    assert [(entry["id"], entry["language"]) for entry in retry(tmp_path)["articles"]] == [("2", "fr")]
    assert [(line, status) for _file, line, status in states()] == [(2, "resolved")]


def test_a_retried_line_and_a_later_one_of_its_id_are_both_kept(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", BROKEN, record(2, title="The later one"))
    ingest(path)
    write_jsonl(path, record(2, title="The earlier one"), record(2, title="The later one"))
    retry(tmp_path)
    assert set(Article.objects.values_list("title", flat=True)) == {"The earlier one", "The later one"}


def test_a_missing_file_is_retried_with_the_options_of_its_run(tmp_path: Path) -> None:
    path = tmp_path / "late.jsonl"
    ingest(path, outlet="Hill Herald", collection="wire")
    assert states() == [("late.jsonl", None, "open")]
    write_jsonl(path, record(1, outlet=None))
    assert statuses(retry(tmp_path)) == ["new"]
    article = Article.objects.get()
    assert (article.collection, str(article.outlet)) == ("wire", "Hill Herald")
    assert states() == [("late.jsonl", None, "resolved")]


def test_a_file_that_is_still_missing_fails_again(tmp_path: Path) -> None:
    ingest(tmp_path / "never.jsonl")
    assert retry(tmp_path)["counts"]["failed"] == 1
    assert [status for *_place, status in states()] == ["again", "open"]


def test_a_page_that_could_not_be_read_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(b"")
    ingest(path)
    path.write_text(
        "Harbour opens\n\nThe harbour of Batumi was opened again on Monday after the repairs of the pier.\n"
    )
    assert statuses(retry(tmp_path)) == ["new"]
    assert states() == [("page.txt", None, "resolved")]


def test_only_the_failures_of_the_run_that_is_named_are_retried(tmp_path: Path) -> None:
    one, two = write_jsonl(tmp_path / "a.jsonl", BROKEN), write_jsonl(tmp_path / "b.jsonl", BROKEN)
    ingest(one)
    ingest(two)
    write_jsonl(one, record(1))
    write_jsonl(two, record(2))
    report = retry(tmp_path, IngestFailure.objects.get(file="b.jsonl").run_id)
    assert [entry["id"] for entry in report["articles"]] == ["2"]
    assert states() == [("a.jsonl", 1, "open"), ("b.jsonl", 1, "resolved")]


def test_retrying_when_nothing_failed_changes_nothing(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1)))
    before = everything()
    assert retry(tmp_path)["articles"] == []
    assert everything() == before


def test_a_retry_can_be_a_dry_run(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", BROKEN)
    ingest(path)
    write_jsonl(path, record(2))
    assert statuses(retry(tmp_path, dry_run=True)) == ["new"]
    assert states() == [("a.jsonl", 1, "open")]
    assert not Article.objects.exists()


def test_a_run_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no ingest run 9"):
        retry(tmp_path, 9)


def test_the_files_of_a_retry_are_known_as_before(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1), BROKEN))
    retry(tmp_path)
    assert SourceDocument.objects.count() == 1


def test_many_failures_are_all_kept_and_all_resolved(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", *[BROKEN] * 1200)
    ingest(path)
    assert IngestFailure.objects.filter(status="open").count() == 1200
    write_jsonl(path, *[record(number) for number in range(1200)])
    assert retry(tmp_path)["counts"]["new"] == 1200
    assert IngestFailure.objects.filter(status="resolved").count() == 1200


@pytest.mark.parametrize(
    "arguments", [[], ["a.jsonl", "--retry", "1"], ["--retry", "--collection", "wire"], ["--retry", "-1"]]
)
def test_paths_and_retry_exclude_each_other(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("ingest", *arguments, verbosity=0, stdout=StringIO(), stderr=StringIO())


def test_the_command_retries_and_ends_well_when_all_is_resolved(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", BROKEN)
    with pytest.raises(CommandError, match="--retry"):
        call_command("ingest", str(path), verbosity=0, stdout=StringIO(), stderr=StringIO())
    write_jsonl(path, record(2))
    out = StringIO()
    call_command("ingest", "--retry", verbosity=0, stdout=out)
    assert "1 articles (1 new), 0 failed" in out.getvalue()


def test_a_path_that_is_no_utf8_is_found_again(tmp_path: Path) -> None:
    path = Path(os.fsdecode(bytes(tmp_path / "caf") + b"\xe9.jsonl"))
    write_jsonl(path, record(1))
    stored = stored_path(path)
    assert stored.endswith(r"caf\xe9.jsonl")
    assert path_of(stored) == path
