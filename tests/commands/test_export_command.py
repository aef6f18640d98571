"""`manage.py export` writes what `GET /export/<format>` does."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def corpus() -> None:
    call_command("rebuild_index", verbosity=0, stdout=StringIO())
    make_article("Peace talks in Gori", "Delegates met.", outlet="Coast Courier", published="2020-10", countries=["GE"])
    make_article("Budget debate", "Peace was not named.", outlet="Hill Herald", published="2021", countries=["AM"])


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("export", *arguments, stderr=said)
    return said.getvalue()


def test_what_a_question_finds_is_written_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "talks.csv"
    assert "1 articles exported" in run("talks", "--output", str(file), "--base-url", "https://news.example/")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert row["title"] == "Peace talks in Gori"
    assert row["page"].startswith("https://news.example/articles/")
    assert row["question_address"] == "https://news.example/?q=talks"
    assert list(tmp_path.glob("*.new")) == []


def test_without_a_file_it_goes_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    run("--country", "AM", "--format", "ris")
    assert b"TI  - Budget debate" in capfdbinary.readouterr().out


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Remedy"):
        run("--output", str(tmp_path / "no" / "folder.csv"))


def test_a_question_that_cannot_be_answered_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "kept.csv"
    file.write_text("mine")
    with pytest.raises(CommandError, match="ZZ"):
        run("--country", "ZZ", "--output", str(file))
    assert file.read_text() == "mine"
