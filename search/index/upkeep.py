"""Bringing the index up to date from commands."""

from __future__ import annotations

from collections.abc import Callable

from search.exceptions import IndexMissing
from search.index.belonging import require_belonging
from search.index.connection import get_backend
from search.index.generations import rebuild_index
from search.index.outbox import apply_outbox, compact_index


def bring_up_to_date(progress: Callable[[int], None] | None = None, *, compact: bool = False) -> int:
    """Apply what waits in the outbox; where there is no index yet, build one of the whole database.

    With `compact`, what many commits left is put together, which may take seconds: for the end of a
    batch.

    Returns how many changes were applied or articles indexed. Raises IndexLocked, IndexOfAnother or
    IndexUnavailable.
    """
    try:
        get_backend().status()
    except IndexMissing:
        return rebuild_index(progress)
    require_belonging()
    applied = apply_outbox(progress)
    if compact:
        compact_index()
    return applied
