"""A folder of index files whose commits outlive a power cut."""

from __future__ import annotations

import os
from collections.abc import Iterable

from whoosh.filedb.filestore import FileStorage


class DurableStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's storage of files, which waits for the disk where a commit needs it.

    Whoosh writes a table of contents beside its place and renames it: that rename makes the commit. Here the file is on disk
    before it, and the folder's entry after it.
    """

    def sync_files(self, names: Iterable[str]) -> None:
        """Wait until the contents of these files are on disk."""
        for name in names:
            _sync(os.path.join(self.folder, name), os.O_RDONLY)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Give a file a new name, for good."""
        self.sync_files([oldname])
        super().rename_file(oldname, newname, safe)
        sync_folder(self.folder)


def sync_folder(path: str) -> None:
    """Wait until the names in a folder are on disk."""
    _sync(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))


def _sync(path: str, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
