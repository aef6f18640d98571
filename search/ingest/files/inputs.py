"""Which files a command's paths mean."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from search.exceptions import ReadError
from search.formats import Format
from search.ingest.files.kinds import ARCHIVE, BY_CONTENT, WEB_ARCHIVES, format_of, stem_of
from search.ingest.files.links import FilePlace, file_place, real_path, special_kind
from search.ingest.files.shown import shown_name
from search.ingest.records import Failure


@dataclass(frozen=True, slots=True)
class Retried:
    """The lines of a file that failed before; ``alone``: nothing else of it is to be read."""

    lines: frozenset[int]
    alone: bool


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to be read as `format`, which may be `any` or `archive`; `size` is in bytes on disk.

    `collection` scopes its ids; members of an archive add their names to it where it is ``scoped``.
    `wanted` is the only format to be read of what is told by content, ``None`` for all. ``outlet``
    is that of articles which state none, where it is not the run's, as ``names`` are the names of
    fields; ``retried`` is set for a file
    that failed; ``place`` says where a file that was found in a folder is.
    """

    path: Path
    format: str
    collection: str
    size: int
    wanted: str | None = None
    scoped: bool = True
    outlet: str = ""
    names: tuple[tuple[str, str], ...] = ()
    retried: Retried | None = None
    place: FilePlace | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run reads, what it passes over (base names) and paths that lead nowhere, each with the
    failure."""

    files: tuple[InputFile, ...]
    skipped: tuple[str, ...]
    failures: tuple[tuple[Path, Failure], ...]
    total_bytes: int = field(default=0)


def find_inputs(
    paths: Sequence[Path], format_name: str, collection: str, *, below: Sequence[Path] | None = None
) -> Inputs:
    """The files of the given paths, folders walked in the order of names, each file once, whatever
    names lead to it.

    A path that is named may be a link. Of what is found in folders, links that lead out of all that
    was named are failures; the others are followed last, so that a file which has a name of its own
    there is known by that.

    Args:
        paths: of files and folders.
        format_name: ``auto``, or the format of every file that is named and of every file of that
            kind in folders.
        collection: scope of ids; ``""`` makes one of folder and file name for each file.
        below: set where the paths were not named but found before, below these folders.
    """
    finder = _Finder(format_name, collection)
    finder.find(paths, below)
    files = tuple(finder.files.values())
    return Inputs(files, tuple(finder.skipped), tuple(finder.failures), sum(file.size for file in files))


def real_places(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The named paths that are there, without links."""
    places = []
    for path in paths:
        with suppress(ReadError):
            places.append(real_path(path))
    return tuple(dict.fromkeys(places))


class _Finder:
    def __init__(self, format_name: str, collection: str) -> None:
        self._format, self._collection = format_name, collection
        self._named: tuple[Path, ...] = ()
        self._walked: set[Path] = set()
        self._links: deque[Path] = deque()
        #: By real path; a file with several hard links by its number on its device.
        self.files: dict[Path | tuple[int, int], InputFile] = {}
        self.skipped: list[str] = []
        self.failures: list[tuple[Path, Failure]] = []

    def find(self, paths: Sequence[Path], below: Sequence[Path] | None) -> None:
        self._named = real_places(paths if below is None else below)
        for path in paths:
            with self._failing(path):
                if below is None:
                    self._take_named(path)
                else:
                    self._take_found(path)
        while self._links:
            path = self._links.popleft()
            with self._failing(path):
                self._take_found(path)

    @contextmanager
    def _failing(self, path: Path) -> Iterator[None]:
        try:
            yield
        except ReadError as error:
            self.failures.append((path, Failure(shown_name(path.name or path), None, error.reason)))
        except OSError as error:
            self._unreadable(error, path)

    def _unreadable(self, error: OSError, path: Path) -> None:
        path = Path(error.filename) if isinstance(error.filename, str) else path
        self.failures.append((path, Failure(shown_name(path.name), None, f"cannot be read: {error.strerror}")))

    def _take_named(self, path: Path) -> None:
        real = real_path(path)
        if real.is_dir():
            self._walk(real)
        else:
            kind = format_of(path)
            self._add(path, kind if self._format == "auto" or kind == ARCHIVE else self._format, real, None)

    def _take_found(self, path: Path) -> None:
        if path.is_symlink() and not path.is_dir() and self._kind(path) is None:
            # Where it leads does not matter: a file of that name would not be read.
            self.skipped.append(shown_name(path.name))
            return
        place = file_place(path, self._named)
        if place.path.is_dir():
            self._walk(place.path)
        else:
            self._add(path, self._kind(path), place.path, place)

    def _walk(self, folder: Path) -> None:
        if folder in self._walked:
            return
        for parent, folders, names in os.walk(folder, onerror=lambda error: self._unreadable(error, folder)):
            here = Path(parent)
            self._walked.add(here)
            # Hidden folders and files hold settings and histories, not articles.
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            self._links += [here / name for name in folders if (here / name).is_symlink()]
            folders[:] = [name for name in folders if here / name not in self._walked]
            for path in (here / name for name in sorted(names) if not name.startswith(".")):
                with self._failing(path):
                    if path.is_symlink():
                        self._links.append(path)
                    else:
                        self._add(path, self._kind(path), path, FilePlace(folder, path.relative_to(folder).parts))

    def _kind(self, path: Path) -> str | None:
        """That of a file in a folder: under `--format` only what may be of that format."""
        kind = format_of(path)
        return kind if self._format == "auto" or kind in (ARCHIVE, self._format, BY_CONTENT) else None

    def _add(self, path: Path, kind: str | None, real: Path, place: FilePlace | None) -> None:
        if kind is None:
            self.skipped.append(shown_name(path.name))
            return
        status = real.stat()
        special = special_kind(status.st_mode)
        if special:
            raise ReadError(f"{special}, not a file")
        # Some file systems number files anew each time; they know no hard links.
        key = real if status.st_nlink == 1 else (status.st_dev, status.st_ino)
        if key not in self.files:
            scope = self._collection or shown_name(f"{real.parent.name}/{stem_of(path)}")
            wanted = None if self._format == "auto" else self._format
            if path.suffix.lower() == WEB_ARCHIVES:
                # Beside the pages it has lists of them.
                wanted = Format.WARC
            self.files[key] = InputFile(
                path, kind, scope[:300], status.st_size, wanted, scoped=not self._collection, place=place
            )
