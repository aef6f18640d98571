"""A second process that builds half of a commit."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from zlib import crc32

import pytest
from whoosh import fields, query
from whoosh.index import open_dir

from search.engine.errors import DocumentError, EngineError
from search.engine.reader import EngineReader
from search.engine.storage.fields import IntField
from search.engine.writer import BulkWriter, create_index
from search.engine.writing.batch import EngineDocument
from search.engine.writing.helper import can_help

WORDS = ("ferry", "harbour", "strait", "lighthouse")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' process may have threads of a browser; none of them holds a lock that building
    needs."""
    monkeypatch.setattr("search.engine.writer.can_help", lambda: True)


def empty(path: Path) -> str:
    create_index(str(path), fields.Schema(id=fields.ID(unique=True, stored=True), body=fields.TEXT(), year=IntField()))
    return str(path)


def document(number: int, round_: int = 0) -> EngineDocument:
    words = [WORDS[number % 4], WORDS[(number + round_) % 3]]
    return EngineDocument(str(number), {"body": words}, {"year": 1990 + round_})


def fill(path: str, *, helped: bool) -> None:
    """Three commits, with documents replaced within one and across two, and some deleted."""
    for round_ in range(3):
        with BulkWriter(path, helped=helped, batch_tokens=500) as writer:
            for number in range(round_ * 50, 900 + round_ * 50):
                writer.add(document(number, round_))
            for number in range(0, 300, 7):
                writer.add(document(number, round_ + 1))
            for number in range(0, 1000, 11):
                writer.delete(str(number))


def found(path: str) -> dict[str, list[str]]:
    reader = EngineReader.open(path)
    trees = [query.Term("body", word) for word in WORDS]
    trees += [query.NumericRange("year", year, year) for year in range(1990, 1994)]
    trees.append(query.Phrase("body", list(WORDS[:2])))
    return {
        str(tree): sorted(str(reader.stored(number)["id"]) for number in reader.evaluate(tree).docs.tolist())
        for tree in trees
    }


def test_an_index_built_by_two_processes_answers_like_one_built_by_one(tmp_path: Path) -> None:
    paths = {helped: empty(tmp_path / str(helped)) for helped in (False, True)}
    for helped, path in paths.items():
        fill(path, helped=helped)
    assert found(paths[True]) == found(paths[False])


def test_without_a_unique_field_documents_are_shared_out_too(tmp_path: Path) -> None:
    create_index(str(tmp_path), fields.Schema(body=fields.TEXT()))
    with BulkWriter(str(tmp_path), helped=True) as writer:
        for number in range(64):
            writer.add(EngineDocument("", {"body": [WORDS[number % 4]]}))
    sizes = [segment.doc_count_all() for segment in open_dir(str(tmp_path))._segments()]
    assert len(sizes) == 2
    assert sum(sizes) == 64


def test_what_the_second_process_refuses_is_told_at_the_commit_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = empty(tmp_path / "index")
    told: dict[str, str] = {}
    with BulkWriter(path, helped=True, refused=lambda key, error: told.update({key: str(error)})) as writer:
        for number in range(20):
            writer.add(document(number))
        for number in range(4):
            writer.add(EngineDocument(f"bad {number}", {}, {"nosuch": "x"}))
            writer.add(EngineDocument(str(number), {}, {"nosuch": "x"}))
    assert set(told) == {f"bad {number}" for number in range(4)} | {"0", "1", "2", "3"}
    assert all("nosuch" in reason for reason in told.values())
    assert EngineReader.open(path).doc_count == 16


def test_without_anyone_to_tell_a_refused_document_ends_the_commit(tmp_path: Path) -> None:
    path = empty(tmp_path / "index")
    writer = BulkWriter(path, helped=True)
    # Those with such keys go to the second process.
    for number in (0, 2, 5):
        writer.add(EngineDocument(str(number), {}, {"nosuch": "x"}))
    with pytest.raises(DocumentError, match="nosuch"):
        writer.commit()
    assert EngineReader.open(path).doc_count == 0


def test_when_the_second_process_is_killed_the_commit_fails_and_nothing_is_left_of_it(tmp_path: Path) -> None:
    path = empty(tmp_path / "index")
    with BulkWriter(path) as writer:
        writer.add(document(1))
    before = sorted(os.listdir(path))
    writer = BulkWriter(path, helped=True, batch_tokens=200)
    writer.add_all(map(document, range(1_000)))
    assert writer._helper is not None
    assert writer._helper._process.pid is not None
    os.kill(writer._helper._process.pid, signal.SIGKILL)
    writer._helper._process.join()
    with pytest.raises(EngineError, match="was ended"):
        writer.commit()
    assert sorted(os.listdir(path)) == before
    with BulkWriter(path) as writer:
        writer.add(document(2))
    assert EngineReader.open(path).doc_count == 2


def test_a_cancelled_commit_leaves_no_file_of_either_process(tmp_path: Path) -> None:
    path = empty(tmp_path / "index")
    before = sorted(os.listdir(path))
    writer = BulkWriter(path, helped=True, batch_tokens=200)
    for number in range(2_000):
        writer.add(document(number))
    writer.cancel()
    # Whoosh's lock file stays.
    assert {name for name in os.listdir(path) if not name.endswith("LOCK")} == set(before)


def test_documents_cleared_in_both_processes_do_not_come_back(tmp_path: Path) -> None:
    path = empty(tmp_path / "index")
    with BulkWriter(path, helped=True) as writer:
        for number in range(500):
            writer.add(document(number))
        writer.clear()
        writer.add(document(1_000))
        writer.add(document(1_001))
    assert EngineReader.open(path).doc_count == 2


@pytest.mark.parametrize("helped", [False, True])
def test_a_cancelled_clearing_leaves_the_last_commit_as_it_was(tmp_path: Path, helped: bool) -> None:
    path = empty(tmp_path / "index")
    with BulkWriter(path) as writer:
        writer.add(document(1))
    writer = BulkWriter(path, helped=helped)
    writer.clear()
    writer.add(document(2))
    writer.cancel()
    reader = EngineReader.open(path)
    assert [reader.stored(number)["id"] for number in range(reader.doc_count_all)] == ["1"]


def test_no_process_is_forked_while_other_threads_run() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not can_help()
    finally:
        done.set()
        thread.join()


def test_what_went_wrong_in_the_second_process_is_told_while_documents_are_still_sent(tmp_path: Path) -> None:
    path = empty(tmp_path / "index")
    writer = BulkWriter(path, helped=True, batch_tokens=200)
    os.rename(path, tmp_path / "gone")
    # Only keys that the second process builds; this one would fail by itself.
    keys = [number for number in range(100_000) if crc32(str(number).encode()) % 32 < 17]
    with pytest.raises(FileNotFoundError):
        writer.add_all(map(document, keys))
    os.rename(tmp_path / "gone", path)
    writer.cancel()
