"""What the database or the disk refuses, in words with a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError

from search.exceptions import CorpusError


@contextmanager
def translated_database_errors() -> Iterator[None]:
    """Database errors that a person can mend, as CorpusError; others pass."""
    try:
        yield
    except DatabaseError as error:
        said = str(error).lower()
        remedy = next((remedy for sign, remedy in _remedies() if sign in said), None)
        if remedy is None:
            raise
        raise CorpusError(f"the database cannot be used: {error}. Remedy: {remedy}") from error


def _remedies() -> tuple[tuple[str, str], ...]:
    folder = settings.CORPUS_DATA_DIR
    again = "then run the same command again; what was written stays"
    writable = f"make {folder} writable, or set CORPUS_DATA_DIR to a folder that is; {again}"
    full = f"free space where {folder} is; {again}"
    tables = "manage.py migrate"
    return (
        ("readonly", writable),
        ("read-only", writable),
        ("unable to open", writable),
        ("disk is full", full),
        ("no space left", full),
        ("disk i/o error", full),
        ("locked", f"wait for the other writer to finish, {again}"),
        ("no such table", tables),
        ("does not exist", tables),
        ("no such column", tables),
        ("malformed", f"restore {folder} from a backup"),
        ("not a database", f"restore {folder} from a backup"),
    )
