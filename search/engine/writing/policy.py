"""Which segments to merge at a commit, so that there are never many and no commit takes long."""

from __future__ import annotations

from collections.abc import Sequence

from search.engine.storage.segment import SegmentFiles

# Segments of similar size (within this factor) are merged when there are this many of them.
FANOUT = 8
# A commit doesn't merge more bytes than this, a third of a second on an idle core; larger merges are left to :meth:`BulkWriter.commit`'s ``within``.
LARGEST_MERGE_BYTES = 16_000_000
# Sizes below this count as equal.
SMALLEST_LEVEL = 64


def level(doc_count: int) -> int:
    """Size class of a segment: 0 below ``SMALLEST_LEVEL``, one more for each factor of
    ``FANOUT``."""
    size, found = doc_count // SMALLEST_LEVEL, 0
    while size:
        size //= FANOUT
        found += 1
    return found


def size(segment: SegmentFiles) -> int:
    """Bytes of a segment's files."""
    return sum(length for length, _ in segment.files.values())


def choose(segments: Sequence[SegmentFiles]) -> list[SegmentFiles]:
    """The segments to merge into one, in order of the index; fewer than two (or one half deleted)
    means none.

    The smallest size class that is full is taken, with everything smaller, as far as the limit
    allows; so is a segment half deleted.
    """
    chosen: set[str] = set()
    for height in sorted({level(segment.doc_count()) for segment in segments}):
        its_class = [segment for segment in segments if level(segment.doc_count()) == height]
        # What was chosen below becomes one segment, which may be the one that fills this class.
        if len(its_class) + bool(chosen) >= FANOUT:
            below = [segment for segment in segments if level(segment.doc_count()) <= height]
            chosen = _smallest_that_fit(below, LARGEST_MERGE_BYTES)
    for segment in segments:
        if segment.deleted_count() * 2 > segment.doc_count_all():
            others = [other for other in segments if other.segment_id() in chosen]
            if sum(map(size, others)) + size(segment) <= LARGEST_MERGE_BYTES:
                chosen.add(segment.segment_id())
    return [segment for segment in segments if segment.segment_id() in chosen]


def all_within(segments: Sequence[SegmentFiles], most_bytes: int) -> list[SegmentFiles]:
    """The smallest segments that together have at most so many bytes, in order of the index; fewer
    than two means none."""
    chosen = _smallest_that_fit(segments, most_bytes)
    return [segment for segment in segments if segment.segment_id() in chosen]


def _smallest_that_fit(segments: Sequence[SegmentFiles], most_bytes: int) -> set[str]:
    """Names of the smallest segments that may be merged together."""
    chosen: set[str] = set()
    total = 0
    for segment in sorted(segments, key=size):
        total += size(segment)
        if total > most_bytes:
            break
        chosen.add(segment.segment_id())
    return chosen if len(chosen) > 1 else set()
