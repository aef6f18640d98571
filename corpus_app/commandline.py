"""What a command says, in one line, when it fails of something that a person can mend."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import DatabaseError

from search.database_errors import refuses_record, said_by, translation_of


def one_line(error: BaseException) -> str | None:
    """The line for an error that left `manage.py`; None for one that is a fault of the program.

    Django's own commands (`migrate`, `createsuperuser`, `loaddata`) come here; Corpus's say it
    themselves.
    """
    if isinstance(error, ImproperlyConfigured):
        said = " ".join(str(error).split())
        if "psycopg" in said:
            said = "DATABASE_URL names a PostgreSQL database, and psycopg is not installed here"
            return f"{said}. Remedy: pip install -e '.[postgres]', or leave DATABASE_URL empty for SQLite"
        return said
    if translation := translation_of(error):
        return str(translation)
    if isinstance(error, DatabaseError | OverflowError) and refuses_record(error):
        return f"the database refuses a value: {said_by(error)}. Remedy: correct it, then run the same command again"
    return None
