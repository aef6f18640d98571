"""Documents of one commit on their way into segments: replaced by key, written when a batch is
full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from search.engine.storage.segment import NewSegment, SegmentFiles
from search.engine.writing.batch import Batch, EngineDocument
from search.engine.writing.tokens import Numberer, Profile


class Builder:
    """Takes documents in and writes them as segments, which nobody sees before they are committed.

    Args:
        storage: where segments are written.
        schema: Whoosh's.
        key_field: its unique field, or None.
        profiles: how texts are analysed, by name.
        new_segment: makes an empty one.
        batch_tokens: tokens in memory before a segment is written.
    """

    def __init__(
        self,
        storage: Any,
        schema: Any,
        key_field: str | None,
        profiles: Mapping[str, Profile],
        new_segment: NewSegment,
        batch_tokens: int,
    ) -> None:
        self._storage, self._schema, self._key_field = storage, schema, key_field
        self._new_segment, self._batch_tokens = new_segment, batch_tokens
        self._numberer = Numberer(dict(profiles))
        self._batch = Batch(schema, key_field, self._numberer)
        #: Segments written so far.
        self.segments: list[SegmentFiles] = []
        # Key → (place in segments, document) of documents of this commit.
        self._places: dict[str, tuple[int, int]] = {}
        self._superseded: list[tuple[int, int]] = []

    def add(self, document: EngineDocument) -> None:
        """Take a document in; it replaces an earlier one with its key.

        Raises:
            DocumentError: it doesn't fit the schema; nothing of it was taken.
        """
        if self._batch.token_count >= self._batch_tokens:
            self._flush()
        docnum = self._batch.add(document)
        if self._key_field is not None:
            self.forget(document.key)
            self._places[document.key] = len(self.segments), docnum

    def forget(self, key: str) -> None:
        """Leave out the document with this key, if it was taken in."""
        place = self._places.pop(key, None)
        if place is not None:
            self._superseded.append(place)

    def finish(self) -> list[SegmentFiles]:
        """Write what is left; all segments, replaced documents marked as deleted."""
        if len(self._batch):
            self._flush()
        for place, docnum in self._superseded:
            self.segments[place].delete_document(docnum)
        return self.segments

    def _flush(self) -> None:
        self.segments.append(self._batch.write(self._storage, self._new_segment))
        self._batch = Batch(self._schema, self._key_field, self._numberer)
