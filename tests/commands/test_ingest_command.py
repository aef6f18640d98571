"""`manage.py ingest`: what it says and how it ends."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.models import Article
from tests.ingest.runs import record, write_jsonl

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str | Path, **options: object) -> str:
    out = StringIO()
    call_command("ingest", *map(str, arguments), verbosity=0, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_the_summary_counts_each_status(tmp_path: Path) -> None:
    said = run(write_jsonl(tmp_path / "a.jsonl", record(1), record(2), record(1) | {"id": "3"}))
    assert "3 articles (2 new, 1 duplicate), 0 failed, 0 files skipped" in said


def test_skipped_files_are_named_and_are_no_failure(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "labels.json").write_text("[]")
    write_jsonl(tmp_path / "in" / "a.jsonl", record(1))
    assert "labels.json" in run(tmp_path / "in")


@pytest.mark.parametrize(("name", "told"), [
    ("a.doc", "Word 97–2003: save it as DOCX"), ("a.xls", "XLSX or CSV"), ("a.epub", "book"), ("a.rar", "unpack it"),
    ("a.msg", "EML or MBOX"), ("a.jpg", "OCR"), ("a.parquet", "JSON lines or CSV"), ("a.xyz", "unknown kind '.xyz'"),
])  # fmt: skip
def test_a_file_that_is_not_read_is_told_with_its_kind_and_what_to_do(name: str, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\x00\x01\x02")
    out = StringIO()
    with pytest.raises(CommandError, match="nothing was taken") as refused:
        call_command("ingest", str(tmp_path), verbosity=0, dry_run=True, stdout=out, stderr=StringIO())
    assert refused.value.returncode == 1
    assert told in out.getvalue()
    assert f": {name}" in out.getvalue()


def test_the_names_that_a_run_was_given_are_those_of_its_retry(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"kop_a": "Harbour opens", "zin": "x"}\n{"zin": "y"}\n')
    with pytest.raises(CommandError):
        run(path, "--map", "title=kop_a")
    path.write_text('{"kop_a": "Harbour opens", "zin": "x"}\n{"kop_a": "Pier opens", "zin": "y"}\n')
    run("--retry")
    assert sorted(Article.objects.values_list("title", flat=True)) == ["Harbour opens", "Pier opens"]


@pytest.mark.parametrize("given", ["published", "published=", "day=date", "=x"])
def test_a_name_for_no_field_is_refused(given: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="FIELD=NAME"):
        run(write_jsonl(tmp_path / "a.jsonl", record(1)), "--map", given)


def test_what_failed_is_named_and_the_exit_is_an_error(tmp_path: Path) -> None:
    err = StringIO()
    path = write_jsonl(tmp_path / "a.jsonl", record(1), *["{broken"] * 30)
    with pytest.raises(CommandError, match="30 of the input failed") as refused:
        call_command("ingest", str(path), verbosity=0, stdout=StringIO(), stderr=err)
    assert refused.value.returncode == 1
    assert err.getvalue().count("failed: a.jsonl:") == 20
    assert "and 10 more" in err.getvalue()
    assert Article.objects.count() == 1


def test_a_dry_run_says_so(tmp_path: Path) -> None:
    assert run(write_jsonl(tmp_path / "a.jsonl", record(1)), "--dry-run").startswith("Dry run, nothing was written.")


def test_texts_are_asked_for_with_a_report(tmp_path: Path) -> None:
    path, report = write_jsonl(tmp_path / "a.jsonl", record(1)), tmp_path / "report.json"
    with pytest.raises(CommandError, match="--report"):
        run(path, "--dry-run", "--with-text")
    run(path, "--dry-run", "--with-text", "--report", report)
    assert record(1)["text"] in report.read_text()


def test_a_negative_number_of_workers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--workers"):
        run(write_jsonl(tmp_path / "a.jsonl", record(1)), "--workers", "-1")
