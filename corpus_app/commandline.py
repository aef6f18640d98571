"""What a command says, in one line, when it fails of something that a person can mend."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import DatabaseError

from search.database_errors import refuses_record, said_by, translated_database_errors
from search.exceptions import CorpusError


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
    if isinstance(error, CorpusError):
        return str(error)
    if isinstance(error, MemoryError):
        # Nothing is imported or asked for: there may be no room for it.
        return "not enough memory. Remedy: end other programs, or give the machine more memory; then run it again"
    return _of_database(error)


def _of_database(error: BaseException) -> str | None:
    try:
        with translated_database_errors():
            raise error
    except CorpusError as translated:
        return str(translated)
    except Exception:  # noqa: BLE001  # it is the same error, and says nothing of the database's state
        if not (isinstance(error, DatabaseError | OverflowError) and refuses_record(error)):
            return None
        return f"the database refuses a value: {said_by(error)}. Remedy: correct it, then run the same command again"
