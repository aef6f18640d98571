"""Files opened for reading: unpacked, their kind and encoding known, each at its start."""

from __future__ import annotations

import hashlib
import io
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from gzip import BadGzipFile
from pathlib import Path
from typing import IO, Protocol, cast

from search.exceptions import ReadError
from search.formats import Format
from search.ingest.files.encodings import UTF8, guess_encoding
from search.ingest.files.kinds import ARCHIVE, BY_CONTENT, is_archive
from search.ingest.files.links import FilePlace, open_file
from search.ingest.files.unpacking import MAGIC_BYTES, Replayed, UnpackingBudget, is_packed, read_some, unpacked
from search.ingest.limits import SAMPLE_BYTES

#: Kinds that say their encoding themselves: their readers get the bytes.
_OWN_ENCODING = frozenset([
    Format.HTML, Format.FEED, Format.WARC, Format.MAIL, Format.MHTML, Format.DOCX, Format.XLSX, Format.PDF, Format.RTF, ARCHIVE,
])  # fmt: skip
_OWN = ""


#: The format of a file by its first bytes, unpacked; None where they are of none that is read. The readers know.
Sniff = Callable[[bytes], str | None]


class Readable(Protocol):
    """What gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes."""


class ByteStream(Readable, Protocol):
    """What readers need of a file."""

    def readline(self, size: int = -1, /) -> bytes:
        """A line, or `size` bytes of it."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file, or a member of an archive, ready to be read from its start.

    ``stream`` has UTF-8, but the bytes as they are for kinds that state their encoding themselves
    (pages, feeds, WARC). ``encoding`` is ``""`` for those. ``format`` is ``None`` for content of no
    kind that is read. ``assumed`` says that the encoding is a guess.
    """

    stream: ByteStream
    name: str
    content_hash: str
    format: str | None
    encoding: str
    assumed: bool


@contextmanager
def translated_errors() -> Iterator[None]:
    """What goes wrong while a file is read, as ReadError."""
    try:
        yield
    except FileNotFoundError as error:
        raise ReadError("the file is gone") from error
    except (BadGzipFile, EOFError, zlib.error) as error:
        raise ReadError(f"damaged gzip data: {error}") from error
    except lzma.LZMAError as error:
        raise ReadError(f"damaged xz data: {error}") from error
    except (zipfile.BadZipFile, tarfile.TarError) as error:
        raise ReadError(f"damaged archive: {error}") from error
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror or error}") from error


def read_whole(stream: Readable, limit_bytes: int, what: str) -> bytes:
    """All bytes of a stream that is held whole.

    Args:
        stream: at its start.
        limit_bytes: whole megabytes.
        what: it is, for people.

    Raises:
        ReadError: it cannot be read, or is over the limit.
    """
    with translated_errors():
        data = stream.read(limit_bytes + 1)
    if len(data) > limit_bytes:
        raise ReadError(f"the {what} is larger than {limit_bytes // 1024**2} MB")
    return data


@contextmanager
def open_raw(path: Path, place: FilePlace | None = None) -> Iterator[tuple[IO[bytes], str]]:
    """A file on disk and the sha256 of its bytes, opened by its place where it has one.

    Raises ReadError when it is gone, unreadable, no file, or a link where its place has none.
    """
    with translated_errors():
        raw = os.fdopen(open_file(path, place), "rb")
    with raw:
        with translated_errors():
            content_hash = hashlib.file_digest(raw, "sha256").hexdigest()
            raw.seek(0)
        yield cast(IO[bytes], raw), content_hash


def open_stream(
    stream: IO[bytes], name: str, content_hash: str, kind: str, budget: UnpackingBudget, sniff: Sniff
) -> OpenedFile:
    """Prepare a stream of bytes, unpacked and at its start. Raises ReadError when it is empty,
    damaged or no text.

    Args:
        stream: of a file on disk or of a member of an archive.
        name: for people, with the names of the archives it is in.
        content_hash: of this version of it.
        kind: its format, or ``any`` to let its content decide.
        budget: of the file on disk.
        sniff: tells the format where the content decides.
    """
    with translated_errors():
        magic = stream.read(MAGIC_BYTES)
        whole = cast(IO[bytes], io.BufferedReader(Replayed(magic, stream, None)))
        if name.lower().endswith(".gz") and magic and not is_packed(magic):
            raise ReadError("damaged gzip data: not a gzip file")
        plain = unpacked(whole, magic, stream.tell, budget)
        sample, damage = _sample(plain)
    if not sample and damage is None:
        raise ReadError("empty file")
    # A tar file of old times has no mark: the library tells.
    unsure = kind == BY_CONTENT or (kind == ARCHIVE and not is_archive(sample))
    format_name = sniff(sample) or (ARCHIVE if kind == ARCHIVE else None) if unsure else kind
    encoding = _OWN
    if format_name is not None and format_name not in _OWN_ENCODING:
        encoding = guess_encoding(sample, whole=len(sample) < SAMPLE_BYTES)
    if encoding == "utf-8-sig":
        sample, encoding = sample[3:], UTF8
    # A damaged file is read up to the damage: the whole lines before it stay.
    again = cast(IO[bytes], io.BufferedReader(Replayed(sample, plain, damage), 65_536))
    reader: ByteStream = again if encoding in (UTF8, _OWN) else _Transcoded(again, encoding)
    return OpenedFile(reader, name, content_hash, format_name, encoding, assumed=encoding not in _STATED)


#: Encodings that are checked, that a byte order mark states or that the reader finds; others are assumed.
_STATED = (UTF8, "utf-16", "utf-32", _OWN)


def _sample(stream: IO[bytes]) -> tuple[bytes, Exception | None]:
    """The first bytes, and the damage that ended them."""
    pieces: list[bytes] = []
    size = 0
    try:
        while size < SAMPLE_BYTES and (piece := read_some(stream, min(8192, SAMPLE_BYTES - size))):
            pieces.append(piece)
            size += len(piece)
    except (BadGzipFile, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError) as error:
        return b"".join(pieces), error
    return b"".join(pieces), None


class _Transcoded:
    """A file in another encoding, read as UTF-8; bytes that the encoding does not know become
    U+FFFD."""

    def __init__(self, stream: IO[bytes], encoding: str) -> None:
        self._text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n")

    def read(self, size: int = -1, /) -> bytes:
        return self._text.read(size).encode(UTF8)

    def readline(self, size: int = -1, /) -> bytes:
        return self._text.readline(size).encode(UTF8)
