"""The report of a run: written as it goes, in place only when it is whole."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any

import orjson

from search.ingest.records import Failure
from search.ingest.reporting.atomic_file import TargetFile
from search.ingest.storing.known_articles import Status
from search.stories.places import StoryPlace

#: The places in stories of articles by number; those of the second argument have one even when they are alone.
StoryPlaces = Callable[[Collection[int], Collection[int]], Mapping[int, StoryPlace]]
_LOOKED_UP_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One article of the input with all its labels; `duplicate_of` is the id of the article kept in its place.

    `original_outlet` published first what `outlet` published again. `future` says that the date lay ahead when the article
    was taken in. `language_confidence` is ``None`` where the language was stated. `about` are those of the `countries`
    that the story is about; `text` is ``None`` where it was not asked for. `number` is by what the run knows the article;
    its story is told when all entries are there.
    """

    id: str
    file: str
    start_line: int
    end_line: int
    title: str
    outlet: str | None
    original_outlet: str | None
    author: str | None
    published: str | None
    published_precision: str
    published_source: str
    future: bool
    language: str | None
    language_confidence: float | None
    language_parts: tuple[tuple[int, int, str, float], ...]
    countries: tuple[str, ...]
    about: tuple[str, ...]
    status: Status
    duplicate_of: str | None
    text: str | None = None
    #: Of an article of a saved page: of its boundaries, 0..1; whether a person should look; confidence and cues of each.
    split_confidence: float | None = None
    split_review: str = ""
    evidence: dict[str, Any] | None = None
    number: int = 0

    def as_dict(self) -> dict[str, object]:
        """For the report."""
        values = asdict(self)
        del values["number"]
        if self.text is None:
            del values["text"]
        if self.evidence is None:
            for name in ("split_confidence", "split_review", "evidence"):
                del values[name]
        return values


@dataclass(slots=True)
class Counts:
    """How many records of each kind there were."""

    statuses: Counter[Status] = field(default_factory=Counter)
    failed: int = 0
    skipped: int = 0

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
        }


class ReportFile(TargetFile):
    """Writes entries as they come; who shares a story is known only at the end."""

    def __init__(self, target: Path) -> None:
        super().__init__(target)
        self._failures: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the report
        # Entries wait, a line each, after their articles' numbers.
        self._entries: IO[bytes] = tempfile.TemporaryFile(dir=target.parent)  # noqa: SIM115 - closed with the report
        self._repeated: set[int] = set()
        self._failure_separator = b"\n"

    def __exit__(self, *error: object) -> None:
        self._entries.close()
        self._failures.close()
        super().__exit__(*error)

    def add(self, entries: Iterable[ReportEntry]) -> None:
        """Append articles."""
        with self.writing():
            for entry in entries:
                self._entries.write(b"%d %b\n" % (entry.number, orjson.dumps(entry.as_dict())))
                if entry.status is Status.DUPLICATE:
                    self._repeated.add(entry.number)

    def fail(self, failure: Failure) -> None:
        """Append a failure."""
        self._failures.write(self._failure_separator + orjson.dumps(asdict(failure)))
        self._failure_separator = b",\n"

    def finish(self, skipped: Sequence[str], counts: Counts, places: StoryPlaces) -> None:
        """Write the rest and put the file in place."""
        with self.writing():
            separator = b'{"articles": [\n'
            for line in self._with_stories(places):
                self.file.write(separator + line)
                separator = b",\n"
            if separator.startswith(b"{"):
                self.file.write(separator)
            self.file.write(b'\n],\n"failures": [')
            self._failures.seek(0)
            while piece := self._failures.read(1 << 16):
                self.file.write(piece)
            tail = {"skipped": list(skipped), "counts": counts.as_dict()}
            self.file.write(b"\n],\n" + orjson.dumps(tail)[1:] + b"\n")
        self.put_in_place()

    def _with_stories(self, places: StoryPlaces) -> Iterator[bytes]:
        self._entries.seek(0)
        while lines := list(islice(self._entries, _LOOKED_UP_TOGETHER)):
            entries = [line.rstrip().split(b" ", 1) for line in lines]
            numbers = [int(number) for number, _ in entries]
            found = places(set(numbers), self._repeated & set(numbers))
            for number, (_, entry) in zip(numbers, entries, strict=True):
                place = found.get(number)
                told = {
                    "story": place and place.story,
                    "story_first": place and place.first,
                    "story_difference": place and place.difference,
                }
                yield entry[:-1] + b"," + orjson.dumps(told)[1:]
