"""Stories made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction

from search.stories import rebuild


def rebuild_changed_stories(progress: Callable[[int], None], *, dry_run: bool) -> Mapping[str, int]:
    """Make all stories again; returns how many articles are in another story than before.

    A dry run is undone at its end, and holds other writers off until then.
    """
    if not dry_run:
        return _counts(rebuild.rebuild_stories(progress=progress))
    with transaction.atomic():
        done = rebuild.rebuild_stories(progress=progress)
        transaction.set_rollback(True)
    return _counts(done)


def _counts(done: rebuild.Rebuilt) -> Mapping[str, int]:
    return {"stories": done.changed} if done.changed else {}
