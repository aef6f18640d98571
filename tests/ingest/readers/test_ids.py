"""Ids and other values of JSON records that are no strings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from search.models import Article
from tests.ingest.runs import ingest, record, write_jsonl

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 12345678901234567890123


def write(folder: Path, form: str, *rows: dict[str, Any]) -> Path:
    path = folder / f"a.{form}"
    if form == "jsonl":
        return write_jsonl(path, *rows)
    path.write_text(json.dumps(rows))
    return path


@pytest.mark.parametrize("form", ["jsonl", "json"])
@pytest.mark.parametrize(
    ("number", "known"), [(17, "17"), (0, "0"), (-5, "-5"), (2**63, str(2**63)), (LONG, str(LONG))]
)
def test_a_whole_number_is_the_id_that_its_digits_are(tmp_path: Path, form: str, number: int, known: str) -> None:
    _, report = ingest(write(tmp_path, form, record(1, id=number)))
    assert [entry["id"] for entry in report["articles"]] == [known]
    _, report = ingest(write(tmp_path, form, record(1, id=known)))
    assert [entry["status"] for entry in report["articles"]] == ["unchanged"]


@pytest.mark.parametrize("form", ["jsonl", "json"])
@pytest.mark.parametrize("key", ["id", "_id"])
def test_long_ids_that_differ_in_their_last_digit_are_two_articles(tmp_path: Path, form: str, key: str) -> None:
    rows = [record(number, id=None) | {key: LONG + number} for number in (1, 2)]
    ingest(write(tmp_path, form, *rows))
    assert set(Article.objects.values_list("external_id", flat=True)) == {str(LONG + 1), str(LONG + 2)}


@pytest.mark.parametrize("form", ["jsonl", "json"])
@pytest.mark.parametrize(("key", "value", "kind"), [
    ("id", 17.0, "a number"), ("id", 1e3, "a number"), ("id", True, "true or false"), ("id", [17], "a list"),
    ("title", 2020, "a number"), ("text", 1.5, "a number"), ("author", False, "true or false"), ("published", 2020, "a number"),
])  # fmt: skip
def test_other_values_are_failures_and_the_next_record_is_read(
    tmp_path: Path, form: str, key: str, value: object, kind: str
) -> None:
    _, report = ingest(write(tmp_path, form, record(1) | {key: value}, record(2)))
    assert [failure["reason"] for failure in report["failures"]] == [f"{key!r} is not a string but {kind}"]
    assert [entry["id"] for entry in report["articles"]] == ["2"]
