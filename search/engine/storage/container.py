"""One file of named arrays: magic, sections, directory, trailer. See docs/engine.md,
"Container"."""

from __future__ import annotations

import json
import mmap
import os
import struct
import threading
import weakref
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engine.errors import CorruptFileError, EngineError, FormatVersionError
from search.engine.storage.checksum import BlockChecker, BlockSums

MAGIC = b"COLWHOSH"
FORMAT_VERSION = 1
ALIGNMENT = 64
# Directory offset, directory length, directory CRC-32, format version, magic.
TRAILER = struct.Struct("<QQII8s")
HEADER = struct.Struct("<8sII")

Array = npt.NDArray[Any]


class ContainerWriter:
    """Writes arrays one after another; nothing is readable before :meth:`close`.

    Args:
        storage: a Whoosh storage.
        filename: the file to create in it.
    """

    def __init__(self, storage: Any, filename: str) -> None:
        self.filename = filename
        self._file = storage.create_file(filename)
        self._file.write(HEADER.pack(MAGIC, FORMAT_VERSION, 0))
        self._offset = self._at = HEADER.size
        self._sections: dict[str, SectionWriter] = {}
        self._meta: dict[str, Any] = {}

    def add(self, name: str, array: Array) -> None:
        """Write one one-dimensional array under ``name``; little-endian, contiguous."""
        self.reserve(name, array.dtype, array.size).append(array)

    def reserve(self, name: str, dtype: npt.DTypeLike, count: int) -> SectionWriter:
        """Room for an array whose items come later, piece by piece, perhaps while other sections
        are written.

        Args:
            name: of the section.
            dtype: of its items.
            count: of its items; so many must have come before :meth:`close`.
        """
        self._pad()
        section = SectionWriter(self._write, np.dtype(dtype).newbyteorder("<"), self._offset, count)
        self._sections[name] = section
        self._offset += section.size
        return section

    def _write(self, offset: int, data: memoryview | bytes) -> None:
        if offset != self._at:
            self._file.seek(offset)
        self._file.write(data)
        self._at = offset + len(data)

    def add_bytes(self, name: str, data: bytes) -> None:
        """Write a section of plain bytes."""
        self.add(name, np.frombuffer(data, dtype=np.uint8))

    def set_meta(self, key: str, value: Any) -> None:
        """Keep a JSON value in the directory."""
        self._meta[key] = value

    def close(self) -> tuple[int, int]:
        """Write directory and trailer; returns (file size in bytes, CRC-32 of the directory)."""
        self._pad()
        sums: list[int] = []
        sections = {}
        for name, section in self._sections.items():
            its_sums = section.finish()
            sections[name] = {**section.entry(), "sums": [len(sums), len(its_sums)]}
            sums.extend(its_sums)
        packed = np.array(sums, dtype="<u4").tobytes()
        directory = json.dumps(
            {
                "sections": sections,
                "meta": self._meta,
                "sums": {"offset": self._offset, "count": len(sums), "crc": zlib.crc32(packed)},
            },
            separators=(",", ":"),
        ).encode()
        crc = zlib.crc32(directory)
        start = self._offset + len(packed)
        end = packed + directory + TRAILER.pack(start, len(directory), crc, FORMAT_VERSION, MAGIC)
        self._write(self._offset, end)
        self._file.close()
        return self._offset + len(end), crc

    def abandon(self) -> None:
        """Close the file, where it isn't yet, without a directory; it can't be opened."""
        if not self._file.is_closed:
            self._file.close()

    def _pad(self) -> None:
        gap = -self._offset % ALIGNMENT
        if gap:
            self._write(self._offset, b"\0" * gap)
            self._offset += gap


