"""What an extraction changed, told and counted."""

from __future__ import annotations

import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO

import orjson

from search.exceptions import CorpusError

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
    """One label of one article, before and after. ``what`` is finer than the kind: ``mentions``, ``about``."""

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


class ChangeFile:
    """Writes changes as JSON beside the target, which takes its place when the run is over.

    Use as a context manager: an error inside leaves the target as it was. Raises CorpusError when it cannot be written.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._separator = b'{"changes": [\n'
        try:
            handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        except OSError as error:
            raise self._trouble(error) from error
        self._path = Path(name)
        self._file: IO[bytes] = os.fdopen(handle, "wb")

    def __enter__(self) -> ChangeFile:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def add(self, changes: Iterable[Change]) -> None:
        """Append."""
        try:
            for change in changes:
                self._file.write(self._separator + orjson.dumps(asdict(change)))
                self._separator = b",\n"
        except OSError as error:
            raise self._trouble(error) from error

    def finish(self, changes: Changes) -> None:
        """Write the counts and put the file in place."""
        try:
            if self._separator.startswith(b"{"):
                self._file.write(self._separator)
            tail = {"articles": changes.articles, "counts": changes.counts}
            self._file.write(b"\n],\n" + orjson.dumps(tail)[1:] + b"\n")
            self._file.flush()
            self._path.chmod(0o644)
            os.replace(self._path, self._target)
        except OSError as error:
            raise self._trouble(error) from error

    def _trouble(self, error: OSError) -> CorpusError:
        return CorpusError(
            f"cannot write the report {self._target}: {error.strerror}. "
            "Remedy: free space, or give --report a file in a folder that can be written"
        )
