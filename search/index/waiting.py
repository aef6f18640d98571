"""Telling whoever waits for a lock what for: a command says it on standard error, a page says
nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

#: How long a wait is nobody's concern.
UNTOLD_SECONDS = 1.0
_tell: ContextVar[Callable[[str], object] | None] = ContextVar("tell", default=None)


@contextmanager
def waits_told(tell: Callable[[str], object]) -> Iterator[None]:
    """Inside, each wait of more than a second is told once, in a line."""
    token = _tell.set(tell)
    try:
        yield
    finally:
        _tell.reset(token)


def tell_of(message: str) -> None:
    """Tell it to whoever wants to know."""
    if tell := _tell.get():
        tell(message)


def holder_of(path: Path, kind: str = "FLOCK") -> str:
    """Who holds a lock on a file, as ``process 123 (manage.py ingest news/)``; ``another process``
    where it is not known.

    The kernel lists them on Linux (`/proc/locks`). `kind` is FLOCK, or POSIX as SQLite takes them.
    The file is not opened: closing it would give up the locks that this process itself has on it.
    """
    try:
        inode = path.stat().st_ino
        lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return "another process"
    for fields in map(str.split, lines):
        # 1: FLOCK ADVISORY WRITE 123 fe:00:456 0 EOF
        if fields[1] == kind and fields[3] == "WRITE" and fields[5].rpartition(":")[2] == str(inode):
            return process_named(int(fields[4]))
    return "another process"


def process_named(pid: int) -> str:
    """A process with its command, as far as we may know it."""
    if pid <= 0:
        return "another process"
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").strip("\0").split("\0")
    except OSError:
        words = []
    # Not the interpreter and its folder: what it runs.
    at = next((place for place, word in enumerate(words) if word.endswith(("manage.py", "gunicorn"))), None)
    command = " ".join([Path(words[at]).name, *words[at + 1 :]])[:80] if at is not None else ""
    return f"process {pid} ({command})" if command else f"process {pid}"
