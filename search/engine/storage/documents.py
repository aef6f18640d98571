"""Per-document values of a segment: stored fields, field lengths and columns, written and read
through Whoosh's interfaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec import base

from search.engine.errors import UnsupportedFieldError
from search.engine.storage.arrays import STRETCH, Mask, narrowest, starts_of, stretches
from search.engine.storage.columns import ColumnData, column_reader, write_column
from search.engine.storage.container import Container, ContainerWriter
from search.engine.storage.segment import DOCUMENTS_EXT, SegmentFiles
from search.engine.storage.stored import dump_stored, load_stored


class DocumentFile:
    """Writes the file of per-document values part by part."""

    def __init__(self, storage: Any, segment: SegmentFiles, doc_count: int) -> None:
        self._segment = segment
        self.doc_count = doc_count
        self.out = ContainerWriter(storage, segment.make_filename(DOCUMENTS_EXT))
        self._lengths: dict[str, list[int]] = {}
        self._columns: dict[str, list[Any]] = {}

    def add_stored(self, blobs: Sequence[bytes]) -> None:
        """Encoded stored fields, one item a document."""
        if any(blobs):
            sizes = np.fromiter(map(len, blobs), dtype=np.int64, count=len(blobs))
            self.out.add_bytes("stored", b"".join(blobs))
            self.out.add("storedends", narrowest(starts_of(sizes)))

    def merge_stored(self, sources: Sequence[tuple[DocumentArrays, Mask]]) -> None:
        """Encoded stored fields of several segments, copied piece by piece.

        Args:
            sources: each with (documents) those that stay.
        """
        ends = [arrays.stored_ends() for arrays, _ in sources]
        sizes = np.concatenate([np.diff(its).compress(live) for its, (_, live) in zip(ends, sources, strict=True)])
        if not sizes.any():
            return
        section = self.out.reserve("stored", np.uint8, int(sizes.sum()))
        for its, (arrays, live) in zip(ends, sources, strict=True):
            for first, last in stretches(its[1:], STRETCH):
                data = arrays.stored_bytes(int(its[first]), int(its[last]))
                section.append(data.compress(np.repeat(live[first:last], np.diff(its[first : last + 1]))))
        self.out.add("storedends", narrowest(starts_of(sizes)))

    def add_lengths(self, fieldname: str, lengths: npt.NDArray[Any]) -> None:
        """Number of terms of a field in each document."""
        number = len(self._lengths)
        self._lengths[fieldname] = [number, int(lengths.sum(dtype=np.int64))]
        self.out.add(f"length{number}", narrowest(lengths))

    def column_prefix(self, fieldname: str, kind: str) -> str:
        """Announce a column; the caller writes its sections under the prefix returned."""
        prefix = f"column{len(self._columns)}"
        self._columns[fieldname] = [prefix, kind]
        return prefix

    def set_column_kind(self, fieldname: str, kind: str) -> None:
        """Say of an announced column how it was written in the end."""
        self._columns[fieldname][1] = kind

    def abandon(self) -> None:
        """Close the file unfinished."""
        self.out.abandon()

    def close(self) -> None:
        """Finish the file and note its size and checksum in the segment."""
        self.out.set_meta("docs", self.doc_count)
        self.out.set_meta("lengths", self._lengths)
        self.out.set_meta("columns", self._columns)
        self._segment.files[DOCUMENTS_EXT] = self.out.close()


class DocumentWriter(base.PerDocumentWriter):  # type: ignore[misc]
    """Collects what Whoosh's segment writer says of each document and writes it all when closed."""

    def __init__(self, storage: Any, segment: SegmentFiles) -> None:
        self._storage = storage
        self._segment = segment
        self._stored: list[bytes] = []
        self._lengths: dict[str, dict[int, int]] = {}
        self._columns: dict[str, tuple[Any, dict[int, Any]]] = {}
        self._current: dict[str, Any] = {}
        self._docnum = -1
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        self._docnum = docnum
        self._current = {}

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        if value is not None:
            self._current[fieldname] = value
        if length:
            self._lengths.setdefault(fieldname, {})[self._docnum] = length

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        self._columns.setdefault(fieldname, (columnobj, {}))[1][self._docnum] = value

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Any) -> None:
        raise UnsupportedFieldError(f"field {fieldname!r} asks for term vectors; this codec doesn't store them")

    def finish_doc(self) -> None:
        self._stored.append(dump_stored(self._current))

    def cancel_doc(self) -> None:
        """Forget the current document."""
        for lengths in self._lengths.values():
            lengths.pop(self._docnum, None)
        for _, values in self._columns.values():
            values.pop(self._docnum, None)

    def close(self) -> None:
        self.is_closed = True
        count = len(self._stored)
        if not count:
            return
        # The postings are written next and need to know.
        self._segment.set_doc_count(count)
        file = DocumentFile(self._storage, self._segment, count)
        file.add_stored(self._stored)
        for fieldname, by_doc in self._lengths.items():
            lengths = np.zeros(count, dtype=np.int64)
            lengths[list(by_doc)] = list(by_doc.values())
            file.add_lengths(fieldname, lengths)
        for fieldname, (column, values) in self._columns.items():
            # The kind is known only after writing (integers above 2^63 - 1 need another), so the entry is made first.
            prefix = file.column_prefix(fieldname, "")
            file.set_column_kind(fieldname, write_column(file.out, prefix, column, values, count))
        file.close()


