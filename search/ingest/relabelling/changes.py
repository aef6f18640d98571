"""What a relabelling changed, told and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from search.ingest.reporting.json_file import ObjectWriter
from search.target_file import TargetFile

#: Examples of each kind that the summary shows; the report has all changes.
EXAMPLES = 5


class Kind(StrEnum):
    """What can be made again."""

    COUNTRIES = "countries"
    LANGUAGE = "language"
    DATES = "dates"
    STORIES = "stories"


@dataclass(frozen=True, slots=True)
class Change:
    """One label of one article, before and after. ``what`` is finer than the kind: ``mentions``,
    ``about``."""

    article: int
    id: str
    title: str
    what: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.article} “{self.title[:60]}”: {self.before or '–'} → {self.after or '–'}"


@dataclass(slots=True)
class Changes:
    """Counts by what changed, and the first few of each."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Change]] = field(default_factory=lambda: defaultdict(list))
    articles: int = 0

    def add(self, changes: Iterable[Change]) -> None:
        """Count."""
        for change in changes:
            self.counts[change.what] += 1
            if len(self.examples[change.what]) < EXAMPLES:
                self.examples[change.what].append(change)


class ChangeFile(TargetFile):
    """Writes changes as JSON as they come."""

    def __init__(self, target: Path) -> None:
        super().__init__(target)
        self._report = ObjectWriter(self.file)
        with self.writing():
            self._report.begin_array("changes")

    def add(self, changes: Iterable[Change]) -> None:
        """Append."""
        with self.writing():
            for change in changes:
                self._report.item(asdict(change))

    def finish(self, changes: Changes) -> None:
        """Write the counts and put the file in place."""
        with self.writing():
            self._report.end_array()
            self._report.member("articles", changes.articles)
            self._report.member("counts", changes.counts)
            self._report.end()
        self.put_in_place()
