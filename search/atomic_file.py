"""Small files written so that a kill or a power cut leaves them as they were or as they are to be,
never half."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO


def write_whole(path: Path, text: str) -> None:
    """Replace a file's contents for good: beside it first, on disk before it takes the place, the
    folder's entry after.

    Args:
        path: of the file. One process at a time writes it.
        text: all of it.

    Raises:
        OSError: it cannot be written; it is as it was.
    """
    beside = path.with_name(f"{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(text.encode())
            take_place(file, beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(str(path.parent))


def take_place(file: IO[bytes], beside: Path, path: Path) -> None:
    """Put a file that was written beside a place there once its contents are on disk. Raises
    OSError."""
    file.flush()
    os.fsync(file.fileno())
    os.replace(beside, path)


def sync_file(path: str) -> None:
    """Wait until the contents of a file are on disk."""
    _sync(path, os.O_RDONLY)


def sync_folder(path: str) -> None:
    """Wait until the names in a folder are on disk."""
    _sync(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))


def _sync(path: str, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
