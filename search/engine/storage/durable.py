"""A folder of index files whose commits outlive a power cut."""

from __future__ import annotations

import os
from collections.abc import Iterable

from whoosh.filedb.filestore import FileStorage

from search.atomic_file import sync_file, sync_folder


class DurableStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's storage of files, which waits for the disk where a commit needs it.

    Whoosh writes a table of contents beside its place and renames it: that rename makes the commit.
    Here the file is on disk before it, and the folder's entry after it.
    """

    def sync_files(self, names: Iterable[str]) -> None:
        """Wait until the contents of these files are on disk."""
        for name in names:
            sync_file(os.path.join(self.folder, name))

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Give a file a new name, for good."""
        self.sync_files([oldname])
        super().rename_file(oldname, newname, safe)
        sync_folder(self.folder)
