"""Bringing the index up to date from commands."""

from __future__ import annotations

from collections.abc import Callable

from search.exceptions import IndexMissing
from search.index.connection import get_backend
from search.index.generations import rebuild_index
from search.index.outbox import apply_outbox


def bring_up_to_date(progress: Callable[[int], None] | None = None) -> int:
    """Apply what waits in the outbox; where there is no index yet, build one of the whole database.

    Returns how many changes were applied or articles indexed. Raises IndexLocked or IndexUnavailable.
    """
    try:
        get_backend().status()
    except IndexMissing:
        return rebuild_index(progress)
    return apply_outbox(progress)
