"""Postings as Whoosh's segment writer hands them over, one by one, turned into arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
from whoosh.codec import base

from search.engine.storage.container import ContainerWriter
from search.engine.storage.formats import KINDS_WITH_POSITIONS, decoder, format_kind
from search.engine.storage.mergefield import MergedFrom, merge_field
from search.engine.storage.postings import FieldPostings, write_postings
from search.engine.storage.segment import POSTINGS_EXT, SegmentFiles


class PostingsFile:
    """Writes the postings file field by field."""

    def __init__(self, storage: Any, segment: SegmentFiles) -> None:
        self._segment = segment
        self._out = ContainerWriter(storage, segment.make_filename(POSTINGS_EXT))
        self._fields: dict[str, dict[str, Any]] = {}

    def add(self, fieldname: str, kind: str, postings: FieldPostings, doc_count: int) -> None:
        """Write one field; one without terms is left out."""
        if not postings.terms:
            return
        prefix = str(len(self._fields))
        entry = write_postings(self._out, prefix, postings, doc_count)
        self._fields[fieldname] = {"prefix": prefix, "format": kind, **entry}

    def merge(self, fieldname: str, kind: str, sources: Sequence[MergedFrom], doc_count: int) -> None:
        """Write one field of several segments; one without postings that stay is left out."""
        prefix = str(len(self._fields))
        entry = merge_field(self._out, prefix, sources, doc_count)
        if entry is not None:
            self._fields[fieldname] = {"prefix": prefix, "format": kind, **entry}

    def abandon(self) -> None:
        """Close the file unfinished."""
        self._out.abandon()

    def close(self) -> None:
        """Finish the file and note its size and checksum in the segment."""
        self._out.set_meta("fields", self._fields)
        self._segment.files[POSTINGS_EXT] = self._out.close()


class Abandonable(Protocol):
    """A file being written."""

    def abandon(self) -> None:
        """Close it unfinished."""


@contextmanager
def abandoned_on_error(*files: Abandonable) -> Iterator[None]:
    """Close files that could not be finished; the next commit removes them."""
    try:
        yield
    except BaseException:
        for file in files:
            file.abandon()
        raise


class _Collected:
    """Postings of one field, collected in lists."""

    def __init__(self, format_: Any) -> None:
        self.kind = format_kind(format_)
        self._decode: Callable[[bytes], list[tuple[Any, ...]]] | None = (
            decoder(format_) if self.kind in KINDS_WITH_POSITIONS else None
        )
        self._frequency = format_.decode_frequency if self.kind == "frequency" else None
        self.terms: list[bytes] = []
        self.starts: list[int] = []
        self.docs: list[int] = []
        self.freqs: list[int] = []
        self.weights: list[float] = []
        self.occurrences: list[tuple[Any, ...]] = []
        self.values: list[bytes] = []

    def start_term(self, term: bytes) -> None:
        self.terms.append(term)
        self.starts.append(len(self.docs))

    def add(self, docnum: int, weight: float, value: bytes) -> None:
        if len(self.docs) > self.starts[-1] and self.docs[-1] == docnum:
            # Several numbers in one field share their coarse terms; a document still counts once a term.
            return
        self.docs.append(docnum)
        self.weights.append(weight)
        if self._decode is not None:
            occurrences = sorted(self._decode(value))
            self.occurrences.extend(occurrences)
            self.freqs.append(len(occurrences))
        elif self._frequency is not None:
            self.freqs.append(self._frequency(value))
        else:
            self.freqs.append(1)
            if self.kind == "raw":
                self.values.append(value)

    def postings(self) -> FieldPostings:
        freqs = np.array(self.freqs, dtype=np.int64)
        weights = np.array(self.weights, dtype=np.float32)
        columns = list(zip(*self.occurrences, strict=True)) if self._decode is not None and self.occurrences else []
        has_chars = self.kind in ("characters", "character_boosts")
        has_boosts = self.kind in ("position_boosts", "character_boosts")
        return FieldPostings(
            terms=self.terms,
            starts=np.array([*self.starts, len(self.docs)], dtype=np.int64),
            docs=np.array(self.docs, dtype=np.int32),
            freqs=None if (freqs == 1).all() else freqs,
            weights=None if (weights == freqs).all() else weights,
            positions=np.array(columns[0], dtype=np.int64) if columns else None,
            chars=(np.array(columns[1], np.int64), np.array(columns[2], np.int64)) if columns and has_chars else None,
            boosts=np.array(columns[-1], dtype=np.float32) if columns and has_boosts else None,
            values=self.values if self.kind == "raw" else None,
        )


def collect_postings(format_: Any, items: Iterable[tuple[bytes, int, float, bytes]]) -> FieldPostings:
    """Postings from (term, document, weight, value) in that order."""
    collected = _Collected(format_)
    for term, docnum, weight, value in items:
        if not collected.terms or collected.terms[-1] != term:
            collected.start_term(term)
        collected.add(docnum, weight, value)
    return collected.postings()


class ArrayFieldWriter(base.FieldWriter):  # type: ignore[misc]
    """Receives postings ordered by field, term and document."""

    def __init__(self, storage: Any, segment: SegmentFiles) -> None:
        self._storage = storage
        self._segment = segment
        self._file: PostingsFile | None = None
        self._fieldname = ""
        self._field: _Collected | None = None
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        self._file = PostingsFile(self._storage, self._segment)
        with abandoned_on_error(self._file):
            super().add_postings(schema, lengths, items)

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        self._fieldname = fieldname
        self._field = _Collected(fieldobj.format)

    def start_term(self, text: bytes) -> None:
        assert self._field is not None
        self._field.start_term(text)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        assert self._field is not None
        self._field.add(docnum, weight, vbytes)

    def finish_term(self) -> None:
        """Nothing to do: a term ends where the next starts."""

    def finish_field(self) -> None:
        assert self._field is not None
        assert self._file is not None
        self._file.add(self._fieldname, self._field.kind, self._field.postings(), self._segment.doc_count_all())
        self._field = None

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        self.is_closed = True
