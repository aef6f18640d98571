"""SQLite as it can be opened where it lies: also on a disk that is full or cannot be written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

#: What SQLite makes beside a database that it opens for reading and writing: the index of its journal.
_NEEDED_BYTES = 64 * 1024
#: Writers queue instead of failing: a transaction takes the write lock when it begins. WAL: readers go on while an ingest
#: writes; an acknowledged write survives a killed process and, in FULL, a power cut.
_WRITABLE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
}
_READ_ONLY = {"timeout": 30, "init_command": "PRAGMA cache_size=-65536;"}


def why_not_writable(folder: Path) -> str:
    """Why nothing can be written to a folder that is there; ``""`` where it can. What is tried
    leaves nothing behind."""
    try:
        with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            left = _NEEDED_BYTES
            while left:
                left -= file.write(bytes(left))
    except OSError as error:
        return error.strerror or str(error)
    return ""


def sqlite_database(database: dict[str, Any]) -> dict[str, Any]:
    """The settings of a SQLite database, completed: read-only where its folder cannot be written.

    A journal that holds something is read with the database, for which its index must be there too;
    without one the file is all, and is opened as one that nobody writes.
    """
    name = str(database["NAME"])
    path = Path(name)
    options = database.get("OPTIONS", {})
    if name.startswith((":", "file:")) or not path.exists() or not why_not_writable(path.parent):
        return database | {"OPTIONS": _WRITABLE | options}
    journal = path.with_name(f"{path.name}-wal")
    if journal.exists() and journal.stat().st_size:
        return database | {"OPTIONS": _READ_ONLY | options}
    # Looked at anew by each request, should the disk be mended meanwhile.
    address = f"file:{quote(os.fsencode(path))}?immutable=1"
    return database | {"NAME": address, "OPTIONS": _READ_ONLY | options, "CONN_MAX_AGE": 0}
