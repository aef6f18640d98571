"""Commands that wait for a lock, of the index or of the database, say so after a second."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, connections

from search.index.waiting import UNTOLD_SECONDS, holder_of, process_named, waits_told

#: Statements that may wait for another process: on SQLite a transaction's first, and what writes without one; on PostgreSQL
#: what asks for a lock.
_BEGIN = "BEGIN"
_WRITING = ("INSERT", "UPDATE", "DELETE")
_LOCKING = ("FOR UPDATE", "PG_ADVISORY", "LOCK TABLE")


@contextmanager
def told_of_waiting(tell: Callable[[str], object]) -> Iterator[None]:
    """Inside, what waits for a lock for more than a second tells what it waits for, and who holds
    it where that is known."""

    def watched(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not _may_wait(sql):
            return execute(sql, params, many, context)
        timer = threading.Timer(UNTOLD_SECONDS, lambda: tell(f"waiting for the database: {_holder(backend)} writes it"))
        timer.daemon = True
        backend = _backend_pid()
        timer.start()
        try:
            return execute(sql, params, many, context)
        finally:
            timer.cancel()

    with waits_told(tell), connection.execute_wrapper(watched):
        yield


def _may_wait(sql: str) -> bool:
    if connection.vendor == "sqlite":
        return sql.startswith(_BEGIN) or (sql.startswith(_WRITING) and not connection.in_atomic_block)
    said = sql.upper()
    return any(words in said for words in _LOCKING)


def _backend_pid() -> int:
    """PostgreSQL's own number of this connection; 0 for SQLite."""
    held = connection.connection
    return held.info.backend_pid if connection.vendor == "postgresql" and held is not None else 0


def _holder(backend: int) -> str:
    """Who makes us wait; called in a thread of its own, which has a database connection of its
    own."""
    if connection.vendor == "sqlite":
        # Who writes a database in WAL mode holds a lock on its shared memory.
        return holder_of(Path(f"{connection.settings_dict['NAME']}-shm"), "POSIX")
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid, application_name FROM pg_stat_activity WHERE pid = ANY(pg_blocking_pids(%s)) LIMIT 1",
                [backend],
            )
            row = cursor.fetchone()
    except DatabaseError:
        row = None
    finally:
        connections.close_all()
    return f"the server's process {row[0]}{f' ({row[1]})' if row[1] else ''}" if row else process_named(0)
