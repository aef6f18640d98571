"""What became of a record."""

from __future__ import annotations

from dataclasses import dataclass

from search.ingest.records import Labels, Record
from search.ingest.storing.known_articles import KnownArticle, Status


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a record; `article` is the one that its report entry describes, `labels` its
    own where analysed."""

    record: Record
    status: Status
    article: KnownArticle
    duplicate_of: str | None
    labels: Labels | None
