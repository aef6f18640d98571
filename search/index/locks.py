"""Locks between processes, kept by the operating system: a killed process lets go of its own.

`write`: whoever reads the outbox and writes the index. `rebuild`: whoever builds a new index beside
the live one. `batch`: shared by all who write many articles now and bring the index up to date
later.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from django.conf import settings

from search.exceptions import IndexIsNoFolder, IndexLocked, IndexUnavailable
from search.index.waiting import UNTOLD_SECONDS, holder_of, tell_of

POLL_SECONDS = 0.02


def _path(name: str) -> Path:
    return Path(settings.CORPUS_INDEX_DIR) / f"{name}.lock"


@contextmanager
def exclusive(name: str, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the lock. Raises IndexLocked when it is not free within the wait, IndexUnavailable when
    it cannot be made."""
    path = _path(name)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = path.open("ab")
    except (FileExistsError, NotADirectoryError) as error:
        raise IndexIsNoFolder from error
    except OSError as error:
        raise IndexUnavailable(f"cannot write {path.parent}: {error.strerror}. Remedy: make it writable.") from error
    with file:
        began = time.monotonic()
        deadline, told = began + wait_seconds, False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                now = time.monotonic()
                if now >= deadline:
                    holder = holder_of(path)
                    raise IndexLocked(
                        f"{holder} holds the {name} lock of the index; try again when it is done."
                    ) from None
                if not told and now - began >= UNTOLD_SECONDS:
                    told = True
                    tell_of(f"waiting for the {name} lock of the index: {holder_of(path)} holds it")
                time.sleep(POLL_SECONDS)
        yield


@contextmanager
def shared(name: str) -> Iterator[None]:
    """Hold the lock together with others; where its file cannot be made, go on without."""
    path = _path(name)
    with ExitStack() as stack:
        # Not to be able to say that one is at work is no reason not to work.
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fcntl.flock(stack.enter_context(path.open("ab")), fcntl.LOCK_SH)
        yield


def is_held(name: str, *, by_any: bool = False) -> bool:
    """Whether some process holds the lock now; shared with others too, if `by_any`."""
    path = _path(name)
    if not path.exists():
        return False
    with path.open("rb") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if by_any else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
