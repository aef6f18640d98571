"""What is committed is on disk, and stays whatever interrupts the tidying up after it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from whoosh import query

from search.engine.errors import DocumentError
from search.engine.reader import EngineReader
from search.engine.writer import BulkWriter, create_index
from tests.engine.test_whoosh_bugs import doc, schema


@pytest.fixture
def path(tmp_path: Path) -> str:
    create_index(str(tmp_path / "index"), schema())
    return str(tmp_path / "index")


def found(path: str, word: str) -> int:
    reader = EngineReader.open(path)
    reader.verify()
    return len(reader.evaluate(query.Term("body", word)))


def test_segments_and_table_of_contents_are_on_disk_before_the_rename_and_the_folder_after(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[tuple[str, str]] = []
    sync, rename = os.fsync, os.rename

    def seen_sync(descriptor: int) -> None:
        happened.append(("sync", os.path.basename(os.readlink(f"/proc/self/fd/{descriptor}"))))
        sync(descriptor)

    def seen_rename(old: str, new: str) -> None:
        happened.append(("rename", os.path.basename(new)))
        rename(old, new)

    monkeypatch.setattr(os, "fsync", seen_sync)
    monkeypatch.setattr(os, "rename", seen_rename)
    with BulkWriter(path) as writer:
        writer.add(doc("1", "peace"))
    at = [kind for kind, _name in happened].index("rename")
    kinds = sorted(os.path.splitext(name)[1][:4] for _kind, name in happened[:at])
    assert [kind for kind in kinds if kind in (".doc", ".inv")] == [".doc", ".inv"]
    assert any(".toc." in name for _kind, name in happened[:at])
    assert happened[at + 1 :] == [("sync", "index")]


def test_an_interrupt_after_the_commit_leaves_the_commit(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("search.engine.writer.clean_files", interrupt)
    writer = BulkWriter(path)
    writer.add(doc("1", "peace"))
    with pytest.raises(KeyboardInterrupt):
        writer.commit()
    monkeypatch.undo()
    assert found(path, "peace") == 1
    with BulkWriter(path) as following:
        following.add(doc("2", "peace"))
    assert found(path, "peace") == 2


def test_an_interrupt_at_the_end_of_the_rename_leaves_the_commit(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "search.engine.storage.durable.sync_folder", lambda _path: (_ for _ in ()).throw(KeyboardInterrupt)
    )
    writer = BulkWriter(path)
    writer.add(doc("1", "peace"))
    with pytest.raises(KeyboardInterrupt):
        writer.commit()
    monkeypatch.undo()
    assert found(path, "peace") == 1


def test_what_a_writer_left_that_did_not_commit_is_removed_by_the_next(path: str) -> None:
    BulkWriter(path).cancel()
    before = sorted(os.listdir(path))
    for name in ("MAIN_0123456789abcdef.inv", "MAIN_0123456789abcdef.doc", "_MAIN_7.toc.1700000000.5"):
        (Path(path) / name).write_bytes(b"half")
    BulkWriter(path).cancel()
    assert sorted(os.listdir(path)) == before


def test_an_index_is_its_owners_alone(path: str) -> None:
    assert stat.S_IMODE(Path(path).stat().st_mode) == 0o700


def test_a_document_without_a_key_is_refused(path: str) -> None:
    with pytest.raises(DocumentError, match="key can't be empty"), BulkWriter(path) as writer:
        writer.add(doc("", "peace"))
