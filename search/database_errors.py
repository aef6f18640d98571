"""What the database, the disk or the memory refuses: which kind of trouble it is, and the remedy.

A driver says it by number: PostgreSQL's SQLSTATE, SQLite's name of the result. Texts, which
PostgreSQL translates into the server's language, decide only where there is no number.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError, connection

from search.exceptions import CorpusError, DatabaseUnavailable


class Trouble(StrEnum):
    """Why a database cannot be used. Each can be mended, and the program then goes on by itself."""

    AWAY = "away"
    BUSY = "busy"
    REFUSED = "refused"
    READ_ONLY = "read-only"
    FULL = "full"
    NO_TABLES = "no tables"
    DAMAGED = "damaged"


#: By the beginning of a SQLSTATE; the longest that fits.
_BY_STATE = {
    "08": Trouble.AWAY,  # connection failures
    "57P": Trouble.AWAY,  # shut down, starting up
    "57014": Trouble.BUSY,  # a statement's time was up
    "55P03": Trouble.BUSY,
    "40P01": Trouble.BUSY,
    "40001": Trouble.BUSY,
    "53300": Trouble.BUSY,  # too many connections
    "53200": Trouble.BUSY,  # the server's memory
    "53100": Trouble.FULL,
    "58": Trouble.FULL,  # errors of the server's disk
    "28": Trouble.REFUSED,
    "3D000": Trouble.REFUSED,
    "42501": Trouble.REFUSED,
    "25006": Trouble.READ_ONLY,
    "42P01": Trouble.NO_TABLES,
    "42703": Trouble.NO_TABLES,
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
}

#: By the beginning of the name of SQLite's result.
_BY_RESULT = {
    "SQLITE_BUSY": Trouble.BUSY,
    "SQLITE_LOCKED": Trouble.BUSY,
    "SQLITE_READONLY": Trouble.READ_ONLY,
    "SQLITE_CANTOPEN": Trouble.READ_ONLY,
    "SQLITE_PERM": Trouble.READ_ONLY,
    "SQLITE_FULL": Trouble.FULL,
    "SQLITE_IOERR": Trouble.FULL,
    "SQLITE_CORRUPT": Trouble.DAMAGED,
    "SQLITE_NOTADB": Trouble.DAMAGED,
}

#: By what is said, in lower case.
_BY_WORDS = {
    "readonly": Trouble.READ_ONLY,
    "read-only": Trouble.READ_ONLY,
    "unable to open": Trouble.READ_ONLY,
    "disk is full": Trouble.FULL,
    "no space left": Trouble.FULL,
    "disk i/o error": Trouble.FULL,
    "locked": Trouble.BUSY,
    "malformed": Trouble.DAMAGED,
    "not a database": Trouble.DAMAGED,
    "no such table": Trouble.NO_TABLES,
    "no such column": Trouble.NO_TABLES,
    "has no column named": Trouble.NO_TABLES,
    "password authentication failed": Trouble.REFUSED,
    "does not exist": Trouble.REFUSED,
}

#: The folders of an absolute path, up to its last part.
_FOLDERS = re.compile(r"(?<![\w.:/])/(?:[^\s/'\"]+/)*(?=[^\s/'\"])")

#: A value that the database has no room for: an index row too large, too many columns or arguments.
_LIMIT_STATE = "54"


def trouble_of(error: BaseException) -> Trouble | None:
    """Why the database cannot be used; None for an error that says nothing of it, but of a value or
    of our own code."""
    if not isinstance(error, DatabaseError | InterfaceError) or refuses_record(error):
        return None
    state, result, said = _state(error), _result(error), str(error).lower()
    if state:
        fitting = [start for start in _BY_STATE if state.startswith(start)]
        return _BY_STATE[max(fitting, key=len)] if fitting else None
    found = next((trouble for start, trouble in _BY_RESULT.items() if result.startswith(start)), None)
    found = found or next((trouble for words, trouble in _BY_WORDS.items() if words in said), None)
    if found is None and connection.vendor == "postgresql" and isinstance(error, OperationalError | InterfaceError):
        # Without a number nothing came back from the server at all.
        return Trouble.AWAY
    return found


def refuses_record(error: BaseException) -> bool:
    """Whether the database refuses a value, so that another record may well be taken."""
    if isinstance(error, IntegrityError | DataError | OverflowError | UnicodeError):
        return True
    return isinstance(error, DatabaseError) and _state(error).startswith(_LIMIT_STATE)


def said_by(error: BaseException) -> str:
    """What a database said, in one line: its message without the lines of details."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


