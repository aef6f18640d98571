"""What the readers make of files, without a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from search.ingest.files.inputs import find_inputs
from search.ingest.readers.intake import Intake
from search.ingest.readers.notes import Notes
from search.ingest.records import Failure, Record
from search.ingest.workers import Labeller


@dataclass(frozen=True, slots=True)
class Read:
    """Articles, reasons of failures, what the summary would say, and names of what was skipped."""

    records: list[Record]
    failures: list[str]
    notes: str
    skipped: list[str]

    @property
    def only(self) -> Record:
        """The one article, where nothing failed."""
        assert self.failures == []
        assert len(self.records) == 1
        return self.records[0]


def read(*paths: Path, names: Iterable[tuple[str, str]] = ()) -> Read:
    """Read files as a run does."""
    notes, skipped = Notes(), list[str]()
    inputs = find_inputs(paths, "auto", "")
    with Labeller(1) as labeller:
        intake = Intake("", notes, skipped, labeller, tuple(names))
        items = [item for item, _, _ in intake.items(inputs.files)]
    return Read(
        [item for item in items if isinstance(item, Record)],
        [item.reason for item in items if isinstance(item, Failure)],
        "\n".join(notes.lines()),
        [*inputs.skipped, *skipped],
    )


def read_bytes(folder: Path, name: str, data: bytes | str, names: Iterable[tuple[str, str]] = ()) -> Read:
    """Read a file that holds these bytes."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read(path, names=names)
