"""The outbox: changes recorded with the data they concern, applied to the index after the commit.

A row goes only after the index has committed what it asks for, and applying one twice does no harm,
so a process that dies anywhere in between loses nothing: the row is still there for the next one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction

from search.exceptions import IndexLocked, IndexUnavailable
from search.index.belonging import adopt_index, next_state, settle
from search.index.connection import get_backend
from search.index.documents import documents_for
from search.index.locks import exclusive, is_held, shared
from search.models import IndexOutbox
from search.models.querysets import chunks

logger = logging.getLogger(__name__)

BATCH_ROWS = 2000
#: How long a page that saves waits for another writer before it leaves the work to it.
WAIT_SECONDS = 3.0
_deferred: ContextVar[bool] = ContextVar("deferred", default=False)


@contextmanager
def deferred_indexing() -> Iterator[None]:
    """Inside, commits only fill the outbox; the caller applies it when it suits
    (`apply_outbox`)."""
    token = _deferred.set(True)
    try:
        # So that others can tell what waits for us from what a killed process has left.
        with shared("batch"):
            yield
    finally:
        _deferred.reset(token)


def apply_after_commit(**_signal: Any) -> None:
    """Apply what a commit queued. A failure is logged and leaves the rows for the next attempt: the
    data is safe."""
    if _deferred.get():
        return
    try:
        apply_outbox()
    except IndexLocked:
        logger.info("another process is writing the index; it will apply what was queued")
    except IndexUnavailable as error:
        logger.warning("the index was not updated, the change waits in the outbox: %s", error)


def apply_outbox(progress: Callable[[int], None] | None = None) -> int:
    """Apply every pending row in commits of bounded size; returns how many rows were applied.

    Whoever cannot get the lock may leave: its rows were committed before it tried, and the holder
    looks once more after letting go. Raises IndexLocked or IndexUnavailable; what was applied until
    then stays applied.
    """
    applied = 0
    while IndexOutbox.objects.filter(applied=False).exists():
        with exclusive("write", WAIT_SECONDS):
            adopt_index()
            while rows := _next_rows():
                _apply(rows)
                applied += len(rows)
                if progress:
                    progress(len(rows))
            if not is_held("rebuild"):
                # Kept for a build that was killed.
                IndexOutbox.objects.filter(applied=True).delete()
    return applied


def _next_rows() -> list[tuple[int, int]]:
    pending = IndexOutbox.objects.filter(applied=False).order_by("pk")
    return list(pending.values_list("pk", "article_id")[:BATCH_ROWS])


def _apply(rows: list[tuple[int, int]]) -> None:
    ids = list(dict.fromkeys(article_id for _, article_id in rows))
    found = list(documents_for(ids))
    with next_state() as state:
        get_backend().apply(found, set(ids) - {document.id for document in found})
    keep = is_held("rebuild")
    with transaction.atomic():
        settle(state)
        for some in chunks([pk for pk, _ in rows]):
            settled = IndexOutbox.objects.filter(pk__in=some)
            if keep:
                settled.update(applied=True)
            else:
                settled.delete()


def compact_index() -> None:
    """Put together what the commits of a large batch left, then apply what was queued meanwhile.

    Raises IndexLocked or IndexUnavailable.
    """
    with exclusive("write", WAIT_SECONDS):
        adopt_index()
        get_backend().compact()
    apply_outbox()
