"""Whether index and database agree, entry by entry."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.backends.base import IndexDocument
from search.index.connection import get_backend
from search.index.documents import all_documents, documents_for
from search.index.pending import waiting_ids
from search.models.outbox import queue_articles

#: What differs is looked at again this often, as others may have written between our reading of the one and of the other.
LOOKS = 3
SECONDS_BETWEEN_LOOKS = 0.3


@dataclass(frozen=True, slots=True)
class IndexCheck:
    """Ids of articles the index lacks, holds with other contents, or holds though they are gone or
    hidden.

    `waiting` differ because a process at work has not written them to the index yet; it will.
    """

    agreeing: int
    missing: tuple[int, ...]
    stale: tuple[int, ...]
    orphaned: tuple[int, ...]
    waiting: tuple[int, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether nothing differs, but for what waits."""
        return not self.differing

    @property
    def differing(self) -> tuple[int, ...]:
        """Every id that differs."""
        return (*self.missing, *self.stale, *self.orphaned)


def check_index() -> IndexCheck:
    """Compare every visible article with its entry. Raises IndexUnavailable when the index cannot
    be read.

    Others may write meanwhile. Of what differs, the articles are read again, then the outbox, then
    the index: a change that was there at the first is still noted at the second, or written at the
    third. Only an article that changed once more in between is taken for different, and not in
    every look.
    """
    check = _compared(all_documents(), get_backend().entries())
    for _look in range(LOOKS):
        if check.agrees:
            break
        time.sleep(SECONDS_BETWEEN_LOOKS)
        ids = set(check.differing)
        documents = list(documents_for(sorted(ids)))
        waiting = waiting_ids() & ids
        entries = get_backend().entries()
        again = _compared(
            [document for document in documents if document.id not in waiting],
            {pk: entries[pk] for pk in (ids - waiting) & entries.keys()},
        )
        settled = again.agreeing + check.agreeing
        check = replace(again, agreeing=settled, waiting=(*check.waiting, *sorted(waiting)))
    return check


def _compared(documents: Iterable[IndexDocument], entries: dict[int, str]) -> IndexCheck:
    missing, stale, agreeing = [], [], 0
    for document in documents:
        stored = entries.pop(document.id, None)
        if stored is None:
            missing.append(document.id)
        elif stored != document.hash:
            stale.append(document.id)
        else:
            agreeing += 1
    return IndexCheck(agreeing, tuple(missing), tuple(stale), tuple(sorted(entries)))


def queue_repairs(check: IndexCheck) -> None:
    """Queue everything that differs; applying the outbox then mends it."""
    queue_articles(check.differing)