def trouble_behind(error: BaseException) -> tuple[Trouble, BaseException] | None:
    """The trouble that an error, or the one that it was raised for, tells of, with the database's
    own error.

    Django's readers of fixtures wrap whatever goes wrong.
    """
    behind: BaseException | None = error
    while behind is not None:
        if trouble := trouble_of(behind):
            return trouble, behind
        behind = behind.__cause__
    return None


def translation_of(error: BaseException) -> CorpusError | None:
    """What a person can mend of an error of the database or of memory, with the remedy; an error
    that is translated already as it is, None for any other."""
    if isinstance(error, CorpusError):
        return error
    if isinstance(error, CommandError):
        # Its message names the remedy, whatever it was raised for.
        return None
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return CorpusError(f"not enough memory. Remedy: {MEMORY_REMEDY}")
    found = trouble_behind(error)
    if found is None:
        return None
    trouble, said = found
    message = f"the database cannot be used: {said_by(said)}. Remedy: {_remedy(trouble)}"
    return DatabaseUnavailable(message, str(trouble))


@contextmanager
def translated_database_errors() -> Iterator[None]:
    """Database errors and lack of memory that a person can mend, as CorpusError; others pass."""
    try:
        yield
    except Exception as error:
        translation = translation_of(error)
        if translation is None or translation is error:
            raise
        raise translation from error


def without_folders(message: str) -> str:
    """A message for pages: of each path on the server only its last part, as where things lie is
    not for everybody."""
    for root in (settings.CORPUS_INDEX_DIR, settings.CORPUS_DATA_DIR, settings.BASE_DIR):
        # A folder's name may hold spaces, which the pattern below would take for the path's end.
        message = message.replace(str(root), f"/{Path(root).name}")
    return _FOLDERS.sub("", message)


MEMORY_REMEDY = (
    "end other programs, or give the machine more memory; then run the same command again, what was written stays"
)


def _state(error: BaseException) -> str:
    return str(getattr(error.__cause__, "sqlstate", None) or "")


def _result(error: BaseException) -> str:
    return str(getattr(error.__cause__, "sqlite_errorname", None) or "")


def _remedy(trouble: Trouble) -> str:
    again = "then run the same command again; what was written stays"
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        folder = file.parent
        return {
            Trouble.READ_ONLY: f"make {folder} writable, or set CORPUS_DATA_DIR to a folder that is; {again}",
            Trouble.FULL: f"free space where {folder} is; {again}",
            Trouble.BUSY: f"wait for the other writer to finish, {again}",
            Trouble.NO_TABLES: "manage.py migrate",
            Trouble.DAMAGED: f"restore {file} from a backup",
        }.get(trouble, again)
    return {
        Trouble.AWAY: f"start the database server, or set DATABASE_URL to one that answers; {again}",
        Trouble.REFUSED: f"set DATABASE_URL to a database and a user that are there and may use it; {again}",
        Trouble.READ_ONLY: f"let the server take writes, or set DATABASE_URL to one that does; {again}",
        Trouble.FULL: f"free space on the database server's disk; {again}",
        Trouble.BUSY: f"wait until the server has less to do, {again}",
        Trouble.NO_TABLES: "manage.py migrate",
        Trouble.DAMAGED: "restore the database from a backup",
    }[trouble]
