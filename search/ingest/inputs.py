"""Which files a command's paths mean."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from search.ingest.readers.kinds import ARCHIVE, BY_CONTENT, format_of, stem_of
from search.ingest.readers.opening import shown_name
from search.ingest.records import Failure


@dataclass(frozen=True, slots=True)
class Retried:
    """The lines of a file that failed before; ``alone``: nothing else of it is to be read."""

    lines: frozenset[int]
    alone: bool


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to be read as `format`, which may be `any` or `archive`; `size` is in bytes on disk.

    `collection` scopes its ids; members of an archive add their names to it where it is ``scoped``. `wanted` is the only
    format to be read of what is told by content, ``None`` for all. ``outlet`` is that of articles which state none, where it
    is not the run's; ``retried`` is set for a file that failed.
    """

    path: Path
    format: str
    collection: str
    size: int
    wanted: str | None = None
    scoped: bool = True
    outlet: str = ""
    retried: Retried | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run reads, what it passes over (base names) and paths that lead nowhere, each with the failure."""

    files: tuple[InputFile, ...]
    skipped: tuple[str, ...]
    failures: tuple[tuple[Path, Failure], ...]
    total_bytes: int = field(default=0)


def find_inputs(paths: Sequence[Path], format_name: str, collection: str) -> Inputs:
    """The files of the given paths, folders walked in the order of names, each file once.

    Args:
        format_name: ``auto``, or the format of every file that is named and of every file of that kind in folders.
        collection: scope of ids; ``""`` makes one of folder and file name for each file.
    """
    files: dict[Path, InputFile] = {}
    skipped: list[str] = []
    failures: list[tuple[Path, Failure]] = []
    for path in paths:
        if not path.exists():
            failures.append(
                (
                    path,
                    Failure(
                        shown_name(path.name or path), None, f"there is no such file or folder: {shown_name(path)}"
                    ),
                )
            )
            continue
        in_folder = path.is_dir()
        for file in _walk(path, failures) if in_folder else [path]:
            kind = format_of(file)
            if format_name != "auto" and kind != ARCHIVE:
                kind = _asked(kind, format_name, in_folder=in_folder)
            if kind is None or not file.is_file():
                skipped.append(shown_name(file.name))
                continue
            real = file.resolve()
            if real not in files:
                scope = collection or shown_name(f"{real.parent.name}/{stem_of(file)}")
                wanted = None if format_name == "auto" else format_name
                size = real.stat().st_size
                files[real] = InputFile(file, kind, scope[:300], size, wanted, scoped=not collection)
    found = tuple(files.values())
    return Inputs(found, tuple(skipped), tuple(failures), sum(file.size for file in found))


def _asked(kind: str | None, format_name: str, *, in_folder: bool) -> str | None:
    """The kind under `--format`: a file that is named is of that format, one in a folder only where it may be."""
    if not in_folder:
        return format_name
    return kind if kind in (format_name, BY_CONTENT) else None


def _walk(folder: Path, failures: list[tuple[Path, Failure]]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        path = Path(error.filename) if error.filename else folder
        failures.append((path, Failure(shown_name(path.name), None, f"cannot be read: {error.strerror}")))

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders.sort()
        # Hidden folders and files hold settings and histories, not articles.
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(parent) / name
