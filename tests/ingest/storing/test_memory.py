"""What a run keeps in memory does not grow with what it has taken in."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from search.ingest.records import Record, Source
from search.ingest.storing.known_articles import Knowledge
from search.ingest.storing.outlets import OutletRegistry
from tests.ingest.runs import ingest, record, write_jsonl

MAPS = Path("/proc/self/maps")


def test_asking_for_records_never_seen_before_leaves_nothing_behind() -> None:
    knowledge = Knowledge(OutletRegistry(dry_run=True, empty=True), ask_database=False)
    source = Source("a.jsonl", "a", "", "jsonl", "utf-8")
    knowledge.same_content(Record(source, 1, 1, "0", "Title", "Text"))
    tracemalloc.start()
    try:
        for number in range(2_000):
            assert knowledge.same_content(Record(source, 1, 1, str(number), f"Title {number}", "Text")) is None
        assert tracemalloc.get_traced_memory()[0] < 20_000
    finally:
        tracemalloc.stop()


@pytest.mark.skipif(not MAPS.exists(), reason="only Linux says which files are mapped")
@pytest.mark.django_db(transaction=True)
def test_a_run_keeps_no_file_of_the_index_open(tmp_path: Path, own_index: Path) -> None:
    for number in (1, 2):
        ingest(write_jsonl(tmp_path / f"{number}.jsonl", record(number)))
    assert list(own_index.rglob("*.inv"))
    assert str(own_index) not in MAPS.read_text()
