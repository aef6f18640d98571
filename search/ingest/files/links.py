"""Where the files of a folder really are: what links out of it is refused, and files are opened
without following links.

A file that is named itself is what was asked for, wherever its name leads.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from search.exceptions import ReadError
from search.ingest.files.shown import shown_name

_OUT = "a symbolic link that leads out of what was named, to {target}. Remedy: name its target too, to have it read"
_CHANGED = "it is another file than the one that was found, or a link. Remedy: run again when nobody changes the folder"
_KINDS = {
    stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}  # fmt: skip
#: Passing through a folder takes no right to list it.
_THROUGH = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Opening a pipe would wait for somebody to write into it.
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A file or folder below a named folder: the way from there passes no link."""

    folder: Path
    parts: tuple[str, ...]

    @property
    def path(self) -> Path:
        """All of it."""
        return self.folder.joinpath(*self.parts)


def real_path(path: Path) -> Path:
    """The path without links. Raises ReadError when it leads nowhere, in a circle or where nobody
    may look."""
    try:
        return path.resolve(strict=True)
    except FileNotFoundError as error:
        if path.exists():
            # /dev/stdin and the like lead to what has no path.
            raise ReadError(f"{special_kind(path.stat().st_mode) or 'no file'}, not a file") from error
        raise ReadError(f"there is no such file or folder: {shown_name(path)}") from error
    except RuntimeError as error:
        # Python 3.11 and 3.12 say so of links in a circle.
        raise ReadError("a symbolic link that leads in a circle") from error
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror}") from error


def file_place(path: Path, folders: Sequence[Path]) -> FilePlace:
    """Where a path leads that was found below one of these folders (real paths; files that were
    named count as such too).

    Raises:
        ReadError: it is a link that leads nowhere, or elsewhere.
    """
    if path.is_symlink() and not path.exists():
        raise ReadError(f"a symbolic link that leads nowhere, to {shown_name(os.readlink(path))}")
    real = real_path(path)
    for folder in folders:
        if real == folder:
            return FilePlace(real.parent, (real.name,))
        if real.is_relative_to(folder):
            return FilePlace(folder, real.relative_to(folder).parts)
    raise ReadError(_OUT.format(target=shown_name(real)))


def special_kind(mode: int) -> str:
    """What a directory entry is that is no file, for people; ``""`` for a file."""
    return "" if stat.S_ISREG(mode) else _KINDS.get(stat.S_IFMT(mode), "no file")


def open_file(path: Path, place: FilePlace | None) -> int:
    """A descriptor of a regular file, by its place where it has one, else by its path wherever that
    leads.

    Raises OSError, and ReadError for what is no file or, below a folder, has become a link since it
    was found.
    """
    handle = os.open(path, _READ) if place is None else _open_without_links(place)
    try:
        kind = special_kind(os.fstat(handle).st_mode)
        if kind:
            raise ReadError(f"{kind}, not a file")
    except BaseException:
        os.close(handle)
        raise
    return handle


def _open_without_links(place: FilePlace) -> int:
    """Part by part: a folder on the way could have become a link too."""
    folder = os.open(place.folder, _THROUGH)
    try:
        for part in place.parts[:-1]:
            below = os.open(part, _THROUGH, dir_fd=folder)
            os.close(folder)
            folder = below
        return os.open(place.parts[-1], _READ | os.O_NOFOLLOW, dir_fd=folder)
    except FileNotFoundError:
        raise
    except OSError as error:
        if place.path.is_symlink() or _passes_link(place):
            raise ReadError(_CHANGED) from error
        raise
    finally:
        os.close(folder)


def _passes_link(place: FilePlace) -> bool:
    path = place.folder
    for part in place.parts:
        path /= part
        if path.is_symlink():
            return True
    return False
