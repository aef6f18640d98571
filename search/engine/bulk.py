"""The way in for writing: documents analysed in bulk, replaced by key, committed at once or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from whoosh.index import _DEF_INDEX_NAME, TOC, FileIndex, clean_files
from whoosh.writing import SegmentWriter

from search.engine.batch import Batch, EngineDocument
from search.engine.codec import ArrayCodec
from search.engine.durable import DurableStorage
from search.engine.errors import DocumentError, EngineError
from search.engine.merge import merge_segments
from search.engine.policy import all_within, choose
from search.engine.segment import POSTINGS_EXT, ArraySegment
from search.engine.termsreader import open_fields
from search.engine.tokens import Numberer, Profile

# Tokens kept in memory before they become a segment: about 35 bytes each at the peak.
BATCH_TOKENS = 16_000_000
# With more keys than this for each term of a dictionary, the dictionary is walked instead of searched.
WALK_SHARE = 16


def create_index(path: str, schema: Any, indexname: str = _DEF_INDEX_NAME) -> None:
    """Create an empty index in a directory, replacing what is there; the directory is made with mode 0700.

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
    """Writes one commit. Use it as a context manager: it commits at the end of the block and cancels on any exception.

    Holds Whoosh's write lock from construction to commit or cancel. Not safe to share between threads.

    Args:
        path: directory of the index.
        profiles: how texts are analysed, by name.
        timeout: seconds to wait for another writer.
        indexname: of the index in the directory.
        batch_tokens: tokens in memory before a segment is written.

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
    ) -> None:
        self._storage = DurableStorage(path)
        index = FileIndex(self._storage, indexname=indexname)
        # Whoosh's writer takes the lock, reads the table of contents and writes the next one.
        self._writer = SegmentWriter(index, codec=ArrayCodec(), timeout=timeout)
        self._open = True
        try:
            self._indexname = indexname
            self._batch_tokens = batch_tokens
            self.schema = self._writer.schema
            self._key_field = _key_field(self.schema)
            for segment in self._writer.segments:
                if not isinstance(segment, ArraySegment):
                    raise EngineError(f"segment {segment.segment_id()} was written by another codec; rebuild the index")
            self._remove_leftovers()
            self._numberer = Numberer(dict(profiles or {}))
            self._new: list[ArraySegment] = []
            self._batch = Batch(self.schema, self._key_field, self._numberer)
            # Key → (place in self._new, document) of documents of this commit.
            self._places: dict[str, tuple[int, int]] = {}
            self._superseded: list[tuple[int, int]] = []
            self._replaced: set[str] = set()
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
        """Add a document; where the schema has a unique field, it replaces the one with the same key.

        Raises:
            DocumentError: the document doesn't fit the schema, or has no key; nothing of it was taken.
        """
        self._check_open()
        if self._key_field is not None and not document.key:
            raise DocumentError("a document's key can't be empty: another one would not replace it")
        if self._batch.token_count >= self._batch_tokens:
            self._flush()
        docnum = self._batch.add(document)
        if self._key_field is not None:
            self._forget(document.key)
            self._replaced.add(document.key)
            self._places[document.key] = len(self._new), docnum

    def add_all(self, documents: Iterable[EngineDocument]) -> None:
        """:meth:`add` each."""
        for document in documents:
            self.add(document)

    def delete(self, key: str) -> None:
        """Delete the document with this key, whether committed or added before in this commit; none is no error.

        Raises:
            EngineError: the schema has no unique field.
        """
        self._check_open()
        if self._key_field is None:
            raise EngineError("the schema has no unique field to delete by")
        self._forget(key)
        self._replaced.add(key)

    def clear(self) -> None:
        """Delete everything, documents of this commit included."""
        self._check_open()
        self._discard(self._new)
        self._new = []
        self._batch = Batch(self.schema, self._key_field, self._numberer)
        self._places, self._superseded, self._replaced = {}, [], set()
        self._writer.segments = []

    def commit(self, *, merge: bool = True, optimize: bool = False, within: int = 0) -> int:
        """Make everything visible at once and release the lock; on any exception before that nothing changes.

        When it returns, the commit is on disk.

        Args:
            merge: merge small segments where there are many.
            optimize: merge all segments into one.
            within: merge the smallest segments that together have at most so many bytes, whatever time it takes; it takes
                five times as many bytes of memory.

        Returns:
            Number of the commit.
        """
        self._check_open()
        generation = int(self._writer.generation)
        written = list(self._new)
        try:
            if len(self._batch):
                self._flush()
            written = list(self._new)
            for place, docnum in self._superseded:
                self._new[place].delete_document(docnum)
            self._delete_replaced()
            segments = [*self._writer.segments, *self._new]
            if merge:
                segments = [segment for segment in segments if segment.doc_count()]
            if optimize:
                chosen = list(segments)
            elif within:
                chosen = all_within(segments, within)
            else:
                chosen = choose(segments) if merge else []
            if len(chosen) > 1 or any(segment.has_deletions() for segment in chosen):
                merged = merge_segments(self._storage, self.schema, chosen, self._indexname)
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
                self._discard(written)
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

    def cancel(self) -> None:
        """Forget everything added and release the lock."""
        self._check_open()
        self._discard(self._new)
        self._release()

    def _check_open(self) -> None:
        if not self._open:
            raise EngineError("this writer has been committed or cancelled")

    def _flush(self) -> None:
        self._new.append(self._batch.write(self._storage, self._indexname))
        self._batch = Batch(self.schema, self._key_field, self._numberer)

    def _forget(self, key: str) -> None:
        place = self._places.pop(key, None)
        if place is not None:
            self._superseded.append(place)

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
        """Remove what killed or failed writers left: half-written tables of contents, and files of segments never committed."""
        half_written = re.compile(rf"^_{re.escape(self._indexname)}_[0-9]+\.toc\.")
        of_segment = TOC._segment_pattern(self._indexname)
        committed = {segment.segment_id() for segment in self._writer.segments}
        for name in self._storage.list():
            segment = of_segment.match(name)
            if half_written.match(name) or (segment and segment.group(1) not in committed):
                self._storage.delete_file(name)

    def _discard(self, segments: Iterable[ArraySegment]) -> None:
        """Remove files of segments that won't be committed."""
        for segment in segments:
            for name in segment.list_files(self._storage):
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
