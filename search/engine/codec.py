"""The Whoosh codec whose segments are memory-mapped arrays: where Whoosh plugs in the parts of this
package."""

from __future__ import annotations

from typing import Any

from whoosh.codec import base

from search.engine.storage.documents import DocumentReader, DocumentWriter
from search.engine.storage.fieldwriter import ArrayFieldWriter
from search.engine.storage.segment import SegmentFiles
from search.engine.storage.termsreader import ArrayTermsReader


class ArraySegment(SegmentFiles):
    """A segment that knows its codec: what Whoosh's table of contents holds, pickled by this
    module's path."""

    def codec(self) -> ArrayCodec:
        """The codec that reads this segment."""
        return ArrayCodec()


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Pass an instance to ``index.writer(codec=...)``; reading needs nothing: segments know their
    codec.

    ``BulkWriter`` writes the same segments many times faster than Whoosh's own writer.
    """

    # Minimum and maximum lengths are taken from the length arrays when asked for.
    length_stats = False

    def per_document_writer(self, storage: Any, segment: ArraySegment) -> DocumentWriter:
        return DocumentWriter(storage, segment)

    def field_writer(self, storage: Any, segment: ArraySegment) -> ArrayFieldWriter:
        return ArrayFieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(storage, segment)

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> DocumentReader:
        return DocumentReader(storage, segment)

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        return ArraySegment(indexname)
