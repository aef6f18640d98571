"""The way in for writing: documents analysed in bulk, replaced by key, committed at once or not at
all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any
from zlib import crc32

from whoosh.index import _DEF_INDEX_NAME, TOC, FileIndex, clean_files
from whoosh.writing import SegmentWriter

from search.engine.codec import ArrayCodec, ArraySegment
from search.engine.errors import DocumentError, EngineError
from search.engine.storage.durable import DurableStorage
from search.engine.storage.segment import POSTINGS_EXT
from search.engine.storage.termsreader import open_fields
from search.engine.writing.batch import EngineDocument
from search.engine.writing.building import Builder
from search.engine.writing.helper import Helper, can_help
from search.engine.writing.merge import merge_segments
from search.engine.writing.policy import all_within, choose
from search.engine.writing.tokens import Profile

# Tokens kept in memory before they become a segment: about 35 bytes each at the peak.
BATCH_TOKENS = 16_000_000
# Of 32 documents, how many the second process builds: this one has the documents to hand over besides.
HELPED = 17
# With more keys than this for each term of a dictionary, the dictionary is walked instead of searched.
WALK_SHARE = 16


def create_index(path: str, schema: Any, indexname: str = _DEF_INDEX_NAME) -> None:
    """Create an empty index in a directory, replacing what is there; the directory is made with
    mode 0700.

    Raises:
        EngineError: the schema has more than one unique field.
    """
    _key_field(schema)
    # The table of contents is a pickle: whoever can write to the folder can run code here.
    Path(path).mkdir(mode=0o700, parents=True, exist_ok=True)
    storage = DurableStorage(path)
    FileIndex.create(storage, schema, indexname)


def _key_field(schema: Any) -> str | None:
    keys = [name for name, fieldobj in schema.items() if fieldobj.unique]
    if len(keys) > 1:
        raise EngineError(f"a schema has at most one unique field, not {', '.join(keys)}")
    return keys[0] if keys else None


class BulkWriter:
    """Writes one commit. Use it as a context manager: it commits at the end of the block and
    cancels on any exception.

    Holds Whoosh's write lock from construction to commit or cancel. Not safe to share between
    threads.

    Args:
        path: directory of the index.
        profiles: how texts are analysed, by name.
        timeout: seconds to wait for another writer.
        indexname: of the index in the directory.
        batch_tokens: tokens in memory before a segment is written.
        refused: told the key and the reason of each document that doesn't fit the schema; one with
            that key that was there before goes nevertheless. Without it :meth:`add` raises the
            reason.
        helped: build half of the segments in a second process, where one can be forked. It takes
            the same memory again, and what it refuses is known at the commit.

    Raises:
        whoosh.index.LockError: another writer holds the lock.
        whoosh.index.EmptyIndexError: there is no index.
        EngineError: a segment was written by another codec.
    """

    def __init__(
        self,
        path: str,
        profiles: Mapping[str, Profile] | None = None,
        *,
        timeout: float = 0.0,
        indexname: str = _DEF_INDEX_NAME,
        batch_tokens: int = BATCH_TOKENS,
        refused: Callable[[str, DocumentError], None] | None = None,
        helped: bool = False,
    ) -> None:
        self._storage = DurableStorage(path)
        index = FileIndex(self._storage, indexname=indexname)
        # Whoosh's writer takes the lock, reads the table of contents and writes the next one.
        self._writer = SegmentWriter(index, codec=ArrayCodec(), timeout=timeout)
        self._open = True
        try:
            self._indexname = indexname
            self._new_segment = partial(ArraySegment, indexname)
            self.schema = self._writer.schema
            self._key_field = _key_field(self.schema)
            for segment in self._writer.segments:
                if not isinstance(segment, ArraySegment):
                    raise EngineError(f"segment {segment.segment_id()} was written by another codec; rebuild the index")
            # Whatever becomes of the list: no file of these is removed before another commit is on disk.
            self._committed = frozenset(segment.segment_id() for segment in self._writer.segments)
            self._remove_leftovers()
            self._refused = refused
            self._new_builder = partial(
                Builder, self._storage, self.schema, self._key_field, profiles or {}, self._new_segment, batch_tokens
            )
            self._builder = self._new_builder()
            self._replaced: set[str] = set()
            self._helper = Helper(self._builder) if helped and can_help() else None
            self._added = 0
        except BaseException:
            self._release()
            raise

    def __enter__(self) -> BulkWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if not self._open:
            return
        if kind is None:
            self.commit()
        else:
            self.cancel()

    def add(self, document: EngineDocument) -> None:
        """Add a document; where the schema has a unique field, it replaces the one with the same
        key.

        Raises:
            DocumentError: the document doesn't fit the schema, or has no key; nothing of it was
                taken.
        """
        self._check_open()
        if self._key_field is not None and not document.key:
            raise DocumentError("a document's key can't be empty: another one would not replace it")
        self._added += 1
        if (helper := self._helper_for(document.key)) is not None:
            helper.add(document)
        else:
            try:
                self._builder.add(document)
            except DocumentError as error:
                if self._refused is None:
                    raise
                self._builder.forget(document.key)
                self._refused(document.key, error)
        if self._key_field is not None:
            self._replaced.add(document.key)

    def add_all(self, documents: Iterable[EngineDocument]) -> None:
        """:meth:`add` each."""
        for document in documents:
            self.add(document)

    def delete(self, key: str) -> None:
        """Delete the document with this key, whether committed or added before in this commit; none
        is no error.

        Raises:
            EngineError: the schema has no unique field.
        """
        self._check_open()
        if self._key_field is None:
            raise EngineError("the schema has no unique field to delete by")
        (self._helper_for(key) or self._builder).forget(key)
        self._replaced.add(key)

    def _helper_for(self, key: str) -> Helper | None:
        """The second process where this document is its to build: all with one key are in one
        place."""
        drawn = crc32(key.encode("utf-8", "surrogatepass")) if self._key_field is not None else self._added
        return self._helper if drawn % 32 < HELPED else None

    def clear(self) -> None:
        """Delete everything, documents of this commit included."""
        self._check_open()
        self._discard()
        self._builder = self._new_builder()
        self._replaced = set()
        if self._helper is not None:
            self._helper = Helper(self._builder)
        self._writer.segments = []

    def commit(self, *, merge: bool = True, optimize: bool = False, within: int = 0) -> int:
        """Make everything visible at once and release the lock; on any exception before that
        nothing changes.

        When it returns, the commit is on disk.

        Args:
            merge: merge small segments where there are many.
            optimize: merge all segments into one.
            within: merge the smallest segments that together have at most so many bytes, whatever
                time it takes.

        Returns:
            Number of the commit.
        """
        self._check_open()
        generation = int(self._writer.generation)
        try:
            written = self._built()
            self._delete_replaced()
            segments = [*self._writer.segments, *written]
            if merge:
                segments = [segment for segment in segments if segment.doc_count()]
            if optimize:
                chosen = list(segments)
            elif within:
                chosen = all_within(segments, within)
            else:
                chosen = choose(segments) if merge else []
            if len(chosen) > 1 or any(segment.has_deletions() for segment in chosen):
                merged = merge_segments(self._storage, self.schema, chosen, self._new_segment)
                places = {segment.segment_id() for segment in chosen}
                kept = [segment for segment in segments if segment.segment_id() not in places]
                first = min(place for place, segment in enumerate(segments) if segment.segment_id() in places)
                if merged is not None:
                    written.append(merged)
                    kept.insert(min(first, len(kept)), merged)
                segments = kept
            fresh = [segment for segment in segments if segment in written]
            self._storage.sync_files(name for segment in fresh for name in segment.list_files(self._storage))
            TOC(self.schema, segments, generation).write(self._storage, self._indexname)
        except BaseException:
            # An interrupt may come between the rename that makes the commit and the end of the call.
            if TOC._latest_generation(self._storage, self._indexname) != generation:
                self._discard()
            self._release()
            raise
        try:
            clean_files(self._storage, self._indexname, generation, segments)
        finally:
            self._release()
        return generation

    @property
    def segment_count(self) -> int:
        """Segments of the last commit."""
        return len(self._writer.segments)

    def can_merge(self, within: int) -> bool:
        """Whether ``commit(within=…)`` would merge any of them."""
        return bool(all_within(self._writer.segments, within))

    def cancel(self) -> None:
        """Forget everything added and release the lock."""
        self._check_open()
        try:
            self._discard()
        finally:
            self._release()

    def _check_open(self) -> None:
        if not self._open:
            raise EngineError("this writer has been committed or cancelled")

    def _built(self) -> list[ArraySegment]:
        """All segments of this commit."""
        if self._helper is not None:
            self._helper.end()
        written = list(self._builder.finish())
        if self._helper is not None:
            segments, refused = self._helper.result()
            written += segments
            for key, error in refused:
                if self._refused is None:
                    raise error
                self._refused(key, error)
        return written

    def _discard(self) -> None:
        """Remove what was written of this commit."""
        if self._helper is not None:
            self._helper.close()
        self._remove_leftovers()

    def _delete_replaced(self) -> None:
        """Mark the committed documents whose keys were added or deleted."""
        if self._key_field is None or not self._replaced:
            return
        to_bytes = self.schema[self._key_field].to_bytes
        keys = {to_bytes(key) for key in self._replaced}
        for segment in self._writer.segments:
            count = segment.doc_count_all()
            arrays = open_fields(segment.open(self._storage, POSTINGS_EXT), count).get(self._key_field)
            if arrays is None:
                continue
            if len(keys) * WALK_SHARE > arrays.term_count:
                terms = arrays.terms(0, arrays.term_count)
                numbers = [number for number, term in enumerate(terms) if term in keys]
            else:
                numbers = [number for number in map(arrays.find, keys) if number >= 0]
            for number in numbers:
                for docnum in arrays.docs(*arrays.extent(number)).tolist():
                    segment.delete_document(docnum)

    def _remove_leftovers(self) -> None:
        """Remove what killed or failed writers left: half-written tables of contents, and files of
        segments never committed."""
        half_written = re.compile(rf"^_{re.escape(self._indexname)}_[0-9]+\.toc\.")
        of_segment = TOC._segment_pattern(self._indexname)
        for name in self._storage.list():
            segment = of_segment.match(name)
            if half_written.match(name) or (segment and segment.group(1) not in self._committed):
                self._storage.delete_file(name)

    def _release(self) -> None:
        """End Whoosh's writer and in any case give the lock back."""
        self._open = False
        lock = self._writer.writelock
        try:
            self._writer._close_segment()
            self._writer._finish()
        finally:
            if lock is not None and lock.fd is not None:
                lock.release()


__all__ = ["BulkWriter", "EngineDocument", "Profile", "create_index"]
