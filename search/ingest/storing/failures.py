"""What a run could not take in: kept in the database, so that it can be listed and retried
alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from search.database_errors import refuses_record
from search.exceptions import CorpusError
from search.formats import Format
from search.ingest.files.inputs import InputFile, Inputs, Retried, find_inputs
from search.ingest.files.shown import shown_name
from search.ingest.records import Failure, NoArticle
from search.models import IngestFailure, IngestRun
from search.models.querysets import chunks

BATCH_ROWS = 500
#: Formats in which a line stays the same record, so that lines can be retried without the rest of their file.
LINE_FORMATS = frozenset([Format.JSONL])
#: The option of a run that says where it looked: files found in folders are found again below them.
PLACES = "places"
#: That says which names hold which fields of records.
NAMES = "map"
#: Of a path that the database cannot hold: PostgreSQL indexes up to 2,704 bytes.
MOST_PATH_CHARACTERS = 2000
_Open, _Resolved, _Again = IngestFailure.Status.OPEN, IngestFailure.Status.RESOLVED, IngestFailure.Status.FAILED_AGAIN
_Skipped = IngestFailure.Status.SKIPPED


@dataclass(frozen=True, slots=True)
class Retry:
    """What is read again: the inputs, the paths that could not even be opened as files before, and
    what was named then."""

    inputs: Inputs
    paths: tuple[Path, ...] = ()
    places: tuple[str, ...] = ()


class FailureLog:
    """Writes down the failures of a run, and closes those of earlier runs whose place this one has
    read again."""

    def __init__(self, run: IngestRun, *, of_run: int = 0) -> None:
        """`of_run` is the only run whose failures are closed; 0: any earlier one."""
        self._run = run
        self._rows: list[IngestFailure] = []
        earlier = IngestFailure.objects.filter(status__in=(_Open, _Skipped)).exclude(run=run)
        self._earlier = earlier.filter(run_id=of_run) if of_run else earlier

    def add(self, failure: Failure, path: Path, file: InputFile | None) -> None:
        """Note a failure of the file at a path; `file` is missing where none could be found
        there."""
        self._note(failure, path, file, _Open)

    def pass_over(self, passed: NoArticle, file: InputFile) -> None:
        """Note what is no article: listed, and not read again by a retry."""
        self._note(passed, file.path, file, _Skipped)

    def _note(self, what: Failure | NoArticle, path: Path, file: InputFile | None, status: str) -> None:
        self._rows.append(
            IngestFailure(
                run=self._run,
                path=stored_path(path),
                version=version_of(path),
                file=what.file[:500],
                collection=file.collection if file else "",
                format=file.format if file else "",
                line=what.line,
                reason=what.reason,
                status=status,
            )
        )
        if len(self._rows) >= BATCH_ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what was noted."""
        try:
            IngestFailure.objects.bulk_create(self._rows)
        except Exception as error:
            if not refuses_record(error):
                raise
            for row in self._rows:
                _save_somehow(row)
        self._rows.clear()

    def close(self, files: Iterable[InputFile], paths: Iterable[Path]) -> None:
        """Say of earlier failures in these files, read to their end now, whether they are gone or
        came again.

        `paths` were looked for again: failures to find files there, or in folders there, are closed
        too.
        """
        self.flush()
        open_paths = set(self._earlier.order_by().values_list("path", flat=True).distinct())
        looked = named_places(paths)
        for path in open_paths:
            if _is_below(path, looked):
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
        present = IngestFailure.objects.filter(run=self._run, path=path, status=_Open)
        if present.filter(line=None).exists():
            rows.update(status=_Again, **now)
            return
        rows.filter(line__in=present.values("line")).update(status=_Again, **now)
        rows.update(status=_Resolved, **now)


def _save_somehow(row: IngestFailure) -> None:
    """Write a failure; where the database refuses that too, without what it may have refused."""
    try:
        with transaction.atomic():
            row.save()
    except Exception as error:
        if not refuses_record(error):
            raise
        for column in ("path", "file", "collection", "reason"):
            plain = getattr(row, column).encode("ascii", "backslashreplace").decode().replace("\0", "\\x00")
            setattr(row, column, plain[: MOST_PATH_CHARACTERS if column == "path" else 300])
        row.save()


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
    places: list[str] = []
    failures: list[tuple[Path, Failure]] = []
    for (stored, _collection, _format), group in groupby(
        rows.order_by("path", "collection", "format", "pk").iterator(),
        key=lambda row: (row.path, row.collection, row.format),
    ):
        path = path_of(stored)
        first, lines, alone = _taken_together(group, version_of(path))
        retried = Retried(lines, alone=alone and first.format in LINE_FORMATS)
        again = _found_again(path, stored, first)
        failures += again.failures
        places += first.run.options.get(PLACES) or [stored]
        if not (first.format and again.files):
            paths.append(path)
        for file in again.files:
            known = replace(file, format=first.format, collection=first.collection) if first.format else file
            files.setdefault((known.path, known.collection), replace(_as_then(known, first.run), retried=retried))
    every = tuple(files.values())
    inputs = Inputs(every, (), tuple(failures), sum(file.size for file in every))
    return Retry(inputs, tuple(paths), tuple(dict.fromkeys(places)))


def _found_again(path: Path, stored: str, row: IngestFailure) -> Inputs:
    """The file or files that the row was about; none where what was refused has gone.

    What was found in a folder is looked for below that folder: a link that was put there since is
    not followed out of it.
    """
    options = row.run.options
    asked = (row.format or options.get("format", "auto"), options.get("collection", ""))
    places = options.get(PLACES, ())
    if PLACES not in options:
        # A run of an earlier version, which followed links and kept where they led.
        return find_inputs((path,), *asked, below=(path.parent,) if path.is_symlink() else None)
    if stored in places:
        return find_inputs((path,), *asked)
    if not row.format and not os.path.lexists(path):
        return Inputs((), (), ())
    return find_inputs((path,), *asked, below=[path_of(place) for place in places])


def _as_then(file: InputFile, run: IngestRun) -> InputFile:
    """The file with the options of the run that failed."""
    asked, outlet = run.options.get("format", "auto"), str(run.options.get("outlet", ""))
    scoped = not run.options.get("collection")
    names = tuple((str(field), str(name)) for field, name in run.options.get(NAMES, ()))
    return replace(file, outlet=outlet, names=names, wanted=None if asked == "auto" else asked, scoped=scoped)


def _taken_together(rows: Iterator[IngestFailure], version: str) -> tuple[IngestFailure, frozenset[int], bool]:
    """The first of a file's failures, the lines of all, and whether these lines can be read without
    the others.

    They can when each has one, and the file is what it was: in one that was edited, other lines may
    have taken their place.
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
    r"""A path as the database holds it: absolute; bytes that are not UTF-8 as ``\xe9``.

    A link is kept as itself: read again by where it leads, one that was refused would be taken for
    a path that was named.
    """
    return shown_name(path.parent.resolve() / path.name if path.is_symlink() else path.resolve())


def named_places(paths: Iterable[Path]) -> list[str]:
    """The paths that a run was given, as `stored_path` has them and without links."""
    return list(dict.fromkeys(place for path in paths for place in (stored_path(path), shown_name(path.resolve()))))


def _is_below(stored: str, places: Iterable[str]) -> bool:
    """Whether a walk from one of these places comes by a path."""
    path = Path(stored)
    for place in places:
        if path.is_relative_to(place):
            return not any(part.startswith(".") for part in path.relative_to(place).parts)
    return False


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
