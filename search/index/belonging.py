"""Whether the index is of this database, and of its present state.

Both keep the collection's id and a state that is new with each commit of the index: the index in
the file STATE beside it, the database in a row, which also holds the state that a commit under way
will have. So a killed process leaves no doubt, while a database that was lost, or restored from a
backup, is told from the one that the index was made of.
"""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from search.atomic_file import write_whole
from search.exceptions import IndexIsNoFolder, IndexMissing, IndexOfAnother, IndexUnavailable
from search.index.checking import check_index
from search.index.connection import get_backend
from search.models import Article, IndexOutbox, IndexState

STATE_FILE = "STATE"
#: A database exchanged under a running site is noticed after this long, an index at once.
RECHECK_SECONDS = 10.0
#: Looks at file and row while another process commits; they cannot be read in one moment.
_LOOKS = 5
_REMEDY = "Remedy: restore the {lost} from a backup, or manage.py rebuild_index to search what this database holds"
_checked: dict[Path, tuple[tuple[int, int] | None, float]] = {}


@dataclass(frozen=True, slots=True)
class Mark:
    """What the index says of itself: whose it is, and which state of it."""

    collection: str
    state: str


def require_belonging() -> None:
    """Before the index answers. An index of an earlier version of Corpus, which says nothing of
    itself, passes.

    Raises IndexOfAnother with the remedy.
    """
    path = _path()
    stamp = _stamp(path)
    before = _checked.get(path)
    if before is not None and before[0] == stamp and time.monotonic() - before[1] < RECHECK_SECONDS:
        return
    if not _compare() and not Article.objects.exists() and _has_entries():
        raise IndexOfAnother(f"the database is empty, the index is not. {_REMEDY.format(lost='database')}")
    _checked[path] = (stamp, time.monotonic())


def adopt_index() -> None:
    """Before the index is written. One that says nothing of itself is taken for the database's
    where all it holds agrees.

    Raises IndexOfAnother with the remedy, IndexUnavailable where there is no index or it cannot be
    read.
    """
    if _compare():
        return
    pending = set(IndexOutbox.objects.filter(applied=False).values_list("article_id", flat=True))
    check = check_index()
    strange = (set(check.stale) | set(check.orphaned)) - pending
    if strange:
        raise IndexOfAnother(
            f"the index does not say which database it is of, and {len(strange):,} of its entries are not as in this one. "
            + _REMEDY.format(lost="database")
        )
    IndexOutbox.objects.bulk_create([IndexOutbox(article_id=pk) for pk in check.missing])
    row = _row()
    write_mark(Mark(row.collection, row.state))


@contextmanager
def next_state() -> Iterator[str]:
    """Around a commit of the index, under its lock; gives the state that the database is to take in
    the same transaction in which it forgets what was written (`settle`)."""
    row = _row()
    mark = read_mark()
    if mark is not None and mark.collection == row.collection and mark.state == row.coming:
        # A process died after its commit.
        row.state = row.coming
    row.coming = f"{_number(row.state) + 1}-{secrets.token_hex(8)}"
    row.save()
    yield row.coming
    write_mark(Mark(row.collection, row.coming))


def settle(state: str) -> None:
    """The index has this state, and what it was asked for in it."""
    IndexState._base_manager.filter(pk=IndexState.ONLY).update(state=state)


def read_mark() -> Mark | None:
    """That of the index; ``None`` where it has none. Raises IndexUnavailable when it cannot be
    read."""
    try:
        words = _path().read_text(encoding="ascii", errors="replace").split()
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise IndexIsNoFolder from error
    except OSError as error:
        raise IndexUnavailable(f"the index cannot be read: {error.strerror}. Remedy: make it readable.") from error
    return Mark(words[0], words[1]) if len(words) == 2 else Mark("", "")


def write_mark(mark: Mark) -> None:
    """On disk before the database says the same. Raises IndexUnavailable."""
    path = _path()
    try:
        write_whole(path, f"{mark.collection} {mark.state}\n")
    except OSError as error:
        raise IndexUnavailable(
            f"cannot write {path}: {error.strerror}. Remedy: free space, or make it writable."
        ) from error


def _compare() -> bool:
    """Whether both have an id; False where the index has none, and none is needed or its contents
    must tell.

    Raises IndexOfAnother where they differ.
    """
    for _look in range(_LOOKS):
        mark = read_mark()
        row = IndexState._base_manager.filter(pk=IndexState.ONLY).first()
        if mark == read_mark():
            break
    if mark is None:
        return False
    if row is None or row.collection != mark.collection:
        raise IndexOfAnother(f"the index is of another database than this one. {_REMEDY.format(lost='database')}")
    if mark.state not in (row.state, row.coming):
        ours, its = _number(row.state), _number(mark.state)
        if ours < its:
            raise IndexOfAnother(f"the database is older than its index. {_REMEDY.format(lost='newer database')}")
        if ours > its:
            raise IndexOfAnother(f"the index is older than its database. {_REMEDY.format(lost='newer index')}")
        raise IndexOfAnother(f"the index is of another state of the database. {_REMEDY.format(lost='database')}")
    return True


def _has_entries() -> bool:
    try:
        return get_backend().status().documents > 0
    except IndexMissing:
        return False


def _row() -> IndexState:
    return IndexState._base_manager.get_or_create(
        pk=IndexState.ONLY, defaults={"collection": uuid.uuid4().hex, "state": "0-new", "coming": ""}
    )[0]


def _number(state: str) -> int:
    number = state.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _path() -> Path:
    return Path(settings.CORPUS_INDEX_DIR) / STATE_FILE


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino
