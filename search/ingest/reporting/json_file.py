"""JSON too large to be held: an object written member by member, and values that wait to be
written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import orjson

_BETWEEN = b",\n"


class ObjectWriter:
    """Writes one object, whose members are values or arrays; an array's items may come one at a
    time, a line each."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        # What stands before the next member, and before the next item of the array that is open.
        self._before_member = b"{"
        self._before_item = b"[\n"

    def member(self, name: str, value: object) -> None:
        """A whole member."""
        self._name(name)
        self._file.write(orjson.dumps(value))

    def array(self, name: str, items: Iterable[object]) -> None:
        """A member whose items are taken one at a time."""
        self.begin_array(name)
        for each in items:
            self.item(each)
        self.end_array()

    def begin_array(self, name: str) -> None:
        """A member whose items come."""
        self._name(name)
        self._before_item = b"[\n"

    def item(self, value: object) -> None:
        """The next item of the array that was begun."""
        self._file.write(self._before_item + orjson.dumps(value))
        self._before_item = _BETWEEN

    def end_array(self) -> None:
        """The array has all its items."""
        self._file.write(b"\n]" if self._before_item == _BETWEEN else b"[]")

    def end(self) -> None:
        """The object has all its members, of which there is one at least."""
        self._file.write(b"}\n")

    def _name(self, name: str) -> None:
        self._file.write(self._before_member + orjson.dumps(name) + b": ")
        self._before_member = _BETWEEN


class WaitingValues:
    """Values kept on disk, in a file without a name that is gone with the process, until they are
    read in their order."""

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - `close` does

    def add(self, value: object) -> None:
        """Keep one more."""
        self._file.write(orjson.dumps(value) + b"\n")

    def __iter__(self) -> Iterator[Any]:
        self._file.seek(0)
        return map(orjson.loads, self._file)

    def close(self) -> None:
        """Give the disk's room back."""
        self._file.close()
