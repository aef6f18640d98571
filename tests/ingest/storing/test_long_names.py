"""Files whose name is longer than the database keeps: a dry run tells what the run does."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from search.models import SourceDocument
from tests.ingest.runs import ingest, record, statuses

pytestmark = pytest.mark.django_db(transaction=True)


def pack(path: Path, *versions: str) -> Path:
    name = f"{'folder-with-a-name/' * 20}news.jsonl"
    with zipfile.ZipFile(path, "w") as archive:
        for number, title in enumerate(versions):
            archive.writestr(f"{number}{name}", json.dumps(record(1, title=title)))
    return path


def test_a_dry_run_agrees_with_the_run_where_names_are_cut(tmp_path: Path) -> None:
    """The first version comes again after the second: it is a later one only where its file is not
    known by its name."""
    packed = pack(tmp_path / "a.zip", "The first", "The second")
    ingest(packed, collection="wire")
    assert all(len(name) == 255 for name in SourceDocument.objects.values_list("name", flat=True))
    pack(tmp_path / "a.zip", "The first", "The third")
    _, foretold = ingest(packed, collection="wire", dry_run=True)
    _, done = ingest(packed, collection="wire")
    assert statuses(foretold) == statuses(done)
    _, foretold = ingest(packed, collection="wire", dry_run=True)
    _, done = ingest(packed, collection="wire")
    assert statuses(foretold) == statuses(done) == ["unchanged", "unchanged"]