class DocumentArrays:
    """The arrays of a segment's per-document file. Immutable; shared between threads."""

    def __init__(self, container: Container | None, doc_count: int) -> None:
        self.container = container
        self.doc_count = doc_count
        meta: Mapping[str, Any] = container.meta if container else {"lengths": {}, "columns": {}}
        self._lengths: dict[str, list[int]] = meta["lengths"]
        self._columns: dict[str, list[str]] = meta["columns"]

    def lengths(self, fieldname: str) -> npt.NDArray[Any] | None:
        """Terms of the field in each document, or None where the segment keeps no lengths of it."""
        entry = self._lengths.get(fieldname)
        if entry is None or self.container is None:
            return None
        return self.container.section(f"length{entry[0]}").whole()

    def total_length(self, fieldname: str) -> int:
        """Terms of the field in all documents, deleted ones included."""
        return self._lengths.get(fieldname, [0, 0])[1]

    def length_fields(self) -> list[str]:
        """Fields with lengths."""
        return list(self._lengths)

    def column(self, fieldname: str) -> ColumnData | None:
        """The column of a field, or None."""
        entry = self._columns.get(fieldname)
        if entry is None or self.container is None:
            return None
        return ColumnData(self.container, entry[0], entry[1])

    def column_names(self) -> list[str]:
        """Fields with a column."""
        return list(self._columns)

    def stored_blob(self, docnum: int) -> bytes:
        """The encoded stored fields of one document."""
        if self.container is None or "stored" not in self.container:
            return b""
        start, stop = self.container.section("storedends").slice(docnum, docnum + 2).tolist()
        return self.container.section("stored").slice(start, stop).tobytes()

    def stored_ends(self) -> npt.NDArray[np.int64]:
        """(documents + 1) where the encoded stored fields of each begin, and the end."""
        if self.container is None or "stored" not in self.container:
            return np.zeros(self.doc_count + 1, dtype=np.int64)
        return self.container.section("storedends").whole().astype(np.int64)

    def stored_bytes(self, start: int, stop: int) -> npt.NDArray[np.uint8]:
        """Some of the encoded stored fields of all documents."""
        if self.container is None or start == stop:
            return np.zeros(0, dtype=np.uint8)
        return self.container.section("stored").slice(start, stop)

    def stored(self, docnum: int) -> dict[str, Any]:
        """The stored fields of one document."""
        return load_stored(self.stored_blob(docnum))


class DocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Whoosh's view of the per-document values."""

    def __init__(self, storage: Any, segment: SegmentFiles) -> None:
        self._segment = segment
        self.arrays = DocumentArrays(segment.open(storage, DOCUMENTS_EXT), segment.doc_count_all())

    def doc_count(self) -> int:
        return self._segment.doc_count()  # type: ignore[no-any-return]

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return self._segment.has_deletions()  # type: ignore[no-any-return]

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self.arrays.column_names()

    def list_columns(self) -> list[str]:
        return self.arrays.column_names()

    def column_reader(self, fieldname: str, column: Any) -> Any:
        data = self.arrays.column(fieldname)
        if data is None:
            raise KeyError(fieldname)
        return column_reader(data, column, self.arrays.doc_count)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self.arrays.lengths(fieldname)
        return (int(lengths[docnum]) if lengths is not None else 0) or default

    def field_length(self, fieldname: str) -> int:
        return self.arrays.total_length(fieldname)

    def min_field_length(self, fieldname: str) -> int:
        lengths = self.arrays.lengths(fieldname)
        return 0 if lengths is None else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        lengths = self.arrays.lengths(fieldname)
        return 0 if lengths is None else int(lengths.max())

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return self.arrays.stored(docnum)
