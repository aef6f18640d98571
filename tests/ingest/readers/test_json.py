"""JSON arrays, objects with lists, single records and fixtures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from search.ingest.readers import json as reader
from tests.ingest.runs import Report, ingest, record

pytestmark = pytest.mark.django_db(transaction=True)


def read(path: Path, value: Any, **options: Any) -> Report:
    path.write_text(value if isinstance(value, str) else json.dumps(value, indent=1))
    return ingest(path, dry_run=True, with_text=True, **options)[1]


@pytest.mark.parametrize("wrap", [
    lambda rows: rows, lambda rows: {"count": 3, "articles": rows}, lambda rows: {"response": {"docs": rows, "tags": [{"x": 1}]}},
])  # fmt: skip
def test_records_are_found_in_arrays_however_they_are_packed(tmp_path: Path, wrap: Any) -> None:
    report = read(tmp_path / "a.json", wrap([record(1), record(2), record(3)]))
    assert [(each["id"], each["start_line"]) for each in report["articles"]] == [("1", 1), ("2", 2), ("3", 3)]
    assert report["failures"] == []


def test_one_record_with_lists_of_its_own_is_one_article(tmp_path: Path) -> None:
    report = read(tmp_path / "a.json", record(1, related=[{"title": "Other", "url": "https://x.example"}]))
    assert [each["id"] for each in report["articles"]] == ["1"]


def test_lines_in_a_json_file_are_read_as_lines(tmp_path: Path) -> None:
    report = read(tmp_path / "a.json", "\n".join(json.dumps(record(number)) for number in range(1, 4)))
    assert [each["start_line"] for each in report["articles"]] == [1, 2, 3]


def test_values_of_other_names_and_shapes_are_understood(tmp_path: Path) -> None:
    row = {
        "headline": "Pier opens", "content": "<p>The pier opens in Batumi.</p><p>It is long.</p>", "source": {"id": None, "name": "Coast"},
        "authors": [{"name": "Ada Brink"}, "Nino Example"], "publishedAt": "2020-10-05T10:00:00Z", "lang": "en",
    }  # fmt: skip
    (entry,) = read(tmp_path / "a.json", [row])["articles"]
    assert (entry["title"], entry["outlet"], entry["author"]) == ("Pier opens", "Coast", "Ada Brink, Nino Example")
    assert (entry["published"], entry["text"]) == ("2020-10-05", "The pier opens in Batumi.\nIt is long.")


def test_a_fixture_gives_articles_with_the_names_of_their_outlets(tmp_path: Path) -> None:
    rows = [
        {"model": "search.outlet", "pk": 3, "fields": {"name": "Coast Courier", "country": "GE"}},
        {"model": "search.article", "pk": 9, "fields": {"title": "Pier", "body": "It opens.", "outlet": 3,
         "published": "2020-10-01", "published_precision": "month", "external_id": "x9"}},
        {"model": "news.story", "pk": 4, "fields": {"headline": "Quay", "content": "It closes.", "publisher": ["The Quay"]}},
        {"model": "search.countrymention", "pk": 1, "fields": {"article": 9, "country": "AM"}},
    ]  # fmt: skip
    report = read(tmp_path / "a.json", rows)
    assert [(each["id"], each["title"], each["outlet"], each["published"]) for each in report["articles"]] == [
        ("x9", "Pier", "Coast Courier", "2020-10"), ("4", "Quay", "The Quay", None),
    ]  # fmt: skip
    assert report["failures"] == []


def test_settings_and_labels_in_a_folder_are_skipped(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "package.json").write_text('{"name": "x", "version": "1", "description": "A tool"}')
    (folder / "gold.json").write_text('[{"file": "a.txt", "title": "Pier opens", "countries": ["GE"]}]')
    _, report = ingest(folder, dry_run=True)
    assert (report["articles"], report["failures"], report["skipped"]) == ([], [], ["gold.json", "package.json"])


def test_what_stands_before_damage_is_read(tmp_path: Path) -> None:
    text = json.dumps([record(1), record(2)])[:-1] + ', {"id": "3", "title": oops'
    report = read(tmp_path / "a.json", text)
    assert [each["id"] for each in report["articles"]] == ["1", "2"]
    assert [(each["line"], each["reason"][:8]) for each in report["failures"]] == [(3, "not JSON")]


def test_a_record_of_a_wrong_kind_is_a_failure_and_the_rest_goes_on(tmp_path: Path) -> None:
    report = read(tmp_path / "a.json", [record(1), 7, record(2, title=5), record(3)])
    assert [each["id"] for each in report["articles"]] == ["1", "3"]
    assert [each["line"] for each in report["failures"]] == [2, 3]


def test_a_record_that_is_never_closed_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_ITEM_BYTES", 300_000)
    text = json.dumps([record(1)])[:-1] + ', {"text": "' + "word " * 200_000 + '"}]'
    report = read(tmp_path / "a.json", text)
    assert [each["id"] for each in report["articles"]] == ["1"]
    assert "larger than" in report["failures"][0]["reason"]


@pytest.mark.parametrize("deep", ['{"a":' * 100_000 + "1" + "}" * 100_000, "[" * 3_000_000, "[" * 4000 + "]" * 4000])
@pytest.mark.parametrize("before", [0, 3000])
def test_records_nested_too_deep_are_refused_before_they_fill_memory(tmp_path: Path, deep: str, before: int) -> None:
    rows = "".join(f"{json.dumps(record(number))}, " for number in range(before))
    report = read(tmp_path / "a.json", f'[{rows}{{"title": "a", "text": {deep}}}]')
    assert [each["reason"] for each in report["failures"]] == ["lists and objects are nested too deep"]
    assert len(report["articles"]) > before - 500


@pytest.mark.parametrize("digits", [19, 20, 40])
def test_numbers_of_more_than_64_bits_are_read(tmp_path: Path, digits: int) -> None:
    report = read(tmp_path / "a.json", [record(1, hash=int("7" * digits)), record(2)])
    assert [each["id"] for each in report["articles"]] == ["1", "2"]
    assert report["failures"] == []


def test_such_a_number_far_into_a_file_is_a_failure_with_a_remedy(tmp_path: Path) -> None:
    rows = [record(number, filler="x" * 1000) for number in range(400)]
    report = read(tmp_path / "a.json", [*rows, record(400, hash=int("7" * 20))])
    assert len(report["articles"]) == 400
    assert [each["line"] for each in report["failures"]] == [401]
    assert "in quotes" in report["failures"][0]["reason"]


@pytest.mark.parametrize("number", ["1" * 5000, "-" + "1" * 5000, "1" * 5000 + ".5", "1e" + "1" * 5000])
def test_a_number_of_thousands_of_digits_is_a_failure_and_never_the_end_of_the_process(
    tmp_path: Path, number: str
) -> None:
    _, report = ingest(_numbered(tmp_path, number), dry_run=True)
    assert [each["file"] for each in report["articles"]] == ["good.json"]


def _numbered(folder: Path, number: str) -> Path:
    (folder / "bad.json").write_text(f'{{"title": "a", "n": {number}, "text": "One ferry sails."}}')
    (folder / "good.json").write_text(json.dumps(record(1)))
    return folder
