"""What merging costs."""

from __future__ import annotations

import random
import tracemalloc
from pathlib import Path

import pytest
from whoosh import fields

from search.engine import mergefield
from search.engine.batch import EngineDocument
from search.engine.bulk import BulkWriter, create_index


def memory_of_merging(path: str, segments: int) -> int:
    """The most bytes in use at once while so many segments of 100 documents become one."""
    create_index(path, fields.Schema(body=fields.TEXT()))
    chance = random.Random(1)
    for _ in range(segments):
        with BulkWriter(path) as writer:
            for _ in range(100):
                words = [f"w{chance.randrange(300)}" for _ in range(200)]
                writer.add(EngineDocument("", {"body": words}))
            writer.commit(merge=False)
    writer = BulkWriter(path)
    tracemalloc.start()
    try:
        writer.commit(optimize=True)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_hardly_grows_with_what_is_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mergefield, "STRETCH", 1 << 12)
    few, many = (memory_of_merging(str(tmp_path / str(count)), count) for count in (4, 16))
    assert many < 2 * few, f"{few} bytes for 4 segments, {many} for 16"
