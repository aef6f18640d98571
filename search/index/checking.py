"""Whether index and database agree, entry by entry."""

from __future__ import annotations

from dataclasses import dataclass

from search.index.connection import get_backend
from search.index.documents import all_documents
from search.querysets import queue_articles


@dataclass(frozen=True, slots=True)
class IndexCheck:
    """Ids of articles the index lacks, holds with other contents, or holds though they are gone or hidden."""

    agreeing: int
    missing: tuple[int, ...]
    stale: tuple[int, ...]
    orphaned: tuple[int, ...]

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return not (self.missing or self.stale or self.orphaned)


def check_index() -> IndexCheck:
    """Compare every visible article with its entry. Raises IndexUnavailable when the index cannot be read."""
    entries = get_backend().entries()
    missing, stale, agreeing = [], [], 0
    for document in all_documents():
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
    queue_articles([*check.missing, *check.stale, *check.orphaned])
