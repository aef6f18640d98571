"""Which segments to merge at a commit, so that there are never many and no commit takes long."""

from __future__ import annotations

from collections.abc import Sequence

from search.engine.segment import ArraySegment

# Segments of similar size (within this factor) are merged when there are this many of them.
FANOUT = 8
# A commit doesn't merge more documents than this; larger merges are left to ``optimize``.
LARGEST_MERGE = 60_000
# Sizes below this count as equal.
SMALLEST_LEVEL = 64


def level(doc_count: int) -> int:
    """Size class of a segment: 0 below ``SMALLEST_LEVEL``, one more for each factor of ``FANOUT``."""
    size, found = doc_count // SMALLEST_LEVEL, 0
    while size:
        size //= FANOUT
        found += 1
    return found


def choose(segments: Sequence[ArraySegment]) -> list[ArraySegment]:
    """The segments to merge into one, in order of the index; fewer than two means none.

    The smallest size class that is full is taken, with everything smaller; a segment half deleted joins in.
    """
    by_level: dict[int, list[ArraySegment]] = {}
    for segment in segments:
        by_level.setdefault(level(segment.doc_count()), []).append(segment)
    chosen: set[str] = set()
    for height in sorted(by_level):
        if len(by_level[height]) + len(chosen) >= FANOUT:
            candidates = chosen | {
                segment.segment_id() for lower in sorted(by_level) if lower <= height for segment in by_level[lower]
            }
            total = sum(segment.doc_count() for segment in segments if segment.segment_id() in candidates)
            if total > LARGEST_MERGE:
                break
            # One merged segment may fill the next class: look on.
            chosen = candidates
    wasted = {
        segment.segment_id()
        for segment in segments
        if segment.deleted_count() * 2 > segment.doc_count_all() and segment.doc_count() <= LARGEST_MERGE
    }
    if wasted and sum(segment.doc_count() for segment in segments if segment.segment_id() in chosen | wasted) <= LARGEST_MERGE:
        chosen |= wasted
    return [segment for segment in segments if segment.segment_id() in chosen]
