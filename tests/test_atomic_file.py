"""Files that are replaced whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from search.atomic_file import write_whole


def test_a_file_is_made_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "STATE"
    for text in ("first\n", "später"):
        write_whole(path, text)
        assert path.read_text(encoding="utf-8") == text
        assert list(tmp_path.iterdir()) == [path]


def test_contents_are_on_disk_before_the_name_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[tuple[str, str, str]] = []
    path = tmp_path / "STATE"
    path.write_text("before")
    sync, replace = os.fsync, os.replace

    def seen_sync(descriptor: int) -> None:
        name = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        happened.append(("sync", name.name, name.read_text() if name.is_file() else ""))
        sync(descriptor)

    def seen_replace(old: Any, new: Any) -> None:
        happened.append(("replace", Path(new).name, path.read_text()))
        replace(old, new)

    monkeypatch.setattr(os, "fsync", seen_sync)
    monkeypatch.setattr(os, "replace", seen_replace)
    write_whole(path, "after")
    assert happened == [("sync", "STATE.new", "after"), ("replace", "STATE", "before"), ("sync", tmp_path.name, "")]


def test_what_cannot_be_written_leaves_everything_as_it_was(tmp_path: Path) -> None:
    taken = tmp_path / "STATE"
    (taken / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="STATE"):
        write_whole(taken, "text")
    assert list(tmp_path.iterdir()) == [taken]
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "no folder" / "STATE", "text")
