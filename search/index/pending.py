"""What the index has not seen yet, and whether a process at work will write it."""

from __future__ import annotations

from search.index.locks import is_held
from search.models import IndexOutbox


def pending_count() -> int:
    """How many changes the index has not seen yet."""
    return IndexOutbox.objects.filter(applied=False).count()


def waiting_ids() -> set[int]:
    """Articles whose changes some process at work is about to write to the index; none where nobody
    is at work.

    What a killed process has left waits for nobody, and is not among them.
    """
    if not (is_held("batch", by_any=True) or is_held("write")):
        return set()
    return set(IndexOutbox.objects.filter(applied=False).values_list("article_id", flat=True).distinct())
