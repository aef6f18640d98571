"""A file written beside its place, which it takes when it is whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self

from search.atomic_file import take_place
from search.exceptions import CorpusError


class TargetFile:
    """What a command writes. Use as a context manager: unless `put_in_place` was called, the target
    stays as it was.

    Args:
        target: where it is to be; raises CorpusError when its folder cannot be written.
    """

    #: What it is called in errors, and the option that names it.
    what, option = "report", "--report"

    def __init__(self, target: Path) -> None:
        self._target = target
        with self.writing():
            handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        self._path = Path(name)
        self.file: IO[bytes] = os.fdopen(handle, "wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.file.close()
        self._path.unlink(missing_ok=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What goes wrong while something is written, as CorpusError with the remedy."""
        try:
            yield
        except OSError as error:
            raise CorpusError(
                f"cannot write the {self.what} {self._target}: {error.strerror}. "
                f"Remedy: free space, or give {self.option} a file in a folder that can be written"
            ) from error

    def put_in_place(self) -> None:
        """Take the target's place, on disk and with the rights of any new file."""
        with self.writing():
            self._path.chmod(0o666 & ~_umask())
            take_place(self.file, self._path, self._target)


def _umask() -> int:
    """The process's mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
