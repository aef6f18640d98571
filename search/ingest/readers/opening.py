"""Files opened for reading: plain or gzip by their first bytes, hashed, their encoding known."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Protocol, cast

from search.exceptions import ReadError
from search.ingest.readers.encodings import UTF8, guess_encoding

FORMATS = {
    ".txt": "text", ".text": "text", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
}  # fmt: skip
SAMPLE_BYTES = 262_144
_GZIP = b"\x1f\x8b"


class ByteStream(Protocol):
    """What readers need of a file."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes."""

    def readline(self, size: int = -1, /) -> bytes:
        """A line, or `size` bytes of it."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file ready to be read from its start. ``assumed`` says that the encoding is a guess."""

    stream: ByteStream
    raw: IO[bytes]
    name: str
    content_hash: str
    encoding: str
    assumed: bool

    @property
    def position(self) -> int:
        """How many bytes of the file on disk were read."""
        return self.raw.tell()


def format_of(path: Path) -> str | None:
    """``text``, ``jsonl`` or ``html`` by the file's name; ``None`` for a kind that is not known."""
    name = path.name.lower().removesuffix(".gz")
    return FORMATS.get(os.path.splitext(name)[1])


def shown_name(path: Path | str) -> str:
    r"""A path or name as text that can be stored and printed.

    A file system's name may hold bytes that are not UTF-8; they are written ``\xe9``, so that names stay different.
    """
    return os.fsencode(path).decode(UTF8, "backslashreplace")


def stem_of(path: Path) -> str:
    """The file's name without the endings of its kind."""
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    stem, ending = os.path.splitext(name)
    return stem if stem and ending.lower() in FORMATS else name


@contextmanager
def translated_errors() -> Iterator[None]:
    """What goes wrong while a file is read, as ReadError."""
    try:
        yield
    except FileNotFoundError as error:
        raise ReadError("the file is gone") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ReadError(f"damaged gzip data: {error}") from error
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror or error}") from error


@contextmanager
def open_file(path: Path) -> Iterator[OpenedFile]:
    """Open a file. Raises ReadError when it is gone, unreadable, empty, damaged or no text."""
    with translated_errors():
        raw = path.open("rb")
    with raw:
        with translated_errors():
            content_hash = hashlib.file_digest(raw, "sha256").hexdigest()
            raw.seek(0)
            packed = raw.read(2) == _GZIP
            raw.seek(0)
            if not packed and path.name.lower().endswith(".gz") and os.fstat(raw.fileno()).st_size:
                raise ReadError("damaged gzip data: not a gzip file")
            stream = _unpacked(raw) if packed else cast(IO[bytes], raw)
            sample, damaged = _sample(stream)
        if not sample and not damaged:
            raise ReadError("empty file")
        encoding = guess_encoding(sample, whole=len(sample) < SAMPLE_BYTES)
        with translated_errors():
            # A damaged file is read again up to the damage: the whole lines before it stay.
            raw.seek(0)
            stream = _unpacked(raw) if packed else cast(IO[bytes], raw)
            if encoding == "utf-8-sig":
                stream.read(3)
                encoding = UTF8
        reader: ByteStream = stream if encoding == UTF8 else _Transcoded(stream, encoding)
        yield OpenedFile(
            reader, cast(IO[bytes], raw), shown_name(path.name), content_hash, encoding, assumed=encoding not in _STATED
        )


#: Encodings that are checked or that a byte order mark states; others are assumed.
_STATED = (UTF8, "utf-16", "utf-32")


def _unpacked(raw: BinaryIO) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile(fileobj=raw))


def _sample(stream: IO[bytes]) -> tuple[bytes, bool]:
    """The first bytes, and whether damage ended them."""
    pieces: list[bytes] = []
    size = 0
    try:
        while size < SAMPLE_BYTES and (piece := stream.read(min(8192, SAMPLE_BYTES - size))):
            pieces.append(piece)
            size += len(piece)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        return b"".join(pieces), True
    return b"".join(pieces), False


class _Transcoded:
    """A file in another encoding, read as UTF-8; bytes that the encoding does not know become U+FFFD."""

    def __init__(self, stream: IO[bytes], encoding: str) -> None:
        self._text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n")

    def read(self, size: int = -1, /) -> bytes:
        return self._text.read(size).encode(UTF8)

    def readline(self, size: int = -1, /) -> bytes:
        return self._text.readline(size).encode(UTF8)
