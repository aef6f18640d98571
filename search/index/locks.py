"""Locks between processes, kept by the operating system: a killed process lets go of its own.

`write`: whoever reads the outbox and writes the index. `rebuild`: whoever builds a new index beside the live one.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from search.exceptions import IndexLocked, IndexUnavailable

POLL_SECONDS = 0.02


def _path(name: str) -> Path:
    return Path(settings.CORPUS_INDEX_DIR) / f"{name}.lock"


@contextmanager
def exclusive(name: str, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the lock. Raises IndexLocked when it is not free within the wait, IndexUnavailable when it cannot be made."""
    path = _path(name)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError as error:
        raise IndexUnavailable(f"cannot write {path.parent}: {error.strerror}. Remedy: make it writable.") from error
    with file:
        deadline = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise IndexLocked(f"another process holds the {name} lock; try again when it is done.") from None
                time.sleep(POLL_SECONDS)
        yield


def is_held(name: str) -> bool:
    """Whether some process holds the lock now."""
    path = _path(name)
    if not path.exists():
        return False
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
