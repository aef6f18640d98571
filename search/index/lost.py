"""A database file that is gone, or empty, beside what was made of it: nothing is put in its place
unasked."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection

from search.exceptions import CorpusError


def require_database() -> None:
    """Raises CorpusError, with the remedy, where the file of the database is missing or empty while
    there is an index of it."""
    path = sqlite_file()
    if path is None or (path.exists() and path.stat().st_size):
        return
    index = Path(settings.CORPUS_INDEX_DIR)
    journal = path.with_name(f"{path.name}-wal")
    left = [str(one) for one in (index, journal) if (one.exists() if one is journal else (one / "CURRENT").exists())]
    if left:
        raise CorpusError(
            f"the database {path} is {'empty' if path.exists() else 'gone'}, but there is {' and '.join(left)}. "
            f"Remedy: restore the database from a backup; or, to begin anew, remove {' and '.join(left)}"
        )


def sqlite_file() -> Path | None:
    """The file of the database; ``None`` where it is none on a disk that can be written."""
    name = str(connection.settings_dict["NAME"])
    return (
        Path(name)
        if connection.vendor == "sqlite" and ":memory:" not in name and not name.startswith("file:")
        else None
    )
