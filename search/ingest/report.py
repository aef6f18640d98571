"""The report of a run: written as it goes, in place only when it is whole."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import orjson

from search.exceptions import CorpusError
from search.ingest.known import Status
from search.ingest.records import Failure


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of the input with all its labels; `duplicate_of` is the id of the article kept in its place.

    `original_outlet` published first what `outlet` published again. `future` says that the date lay ahead when the article
    was taken in. `language_confidence` is ``None`` where the language was stated. `about` are those of the `countries`
    that the story is about; `text` is ``None`` where it was not asked for.
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

    def as_dict(self) -> dict[str, object]:
        """For the report."""
        values = asdict(self)
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


class ReportFile:
    """Writes entries to a file beside the target, which takes its place when the run is over.

    Use as a context manager: an error inside leaves the target as it was. Raises CorpusError when the target's folder
    cannot be written or is full.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        try:
            handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        except OSError as error:
            raise self._trouble(error) from error
        self._path = Path(name)
        self._file: IO[bytes] = os.fdopen(handle, "wb")
        self._failures: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the report
        self._separator = b'{"articles": [\n'
        self._failure_separator = b"\n"

    def __enter__(self) -> ReportFile:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()
        self._failures.close()
        self._path.unlink(missing_ok=True)

    def add(self, entries: Iterable[Entry]) -> None:
        """Append articles."""
        try:
            for entry in entries:
                self._file.write(self._separator + orjson.dumps(entry.as_dict()))
                self._separator = b",\n"
        except OSError as error:
            raise self._trouble(error) from error

    def fail(self, failure: Failure) -> None:
        """Append a failure."""
        self._failures.write(self._failure_separator + orjson.dumps(asdict(failure)))
        self._failure_separator = b",\n"

    def finish(self, skipped: Sequence[str], counts: Counts) -> None:
        """Write the rest and put the file in place."""
        try:
            if self._separator.startswith(b"{"):
                self._file.write(self._separator)
            self._file.write(b'\n],\n"failures": [')
            self._failures.seek(0)
            while piece := self._failures.read(1 << 16):
                self._file.write(piece)
            tail = {"skipped": list(skipped), "counts": counts.as_dict()}
            self._file.write(b"\n],\n" + orjson.dumps(tail)[1:] + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            self._path.chmod(0o666 & ~_umask())
            os.replace(self._path, self._target)
        except OSError as error:
            raise self._trouble(error) from error

    def _trouble(self, error: OSError) -> CorpusError:
        return CorpusError(
            f"cannot write the report {self._target}: {error.strerror}. "
            "Remedy: free space, or give --report a file in a folder that can be written"
        )


def _umask() -> int:
    """The process's mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
