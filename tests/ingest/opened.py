"""A single file opened for a reader, as the intake does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.ingest.files.kinds import format_of
from search.ingest.files.opening import OpenedFile, open_raw, open_stream
from search.ingest.files.shown import shown_name
from search.ingest.files.unpacking import UnpackingBudget
from search.ingest.readers.sniffing import format_by_content


@contextmanager
def open_file(path: Path) -> Iterator[OpenedFile]:
    """Open a file of the kind that its name says."""
    with open_raw(path) as (raw, content_hash):
        budget = UnpackingBudget(path.stat().st_size)
        yield open_stream(
            raw, shown_name(path.name), content_hash, format_of(path) or "text", budget, format_by_content
        )