class SectionWriter:
    """Writes one section of a container front to back.

    Args:
        write: puts bytes at an offset of the file.
        dtype: of the items.
        offset: of the first.
        count: of items.
    """

    def __init__(self, write: Callable[[int, memoryview], None], dtype: np.dtype[Any], offset: int, count: int) -> None:
        self._write = write
        self._dtype = dtype
        self._offset, self._count = offset, count
        self._next = offset
        self._sums = BlockSums()

    @property
    def size(self) -> int:
        """Bytes."""
        return self._count * self._dtype.itemsize

    def append(self, array: Array) -> None:
        """Write the next items, made into items of the section's type."""
        if not array.size:
            return
        data = np.ascontiguousarray(array, dtype=self._dtype).data.cast("B")
        self._sums.add(data)
        self._write(self._next, data)
        self._next += len(data)

    def entry(self) -> dict[str, Any]:
        """What the directory says of the section."""
        return {"dtype": self._dtype.str, "offset": self._offset, "count": self._count}

    def finish(self) -> list[int]:
        """Checksums of the blocks.

        Raises:
            EngineError: items are missing, or too many came.
        """
        if self._next != self._offset + self.size:
            raise EngineError(f"{self._next - self._offset} bytes were written of a section of {self.size}")
        return self._sums.finish()


class Section:
    """One array of a container; every way of reading it checks the blocks it touches first."""

    __slots__ = ("_checker", "_itemsize", "array")

    def __init__(self, array: Array, checker: BlockChecker) -> None:
        self.array = array
        self._itemsize = array.dtype.itemsize
        self._checker = checker

    def __len__(self) -> int:
        return len(self.array)

    def slice(self, start: int, stop: int) -> Array:
        """Items ``start`` to ``stop`` (exclusive), a view."""
        self._checker.check(start * self._itemsize, stop * self._itemsize)
        return self.array[start:stop]

    def whole(self) -> Array:
        """The whole array, a view."""
        self._checker.check_all()
        return self.array


class Container:
    """A container opened for reading. Immutable and shared between threads.

    Args:
        filename: for messages.
        data: the whole file.
        descriptor: of the file where ``data`` is a map of it; closed with the container.

    Raises:
        CorruptFileError: the file is truncated or its directory altered (checked at once; sections
            when first read).
        FormatVersionError: another version of the format.
    """

    def __init__(self, filename: str, data: memoryview, descriptor: int | None = None) -> None:
        self.filename = filename
        self._data = data
        if len(data) < HEADER.size + TRAILER.size:
            raise CorruptFileError(filename, f"truncated: {len(data)} bytes")
        magic, version, _ = HEADER.unpack(data[: HEADER.size])
        start, length, self.crc, end_version, end_magic = TRAILER.unpack(data[-TRAILER.size :])
        if magic != MAGIC:
            raise CorruptFileError(filename, "not a file of this format")
        if version != FORMAT_VERSION:
            raise FormatVersionError(filename, f"format version {version}, this code reads {FORMAT_VERSION}")
        if end_magic != MAGIC or end_version != version or start + length + TRAILER.size != len(data):
            raise CorruptFileError(filename, "truncated or overwritten: its end is not where it should be")
        directory = bytes(data[start : start + length])
        if zlib.crc32(directory) != self.crc:
            raise CorruptFileError(filename, "checksum of the directory does not match")
        parsed = json.loads(directory)
        self.meta: dict[str, Any] = parsed["meta"]
        self._entries: dict[str, dict[str, Any]] = parsed["sections"]
        where = parsed["sums"]
        raw = data[where["offset"] : where["offset"] + 4 * where["count"]]
        if zlib.crc32(raw) != where["crc"]:
            raise CorruptFileError(filename, "checksum of the checksums does not match")
        self._sums: npt.NDArray[np.uint32] = np.frombuffer(raw, dtype="<u4")
        self._sections: dict[str, Section] = {}
        self._lock = threading.Lock()
        # A file stays as it was written; what the descriptor says of it now is compared with what it said then.
        self._descriptor = descriptor
        self._state = None if descriptor is None else file_state(descriptor)

    @property
    def size(self) -> int:
        """Size of the file in bytes."""
        return len(self._data)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def section(self, name: str) -> Section:
        """The section called ``name``.

        Raises:
            CorruptFileError: the file has no such section.
        """
        found = self._sections.get(name)
        if found is None:
            with self._lock:
                found = self._sections.get(name) or self._open(name)
                self._sections[name] = found
        return found

    def _open(self, name: str) -> Section:
        entry = self._entries.get(name)
        if entry is None:
            raise CorruptFileError(self.filename, f"section {name!r} is missing")
        dtype = np.dtype(entry["dtype"])
        start, stop = entry["offset"], entry["offset"] + entry["count"] * dtype.itemsize
        first, blocks = entry["sums"]
        data = self._data[start:stop]
        array: Array = np.frombuffer(data, dtype=dtype)
        sums = self._sums[first : first + blocks]
        if self._descriptor is None:
            return Section(array, BlockChecker(self.filename, name, data, sums))
        # Weak: a cycle would keep the map and the descriptor until the next garbage collection.
        whole = weakref.WeakMethod(self._require_whole)
        return Section(array, BlockChecker(self.filename, name, data, sums, lambda: _call(whole)))

    def _require_whole(self) -> None:
        """Raise CorruptFileError where the mapped file is shorter than it was."""
        if self._descriptor is not None:
            self._require_size(file_state(self._descriptor)[0])

    def _require_size(self, size: int) -> None:
        if size < len(self._data):
            raise CorruptFileError(self.filename, f"truncated while in use: {size} of {len(self._data)} bytes left")

    def check_unchanged(self) -> None:
        """Check that nobody cut or wrote to the mapped file since it was opened; costs a
        microsecond.

        Reading a map beyond the end of its file kills the process, so this comes before every
        answer, and a look at the size before each block that is checked. A file written to is
        checked anew as a whole.

        Raises:
            CorruptFileError: the file is shorter than it was, or a block of it has changed.
        """
        if self._descriptor is None:
            return
        state = file_state(self._descriptor)
        if state == self._state:
            return
        self._require_size(state[0])
        Container(self.filename, self._data).verify()
        self._state = state

    def verify(self) -> None:
        """Check every block of every section.

        Raises:
            CorruptFileError: the first difference found.
        """
        for name in self._entries:
            self.section(name).whole()


