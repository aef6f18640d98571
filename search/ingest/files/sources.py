"""What a named file holds: itself, or the members of the archive it is, each opened in turn."""

from __future__ import annotations

import io
import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from search.exceptions import ReadError
from search.hashing import digest
from search.ingest.files.archives import ArchiveMember, Refused, spooled, tar_members, zip_members
from search.ingest.files.kinds import ARCHIVE, format_of, stem_of
from search.ingest.files.links import FilePlace
from search.ingest.files.opening import OpenedFile, Sniff, open_raw, open_stream, translated_errors
from search.ingest.files.shown import shown_name
from search.ingest.files.unpacking import UnpackingBudget
from search.ingest.limits import MAX_ARCHIVE_DEPTH
from search.ingest.records import Failure

MAX_COLLECTION_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of no kind that is read."""

    name: str


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """A file or member to be read before the next is asked for, and the collection that scopes its
    ids."""

    opened: OpenedFile
    collection: str


class SourceFile:
    """One file of the input.

    Args:
        path: on disk.
        kind: by its name or as asked for, `any` and `archive` included.
        wanted: the only kind to be read of an archive's members; ``None`` for all.
        collection: scope of ids; members of an archive append their names to it where ``scoped`` is
            true.
        sniff: tells the format of what is opened where its name does not.
        place: where it is below a named folder; ``None`` for a file that was named.
    """

    def __init__(
        self,
        path: Path,
        kind: str,
        wanted: str | None,
        collection: str,
        *,
        scoped: bool,
        sniff: Sniff,
        place: FilePlace | None = None,
    ) -> None:
        self._path, self._kind, self._wanted, self._place = path, kind, wanted, place
        self._collection, self._scoped, self._sniff = collection, scoped, sniff
        self._raw: IO[bytes] | None = None
        self._reached = 0

    @property
    def position(self) -> int:
        """How many bytes of the file on disk were read; never less than before."""
        if self._raw is not None and not self._raw.closed:
            self._reached = max(self._reached, self._raw.tell())
        return self._reached

    def sources(self) -> Iterator[OpenedSource | Failure | Skipped]:
        """The file, or the archive's members in order. What cannot be read is a failure, and the
        rest goes on."""
        name = shown_name(self._path.name)
        try:
            with open_raw(self._path, self._place) as (raw, content_hash):
                budget = UnpackingBudget(os.fstat(raw.fileno()).st_size)
                opened = open_stream(raw, name, content_hash, self._kind, budget, self._sniff)
                if opened.format != ARCHIVE:
                    self._raw = raw
                    yield self._checked(opened, self._collection)
                else:
                    yield from self._members(opened, raw, content_hash, self._collection, budget, 1)
        except ReadError as error:
            yield Failure(name, error.line, error.reason)

    def _checked(self, opened: OpenedFile, collection: str) -> OpenedSource | Skipped:
        is_wanted = opened.format is not None and self._wanted in (None, opened.format)
        return OpenedSource(opened, collection) if is_wanted else Skipped(opened.name)

    def _members(
        self,
        archive: OpenedFile,
        raw: IO[bytes] | None,
        content_hash: str,
        collection: str,
        budget: UnpackingBudget,
        depth: int,
    ) -> Iterator[OpenedSource | Failure | Skipped]:
        try:
            with ExitStack() as stack:
                members = stack.enter_context(closing(self._opened(archive, raw, budget, stack)))
                for member in members:
                    # Not before: opening a zip goes to its end.
                    self._raw = self._raw or raw
                    name = f"{archive.name}/{shown_name(member.name.removeprefix('./'))}"
                    if isinstance(member, Refused):
                        yield Failure(archive.name, None, f"member {shown_name(member.name)!r}: {member.reason}")
                    elif not _is_hidden(member.name):
                        scope = _scope(collection, member.name) if self._scoped else collection
                        yield from self._member(member, name, digest(content_hash, name), scope, budget, depth)
        except ReadError as error:
            yield Failure(archive.name, None, error.reason)

    def _opened(
        self, archive: OpenedFile, raw: IO[bytes] | None, budget: UnpackingBudget, stack: ExitStack
    ) -> Generator[ArchiveMember | Refused]:
        stream = cast(IO[bytes], archive.stream)
        with translated_errors():
            is_zip = cast(io.BufferedReader, stream).peek(2)[:2] == b"PK"
        if not is_zip:
            return tar_members(stream)
        if raw is not None and _begins_zip(raw):
            return zip_members(raw, budget)
        return zip_members(stack.enter_context(spooled(stream)), budget)

    def _member(
        self, member: ArchiveMember, name: str, content_hash: str, collection: str, budget: UnpackingBudget, depth: int
    ) -> Iterator[OpenedSource | Failure | Skipped]:
        kind = format_of(Path(member.name))
        if kind is None:
            yield Skipped(name)
        else:
            try:
                opened = open_stream(member.stream, name, content_hash, kind, budget, self._sniff)
            except ReadError as error:
                yield Failure(name, error.line, error.reason)
                return
            if opened.format != ARCHIVE:
                yield self._checked(opened, collection)
            elif depth >= MAX_ARCHIVE_DEPTH:
                yield Failure(name, None, "an archive in an archive in an archive. Remedy: unpack the outer one")
            else:
                yield from self._members(opened, None, content_hash, collection, budget, depth + 1)


def _begins_zip(raw: IO[bytes]) -> bool:
    """Whether the file on disk is the zip itself, not one that is compressed again."""
    reached = raw.tell()
    raw.seek(0)
    head = raw.read(2)
    raw.seek(reached)
    return head == b"PK"


def _is_hidden(name: str) -> bool:
    """Hidden files, and those that systems put beside the ones people packed."""
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)


def _scope(collection: str, name: str) -> str:
    """The collection of a member: its archive's and its own name."""
    path = PurePosixPath(name.replace("\\", "/"))
    scope = shown_name(f"{collection}/{path.parent / stem_of(Path(path.name))}".replace("/./", "/"))
    if len(scope) <= MAX_COLLECTION_CHARACTERS:
        return scope
    return f"{scope[: MAX_COLLECTION_CHARACTERS - 17]}#{digest(scope)[:16]}"
