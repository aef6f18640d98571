"""The members of zip and tar archives, one at a time, none written to disk; what should not be read
is refused with a reason."""

from __future__ import annotations

import io
import re
import shutil
import stat
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Generator
from dataclasses import dataclass
from functools import partial
from typing import IO, cast

from search.exceptions import ReadError
from search.ingest.files.opening import translated_errors
from search.ingest.files.unpacking import Guarded, UnpackingBudget
from search.ingest.limits import MAX_ARCHIVE_MEMBERS, MAX_INNER_ZIP_BYTES, MAX_ZIP_LIST_BYTES, SPOOLED_IN_MEMORY_BYTES

_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"
_TAIL_BYTES = 66_000
_SPECIAL = {
    stat.S_IFLNK: "a symbolic link", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}  # fmt: skip
_DRIVE = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A file in an archive, open until the next one is asked for."""

    name: str
    stream: IO[bytes]


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that is not read, and why."""

    name: str
    reason: str


def zip_members(stream: IO[bytes], budget: UnpackingBudget) -> Generator[ArchiveMember | Refused]:
    """The files of a zip archive in its own order. Raises ReadError when it is damaged or its list
    is out of bounds."""
    with translated_errors():
        _check_directory(stream)
        archive = zipfile.ZipFile(stream)
    with archive:
        # Counted before they are listed twice.
        if len(archive.filelist) > MAX_ARCHIVE_MEMBERS:
            raise ReadError(f"the archive has {len(archive.filelist):,} members, more than {MAX_ARCHIVE_MEMBERS:,}")
        for info in archive.filelist:
            if info.is_dir():
                continue
            reason = _trick(info.filename) or _zip_trouble(info)
            if reason:
                yield Refused(info.filename, reason)
                continue
            try:
                opened = archive.open(info)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
                yield Refused(info.filename, f"cannot be unpacked: {error}")
                continue
            guarded = Guarded(opened, partial(int, info.compress_size), budget)
            with opened:
                yield ArchiveMember(info.filename, cast(IO[bytes], io.BufferedReader(guarded)))


def tar_members(stream: IO[bytes]) -> Generator[ArchiveMember | Refused]:
    """The files of a tar archive, unpacked already, read once from start to end. Raises ReadError
    when it is damaged."""
    ended = _Ended(stream)
    with translated_errors():
        archive = tarfile.open(fileobj=cast(IO[bytes], ended), mode="r|")  # noqa: SIM115 - closed below
    with archive:
        count = 0
        while True:
            with translated_errors():
                info = archive.next()
            if info is None:
                # The library takes a header that is cut off for the end.
                if ended.last.strip(b"\x00"):
                    raise ReadError("damaged archive: the tar file is cut short")
                return
            # The library keeps every member it has met, which a long archive would fill memory with.
            archive.members = []  # type: ignore[attr-defined]  # its types leave it out
            count += 1
            if count > MAX_ARCHIVE_MEMBERS:
                raise ReadError(f"the archive has more than {MAX_ARCHIVE_MEMBERS:,} members")
            if info.isdir():
                continue
            reason = _trick(info.name) or ("" if info.isreg() else f"{_kind(info)}, not a file")
            if reason:
                yield Refused(info.name, reason)
                continue
            opened = archive.extractfile(info)
            if opened is not None:
                yield ArchiveMember(info.name, opened)


def spooled(stream: IO[bytes]) -> IO[bytes]:
    """A stream that can be read from its end, for a zip in an archive; a file without a name where
    it is large."""
    copy = cast(IO[bytes], tempfile.SpooledTemporaryFile(SPOOLED_IN_MEMORY_BYTES))  # noqa: SIM115 - closed by who reads it
    with translated_errors():
        shutil.copyfileobj(cast(IO[bytes], _Bounded(stream)), copy)
    copy.seek(0)
    return copy


class _Ended:
    """A stream whose last bytes are known: those of a whole tar file are zeros."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.last = b""

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.last = data[-tarfile.BLOCKSIZE :] or self.last
        return data


class _Bounded:
    """A stream that ends with ReadError past the size of an inner zip."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._left = stream, MAX_INNER_ZIP_BYTES

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(f"a zip in an archive is larger than {MAX_INNER_ZIP_BYTES // 1024**3} GB")
        return data


def _trick(name: str) -> str:
    """Why a member's name is not one that a file may have; ``""`` for a good one."""
    parts = name.replace("\\", "/").split("/")
    if ".." in parts:
        return "its name leads out of the archive (..)"
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        return "its name is an absolute path"
    return "" if name.strip() else "it has no name"


def _zip_trouble(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x1:
        return "it is encrypted"
    # Whatever system the zip says it is from: what unpacks it goes by the mode. Others keep their own bits there.
    kind = _SPECIAL.get(stat.S_IFMT(info.external_attr >> 16))
    return f"{kind}, not a file" if kind else ""


def _kind(info: tarfile.TarInfo) -> str:
    if info.issym():
        return "a symbolic link"
    if info.isfifo():
        return "a pipe"
    return "a link" if info.islnk() else "a device"


def _check_directory(stream: IO[bytes]) -> None:
    """Refuse a list of members that would fill memory, before the library reads it. The stream is
    left at its start."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _TAIL_BYTES))
    tail = stream.read(_TAIL_BYTES)
    stream.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 20:
        raise ReadError("damaged archive: the zip has no list of its members (cut short?)")
    (length,) = struct.unpack_from("<L", tail, at + 12)
    at64 = tail.rfind(_END64, 0, at)
    if at64 >= 0 and len(tail) >= at64 + 56:
        # The library may go by either.
        length = max(length if length != 0xFFFFFFFF else 0, *struct.unpack_from("<Q", tail, at64 + 40))
    if length > MAX_ZIP_LIST_BYTES:
        raise ReadError(f"the zip's list of members is larger than {MAX_ZIP_LIST_BYTES // 1024**2} MB")
