"""Compressed streams unpacked within bounds, and streams whose beginning was looked at."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from typing import IO, Any, BinaryIO, cast

from search.exceptions import ReadError
from search.ingest.limits import FREE_BYTES, FREE_BYTES_A_FILE, MAX_UNPACKED_RATIO, MAX_XZ_MEMORY_BYTES

_PIECE = 64 * 1024
_GZIP, _BZIP2, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"
MAGIC_BYTES = 6


def read_some(stream: IO[bytes], size: int) -> bytes:
    """Up to so many bytes, as they come: a read that goes on until it has all loses what it has
    when it meets damage."""
    reader = getattr(stream, "read1", stream.read)
    return cast(bytes, reader(size))


class UnpackingBudget:
    """How many bytes all that is in one file may unpack to, whatever its layers."""

    def __init__(self, packed: int) -> None:
        self._left = max(FREE_BYTES_A_FILE, MAX_UNPACKED_RATIO * packed)

    def spend(self, count: int) -> None:
        """Take from it. Raises ReadError when nothing is left."""
        self._left -= count
        if self._left < 0:
            raise ReadError("the file unpacks to more than any text would: decompression bomb refused")


class Guarded(io.RawIOBase):
    """A stream of unpacked bytes that ends with ReadError when it grows out of proportion to the
    packed ones."""

    def __init__(self, stream: IO[bytes], packed: Callable[[], int], budget: UnpackingBudget) -> None:
        self._stream, self._packed, self._budget = stream, packed, budget
        self._unpacked = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as one read goes."""
        data = read_some(self._stream, min(len(buffer), _PIECE))
        buffer[: len(data)] = data
        self._unpacked += len(data)
        self._budget.spend(len(data))
        if self._unpacked > FREE_BYTES and self._unpacked > MAX_UNPACKED_RATIO * max(1, self._packed()):
            raise ReadError(f"unpacks to more than {MAX_UNPACKED_RATIO} times its size: decompression bomb refused")
        return len(data)


class Replayed(io.RawIOBase):
    """A stream from its start, though its first bytes were read already; ``damage`` met there is
    raised after them."""

    def __init__(self, head: bytes, stream: IO[bytes], damage: Exception | None) -> None:
        self._head, self._stream, self._damage = memoryview(head), stream, damage

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as one read goes."""
        data: bytes | memoryview = self._head[: len(buffer)]
        if len(data):
            self._head = self._head[len(data) :]
        elif self._damage is not None:
            raise self._damage
        else:
            data = read_some(self._stream, min(len(buffer), _PIECE))
        buffer[: len(data)] = data
        return len(data)


class _Xz(io.RawIOBase):
    """xz data with a bound on the dictionary, which the library's own reader does not set."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._unpacker = self._fresh()

    @staticmethod
    def _fresh() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(memlimit=MAX_XZ_MEMORY_BYTES)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            packed = b""
            if self._unpacker.eof:
                packed = self._unpacker.unused_data.lstrip(b"\x00") or self._stream.read(_PIECE)
                if not packed.strip(b"\x00"):
                    return 0
                self._unpacker = self._fresh()
            elif self._unpacker.needs_input:
                packed = self._stream.read(_PIECE)
                if not packed:
                    raise EOFError("Compressed file ended before the end-of-stream marker was reached")
            data = self._unpacker.decompress(packed, len(buffer))
            if data:
                buffer[: len(data)] = data
                return len(data)


def is_packed(head: bytes) -> bool:
    """Whether the bytes begin gzip, bzip2 or xz data."""
    return head.startswith((_GZIP, _BZIP2, _XZ))


def unpacked(stream: IO[bytes], head: bytes, packed: Callable[[], int], budget: UnpackingBudget) -> IO[bytes]:
    """The stream unpacked if it is packed, else itself.

    Args:
        stream: at its start.
        head: its first bytes, six at least.
        packed: how many bytes of it were read.
        budget: of the file that all this is in.
    """
    if head.startswith(_GZIP):
        raw = cast(IO[bytes], gzip.GzipFile(fileobj=cast(BinaryIO, stream)))
    elif head.startswith(_BZIP2):
        raw = cast(IO[bytes], bz2.BZ2File(stream))
    elif head.startswith(_XZ):
        raw = io.BufferedReader(_Xz(stream))
    else:
        return stream
    return io.BufferedReader(Guarded(raw, packed, budget), _PIECE)
