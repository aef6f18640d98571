"""The place where stories are made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from search.exceptions import CorpusError

#: Makes all stories again, tells how many articles it has done, and returns counts of what changed. With ``dry_run`` it writes nothing.
Rebuild = Callable[[Callable[[int], None], bool], Mapping[str, int]]


def rebuild_stories(progress: Callable[[int], None], *, dry_run: bool) -> Mapping[str, int]:
    """Make all stories again. Raises CorpusError where none are kept."""
    rebuild = _rebuild()
    if rebuild is None:
        raise CorpusError("stories are not kept in the database. Remedy: --only countries language dates")
    return rebuild(progress, dry_run)


def _rebuild() -> Rebuild | None:
    """The function that keeps stories; imported here, as it needs more of ingest than most runs."""
    return None
