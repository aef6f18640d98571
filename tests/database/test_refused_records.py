"""A record that PostgreSQL refuses costs that record: it is a failure with its reason, the rest is
taken in."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.commands.processes import manage
from tests.database.postgres import Server

#: What a page of PostgreSQL lets an entry of a btree have.
BTREE_BYTES = 2704
BYTES_A_CHARACTER = 4
COUNT = 60


def rare(count: int) -> str:
    """Characters of four bytes that no compression makes fewer of."""
    chosen = random.Random(7)
    return "".join(chr(chosen.randrange(0x20000, 0x2A000)) for _ in range(count))


def file_of(path: Path, odd: dict[int, dict[str, object]]) -> Path:
    """Articles of which some have odd values."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(COUNT):
            row = {"id": str(number), "title": f"Meeting {number}", "text": f"Delegates met for the {number}. time."}
            file.write(json.dumps(row | odd.get(number, {})) + "\n")
    return path


def failures(server: Server, database: str = "corpus") -> list[tuple[int, str]]:
    """Line and reason of each."""
    rows = server.sql("SELECT line, reason FROM search_ingestfailure ORDER BY line", database=database)
    return [(int(row.partition("|")[0]), row.partition("|")[2]) for row in rows.splitlines()]


def test_an_id_too_long_for_the_index_of_ids_fails_alone(
    postgres: Server, database: str, prepared: Path, tmp_path: Path
) -> None:
    """500 characters of id and 300 of collection are 3,200 bytes."""
    path = file_of(tmp_path / "a.jsonl", {7: {"id": rare(500)}, 31: {"id": "x" + rare(499)}})
    done = manage(prepared, "ingest", path, "--collection", rare(300)[::-1], database=database)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "2 of the input failed; everything else was taken in" in done.stderr
    refused = failures(postgres)
    assert [line for line, _ in refused] == [8, 32]
    assert all("the database refuses it: index row" in reason for _, reason in refused)
    assert postgres.sql("SELECT count(*) FROM search_article", database="corpus") == str(5 + COUNT - 2)
    again = manage(prepared, "ingest", "--retry", database=database)
    assert "2 of the input failed" in again.stderr


def test_letters_that_the_database_cannot_hold_cost_the_articles_that_have_them(
    postgres: Server, data: Path, tmp_path: Path
) -> None:
    """A database of Latin letters alone: in a title, a text, an id, and in a language of another
    script."""
    postgres.sql("DROP DATABASE IF EXISTS latin WITH (FORCE)")
    url = postgres.make_database("latin", encoding="LATIN1")
    assert manage(data, "migrate", "-v0", database=url).returncode == 0
    odd: dict[int, dict[str, object]] = {
        3: {"title": "Party 🎉"},
        20: {"id": "🎉"},
        21: {"text": "اجتمع المندوبون في القاعة."},
        40: {"outlet": "新闻"},
        50: {"title": "A\u0000B", "text": "Nothing \ud800 of it."},
    }
    done = manage(data, "ingest", file_of(tmp_path / "a.jsonl", odd), database=url)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    refused = failures(postgres, "latin")
    # A lone surrogate becomes the replacement character, which is no Latin letter either; the NUL alone would go.
    assert [line for line, _ in refused] == [4, 21, 22, 41, 51]
    assert all("has no equivalent in encoding" in reason for _, reason in refused)
    assert postgres.sql("SELECT count(*) FROM search_article", database="latin") == str(COUNT - 5)
    check = manage(data, "check_index", database=url)
    assert check.returncode == 0, check.stdout


def test_a_failure_that_the_database_cannot_hold_as_it_is_is_kept_in_other_letters(
    postgres: Server, data: Path, tmp_path: Path
) -> None:
    postgres.sql("DROP DATABASE IF EXISTS latin WITH (FORCE)")
    url = postgres.make_database("latin", encoding="LATIN1")
    assert manage(data, "migrate", "-v0", database=url).returncode == 0
    folder = tmp_path / "pages"
    folder.mkdir()
    path = file_of(folder / "新闻.jsonl", {})
    with path.open("a") as file:
        file.write("{broken\n")
    done = manage(data, "ingest", folder, "--collection", "wire", database=url)
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    stored = postgres.sql("SELECT path FROM search_ingestfailure WHERE line = 61", database="latin")
    assert stored.endswith(r"\u65b0\u95fb.jsonl")


#: The ids of articles and the paths of failures, which are tested above.
OUTGROW = {"article: collection, external_id", "ingestfailure: status, path"}


def _bytes_of(field: object) -> int:
    """The most that a value takes in an index."""
    if isinstance(field, models.TextField):
        return sys.maxsize
    if isinstance(field, models.CharField):
        return (field.max_length or 0) * BYTES_A_CHARACTER
    return 8


def _has_index(field: Any) -> bool:
    return bool(field.db_index or field.unique)


def _indexed() -> dict[str, int]:
    """Every index of ours, by its fields, with the most bytes of an entry."""
    found = {}
    for model in apps.get_app_config("search").get_models():
        options = model._meta
        groups = [[field.name] for field in options.local_fields if _has_index(field)]
        groups += [list(index.fields) for index in options.indexes]
        groups += [list(each.fields) for each in options.constraints if isinstance(each, models.UniqueConstraint)]
        for names in groups:
            size = 16 + sum(_bytes_of(options.get_field(name.lstrip("-"))) for name in names)
            found[f"{options.model_name}: {', '.join(names)}"] = size
    return found


@pytest.mark.parametrize(("name", "size"), sorted(_indexed().items()))
def test_all_that_can_outgrow_an_index_of_postgresql_is_known_and_tested(name: str, size: int) -> None:
    """A new one needs a test of its own."""
    assert (size > BTREE_BYTES) == (name in OUTGROW)


def test_what_can_outgrow_an_index_is_still_an_index() -> None:
    assert _indexed().keys() > OUTGROW
