"""Noticing changed files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from search.backends.watch import SETTLED_NS, Watch


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file written long ago in a folder as old."""
    path = tmp_path / "CURRENT"
    path.write_text("one")
    long_ago(path, tmp_path)
    return path


def long_ago(*paths: Path) -> None:
    for path in paths:
        os.utime(path, ns=(10**18, 10**18))


def test_files_left_alone_are_unchanged(file: Path) -> None:
    assert Watch.of([file, file.parent]).unchanged()


def test_a_file_written_to_has_changed(file: Path) -> None:
    watch = Watch.of([file])
    file.write_text("two")
    assert not watch.unchanged()


def test_a_file_put_in_the_place_of_another_has_changed_even_with_the_same_time(file: Path) -> None:
    watch = Watch.of([file])
    other = file.with_name("CURRENT.new")
    other.write_text("two")
    long_ago(other)
    other.replace(file)
    assert not watch.unchanged()


def test_a_folder_with_a_new_file_has_changed(file: Path) -> None:
    watch = Watch.of([file.parent])
    (file.parent / "new").touch()
    assert not watch.unchanged()


def test_a_missing_file_has_changed(file: Path) -> None:
    watch = Watch.of([file])
    file.unlink()
    assert not watch.unchanged()


def test_what_changed_a_moment_before_is_not_trusted(file: Path) -> None:
    watch = Watch.of([file])
    modified = file.stat().st_mtime_ns
    recent = Watch(watch.paths, watch.stamps, modified + SETTLED_NS - 1)
    assert watch.unchanged()
    assert not recent.unchanged()
