"""The report of a run: written as it goes, in place only when it is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from search.ingest.records import Failure, NoArticle
from search.ingest.reporting.entries import ReportEntry
from search.ingest.reporting.json_file import ObjectWriter, WaitingValues
from search.ingest.storing.known_articles import Status
from search.stories.places import StoryPlace
from search.target_file import TargetFile

#: The places in stories of articles by number; those of the second argument have one even when they are alone.
StoryPlaces = Callable[[Collection[int], Collection[int]], Mapping[int, StoryPlace]]
_LOOKED_UP_TOGETHER = 500


@dataclass(slots=True)
class Counts:
    """How many records of each kind there were."""

    statuses: Counter[Status] = field(default_factory=Counter)
    failed: int = 0
    skipped: int = 0
    no_article: int = 0

    @property
    def articles(self) -> int:
        """All records that are articles."""
        return self.statuses.total()

    def as_dict(self) -> dict[str, int]:
        """For the report and the run's row."""
        return {
            "articles": self.articles,
            **{str(status): self.statuses[status] for status in Status},
            "failed": self.failed,
            "skipped": self.skipped,
            "no_article": self.no_article,
        }


class ReportFile(TargetFile):
    """Writes entries as they come; who shares a story is known only at the end."""

    def __init__(self, target: Path) -> None:
        super().__init__(target)
        with self.writing():
            # Entries wait with their articles' numbers.
            self._entries = WaitingValues(target.parent)
            self._failures = WaitingValues(target.parent)
            self._no_articles = WaitingValues(target.parent)
        self._repeated: set[int] = set()

    def __exit__(self, *error: object) -> None:
        self._entries.close()
        self._failures.close()
        self._no_articles.close()
        super().__exit__(*error)

    def add(self, entries: Iterable[ReportEntry]) -> None:
        """Append articles."""
        with self.writing():
            for entry in entries:
                self._entries.add((entry.number, entry.as_dict()))
                if entry.status is Status.DUPLICATE:
                    self._repeated.add(entry.number)

    def fail(self, failure: Failure) -> None:
        """Append a failure."""
        with self.writing():
            self._failures.add(asdict(failure))

    def pass_over(self, passed: NoArticle) -> None:
        """Append what is no article."""
        with self.writing():
            self._no_articles.add(asdict(passed))

    def finish(
        self, skipped: Sequence[str], counts: Counts, places: StoryPlaces, left_out: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        """Write the rest, put the file in place; ``left_out`` are parts of pages in no article."""
        with self.writing():
            report = ObjectWriter(self.file)
            report.array("articles", self._with_stories(places))
            report.array("failures", self._failures)
            report.member("skipped", skipped)
            report.member("left_out", left_out)
            report.array("no_article", self._no_articles)
            report.member("counts", counts.as_dict())
            report.end()
        self.put_in_place()

    def _with_stories(self, places: StoryPlaces) -> Iterator[dict[str, Any]]:
        waiting = iter(self._entries)
        while some := list(islice(waiting, _LOOKED_UP_TOGETHER)):
            numbers = {number for number, _ in some}
            found = places(numbers, self._repeated & numbers)
            for number, entry in some:
                place = found.get(number)
                yield {
                    **entry,
                    "story": place and place.story,
                    "story_first": place and place.first,
                    "story_difference": place and place.difference,
                }
