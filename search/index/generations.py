"""Rebuilding: a new index beside the live one, brought up to date, then swapped in.

While a build runs, applied outbox rows are kept; before the swap the new index gets everything they
name. A build that was killed leaves only a folder, which the next one removes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.db import transaction

from search.backends.base import IndexDocument
from search.index.belonging import next_state, settle
from search.index.connection import get_backend
from search.index.documents import all_documents, documents_for
from search.index.locks import exclusive
from search.models import IndexOutbox
from search.models.querysets import chunks

#: How long the swap waits for whoever is writing the live index.
SWAP_WAIT_SECONDS = 600.0

#: Whoever asks whether a build is running holds the lock for a moment.
REBUILD_WAIT_SECONDS = 1.0


def rebuild_index(progress: Callable[[int], None] | None = None) -> int:
    """Build an index of the whole database and swap it in; returns how many articles it holds.

    Raises IndexLocked when another build runs, IndexUnavailable when the new index cannot be
    written; the live index is untouched then.
    """
    backend = get_backend()
    with exclusive("rebuild", REBUILD_WAIT_SECONDS):
        with exclusive("write", SWAP_WAIT_SECONDS):
            IndexOutbox.objects.filter(applied=True).delete()
            # Their changes were committed before the build reads the articles, so it has them.
            known = set(IndexOutbox.objects.values_list("pk", flat=True))
        build = backend.rebuild(_counted(all_documents(), progress))
        with exclusive("write", SWAP_WAIT_SECONDS):
            rows = list(IndexOutbox.objects.order_by("pk").values_list("pk", "article_id"))
            ids = list(dict.fromkeys(article_id for pk, article_id in rows if pk not in known))
            found = list(documents_for(ids))
            with next_state() as state:
                build.apply(found, set(ids) - {document.id for document in found})
                build.go_live()
            with transaction.atomic():
                settle(state)
                for some in chunks([pk for pk, _ in rows]):
                    IndexOutbox.objects.filter(pk__in=some).delete()
    return backend.status().documents


def _counted(documents: Iterable[IndexDocument], progress: Callable[[int], None] | None) -> Iterator[IndexDocument]:
    for document in documents:
        yield document
        if progress:
            progress(1)