def _call(method: weakref.WeakMethod[Callable[[], None]]) -> None:
    found = method()
    if found is not None:
        found()


def file_state(descriptor: int) -> tuple[int, int]:
    """(size in bytes, time of the last change in nanoseconds) of an open file."""
    status = os.fstat(descriptor)
    return status.st_size, status.st_mtime_ns


_open_containers: weakref.WeakValueDictionary[tuple[str, int, int], Container] = weakref.WeakValueDictionary()
_open_lock = threading.Lock()


def open_container(storage: Any, filename: str) -> Container:
    """Open a file of a storage: memory-mapped where it is a file of its own, else read.

    Readers of one process share an open container, and with it the record of checked blocks.

    Raises:
        CorruptFileError: see :class:`Container`.
        FileNotFoundError: no such file (a commit may just have merged it away: read the table of
            contents again).
    """
    folder = getattr(storage, "folder", "")
    if not folder or not getattr(storage, "supports_mmap", False):
        with storage.open_file(filename) as file:
            return Container(filename, memoryview(file.read()))
    path = os.path.join(os.path.abspath(folder), filename)
    with open(path, "rb") as file:
        status = os.fstat(file.fileno())
        key = (path, status.st_ino, status.st_mtime_ns)
        with _open_lock:
            found = _open_containers.get(key)
            if found is None:
                if status.st_size == 0:
                    raise CorruptFileError(filename, "truncated: 0 bytes")
                found = _mapped(filename, file.fileno())
                _open_containers[key] = found
    return found


def _mapped(filename: str, descriptor: int) -> Container:
    """A container over a map of an open file, with a descriptor of its own."""
    data = memoryview(mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ))
    own = os.dup(descriptor)
    try:
        container = Container(filename, data, own)
    except BaseException:
        os.close(own)
        raise
    weakref.finalize(container, os.close, own)
    return container
