"""What a run could not take in: kept in the database, so that it can be listed and retried alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from django.db.models import Q, QuerySet
from django.utils import timezone

from search.exceptions import CorpusError
from search.ingest.inputs import InputFile, Inputs, Retried, find_inputs
from search.ingest.readers.opening import shown_name
from search.ingest.records import Failure
from search.models import IngestFailure, IngestRun
from search.querysets import chunks

BATCH_ROWS = 500
#: Formats in which a line stays the same record, so that lines can be retried without the rest of their file.
LINE_FORMATS = frozenset(["jsonl"])
_Open, _Resolved, _Again = IngestFailure.Status.OPEN, IngestFailure.Status.RESOLVED, IngestFailure.Status.FAILED_AGAIN


@dataclass(frozen=True, slots=True)
class Retry:
    """What is read again: the inputs, and the paths that could not even be opened as files before."""

    inputs: Inputs
    paths: tuple[Path, ...] = ()


class FailureLog:
    """Writes down the failures of a run, and closes those of earlier runs whose place this one has read again."""

    def __init__(self, run: IngestRun, *, of_run: int = 0) -> None:
        """`of_run` is the only run whose failures are closed; 0: any earlier one."""
        self._run = run
        self._rows: list[IngestFailure] = []
        earlier = IngestFailure.objects.filter(status=_Open).exclude(run=run)
        self._earlier = earlier.filter(run_id=of_run) if of_run else earlier

    def add(self, failure: Failure, path: Path, file: InputFile | None) -> None:
        """Note a failure of the file at a path; `file` is missing where none could be found there."""
        self._rows.append(
            IngestFailure(
                run=self._run,
                path=stored_path(path),
                version=version_of(path),
                file=failure.file[:500],
                collection=file.collection if file else "",
                format=file.format if file else "",
                line=failure.line,
                reason=failure.reason,
            )
        )
        if len(self._rows) >= BATCH_ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what was noted."""
        IngestFailure.objects.bulk_create(self._rows)
        self._rows.clear()

    def close(self, files: Iterable[InputFile], paths: Iterable[Path]) -> None:
        """Say of earlier failures in these files, read to their end now, whether they are gone or came again.

        `paths` were looked for again: failures to find files there are closed too.
        """
        self.flush()
        open_paths = set(self._earlier.order_by().values_list("path", flat=True).distinct())
        for path in {stored_path(path) for path in paths} & open_paths:
            self._close(path, self._earlier.filter(path=path, format=""))
        for file in files:
            path = stored_path(file.path)
            if path not in open_paths:
                continue
            rows = self._earlier.filter(Q(collection=file.collection) | Q(format=""), path=path)
            if file.retried is None or not file.retried.alone:
                self._close(path, rows)
            else:
                for lines in chunks(sorted(file.retried.lines)):
                    self._close(path, rows.filter(line__in=lines))

    def _close(self, path: str, rows: QuerySet[IngestFailure]) -> None:
        now = {"closed_by": self._run, "closed_at": timezone.now()}
        present = IngestFailure.objects.filter(run=self._run, path=path)
        if present.filter(line=None).exists():
            rows.update(status=_Again, **now)
            return
        rows.filter(line__in=present.values("line")).update(status=_Again, **now)
        rows.update(status=_Resolved, **now)


def what_to_retry(run: int) -> Retry:
    """The open failures of a run (0: of every run), as inputs that hold nothing else.

    Raises:
        CorpusError: there is no such run.
    """
    if run and not IngestRun.objects.filter(pk=run).exists():
        raise CorpusError(
            f"there is no ingest run {run}. Remedy: --retry alone takes all, or see the admin's ingest runs"
        )
    rows = IngestFailure.objects.filter(status=_Open)
    rows = (rows.filter(run_id=run) if run else rows).select_related("run")
    files: dict[tuple[Path, str], InputFile] = {}
    paths: list[Path] = []
    failures: list[tuple[Path, Failure]] = []
    for (stored, _collection, _format), group in groupby(
        rows.order_by("path", "collection", "format", "pk").iterator(),
        key=lambda row: (row.path, row.collection, row.format),
    ):
        path = path_of(stored)
        first, lines, alone = _taken_together(group, version_of(path))
        retried = Retried(lines, alone=alone and first.format in LINE_FORMATS)
        if path.is_file() and first.format:
            found = [InputFile(path, first.format, first.collection, path.stat().st_size)]
        else:
            options = first.run.options
            again = find_inputs((path,), first.format or options.get("format", "auto"), options.get("collection", ""))
            found = list(again.files)
            failures += again.failures
            paths.append(path)
        for file in found:
            files.setdefault((file.path, file.collection), replace(_as_then(file, first.run), retried=retried))
    every = tuple(files.values())
    return Retry(Inputs(every, (), tuple(failures), sum(file.size for file in every)), tuple(paths))


def _as_then(file: InputFile, run: IngestRun) -> InputFile:
    """The file with the options of the run that failed."""
    asked, outlet = run.options.get("format", "auto"), str(run.options.get("outlet", ""))
    scoped = not run.options.get("collection")
    return replace(file, outlet=outlet, wanted=None if asked == "auto" else asked, scoped=scoped)


def _taken_together(rows: Iterator[IngestFailure], version: str) -> tuple[IngestFailure, frozenset[int], bool]:
    """The first of a file's failures, the lines of all, and whether these lines can be read without the others.

    They can when each has one, and the file is what it was: in one that was edited, other lines may have taken their place.
    """
    first = next(rows)
    lines, alone = set(), True
    for row in (first, *rows):
        if row.line is not None:
            lines.add(row.line)
        alone = alone and row.line is not None and row.version == version
    return first, frozenset(lines), alone


def version_of(path: Path) -> str:
    """What changes when a file is written: its size and time; ``""`` for none."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size}-{status.st_mtime_ns}"


def stored_path(path: Path) -> str:
    r"""A path as the database holds it: absolute; bytes that are not UTF-8 as ``\xe9``."""
    return shown_name(path.resolve())


def path_of(stored: str) -> Path:
    r"""The path that was stored, also one with bytes that are not UTF-8."""
    plain = Path(stored)
    if "\\x" not in stored or plain.exists():
        return plain
    pieces = stored.encode().split(b"\\x")
    raw = pieces[0] + b"".join(_byte(piece) for piece in pieces[1:])
    return Path(os.fsdecode(raw))


def _byte(piece: bytes) -> bytes:
    try:
        return bytes([int(piece[:2], 16)]) + piece[2:]
    except ValueError:
        return b"\\x" + piece
