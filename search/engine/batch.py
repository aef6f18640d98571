"""Documents collected in memory until they become a segment."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from whoosh import fields
from whoosh.analysis import IDAnalyzer

from search.engine.columns import column_kind, write_codes, write_column, write_ints, write_multi
from search.engine.documents import DocumentFile
from search.engine.errors import DocumentError, UnsupportedFieldError
from search.engine.fields import FacetField
from search.engine.fieldwriter import PostingsFile, collect_postings
from search.engine.formats import format_kind
from search.engine.invert import invert
from search.engine.segment import ArraySegment
from search.engine.stored import dump_stored
from search.engine.tokens import Numberer, Text


@dataclass(frozen=True, slots=True)
class EngineDocument:
    """One document to index.

    Attributes:
        key: value of the schema's unique field; replaces the document that has it.
        text: fields with positions → text with its profile, or terms ready to index.
        values: all other fields → value, as Whoosh's ``add_document`` takes them.
        stored: field → value to hand back with a hit, where it isn't the one in ``values``.
    """

    key: str
    text: Mapping[str, Text | Sequence[str]] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    stored: Mapping[str, Any] = field(default_factory=dict)


class _Tokens:
    """Token numbers of one field, documents one after another."""

    def __init__(self) -> None:
        self.numbers = array("i")
        self.docs: list[int] = []
        self.counts: list[int] = []

    def add(self, docnum: int, numbers: array[int]) -> None:
        self.numbers.extend(numbers)
        self.docs.append(docnum)
        self.counts.append(len(numbers))

    def lengths(self, doc_count: int) -> np.ndarray[Any, np.dtype[np.int64]]:
        lengths = np.zeros(doc_count, dtype=np.int64)
        lengths[self.docs] = self.counts
        return lengths


_WHOLE = IDAnalyzer()

Item = tuple[bytes, int, float, bytes]


class Batch:
    """Checks documents, takes them apart and writes them as one segment.

    Args:
        schema: Whoosh's schema.
        key_field: its unique field, or None.
        numberer: shared by all batches of a writer.
    """

    def __init__(self, schema: Any, key_field: str | None, numberer: Numberer) -> None:
        self._schema = schema
        self._key_field = key_field
        self._numberer = numberer
        self._tokens: dict[str, _Tokens] = {}
        self._items: dict[str, list[Item]] = {}
        self._lengths: dict[str, dict[int, int]] = {}
        self._columns: dict[str, dict[int, Any]] = {}
        self._stored: list[bytes] = []
        self.token_count = 0

    def __len__(self) -> int:
        return len(self._stored)

    def add(self, document: EngineDocument) -> int:
        """Take a document in, all of it or nothing; returns its number in the batch.

        Raises:
            DocumentError: a field isn't in the schema, or a value doesn't fit its field.
            UnsupportedFieldError: a field asks for what the codec doesn't store.
        """
        docnum = len(self._stored)
        values = dict(document.values)
        if self._key_field is not None:
            values[self._key_field] = document.key
        numbered: list[tuple[str, array[int]]] = []
        items: list[tuple[str, list[Item], int]] = []
        columns: list[tuple[str, Any]] = []
        for name, text in document.text.items():
            if format_kind(self._field(name).format) != "positions":
                raise DocumentError(f"field {name!r} doesn't keep positions; give it under values")
            numbered.append((name, self._numberer.number(text)))
        for name, value in values.items():
            fieldobj = self._field(name)
            if value is None:
                continue
            try:
                if isinstance(fieldobj, FacetField):
                    numbered.append((name, self._numberer.number(fieldobj._texts(value))))
                elif type(fieldobj) is fields.ID and isinstance(value, str) and fieldobj.analyzer == _WHOLE:
                    numbered.append((name, self._numberer.number([value])))
                elif fieldobj.indexed:
                    found = [(text, docnum, weight, data) for text, _, weight, data in fieldobj.index(value)]
                    length = sum(freq for _, freq, _, _ in fieldobj.index(value)) if fieldobj.scorable else 0
                    items.append((name, found, length))
                if fieldobj.column_type is not None:
                    columns.append((name, fieldobj.to_column_value(value)))
            except (TypeError, ValueError, OverflowError, AssertionError) as error:
                raise DocumentError(f"field {name!r} can't hold {value!r}: {error}") from error
        stored = dump_stored(self._stored_fields(values, document.stored))
        # Nothing below can fail: a document that was refused has left no trace.
        for name, numbers in numbered:
            self._tokens.setdefault(name, _Tokens()).add(docnum, numbers)
            self.token_count += len(numbers)
        for name, found, length in items:
            self._items.setdefault(name, []).extend(found)
            self.token_count += len(found)
            if length:
                self._lengths.setdefault(name, {})[docnum] = length
        for name, value in columns:
            self._columns.setdefault(name, {})[docnum] = value
        self._stored.append(stored)
        return docnum

    def _field(self, name: str) -> Any:
        if name not in self._schema:
            raise DocumentError(f"field {name!r} isn't in the schema")
        fieldobj = self._schema[name]
        if fieldobj.vector:
            raise UnsupportedFieldError(f"field {name!r} asks for term vectors; this codec doesn't store them")
        return fieldobj

    def _stored_fields(self, values: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
        fields = {name: value for name, value in values.items() if value is not None and self._schema[name].stored}
        for name, value in stored.items():
            if not self._field(name).stored:
                raise DocumentError(f"field {name!r} isn't stored in the schema")
            fields[name] = value
        return fields

    def write(self, storage: Any, indexname: str) -> ArraySegment:
        """Write all documents as a new segment."""
        segment = ArraySegment(indexname)
        count = len(self._stored)
        segment.set_doc_count(count)
        documents = DocumentFile(storage, segment, count)
        documents.add_stored(self._stored)
        postings = PostingsFile(storage, segment)
        for name in sorted({*self._tokens, *self._items}):
            fieldobj = self._schema[name]
            if name in self._tokens:
                tokens = self._tokens.pop(name)
                numbers = np.frombuffer(tokens.numbers, dtype=np.int32)
                lengths = tokens.lengths(count)
                kind = format_kind(fieldobj.format)
                postings.add(name, kind, invert(numbers, lengths, self._numberer.table.terms, kind == "positions"), count)
                if fieldobj.scorable:
                    documents.add_lengths(name, _kept(numbers, lengths))
            else:
                by_doc = self._lengths.get(name, {})
                found = sorted(self._items.pop(name))
                postings.add(name, format_kind(fieldobj.format), collect_postings(fieldobj.format, found), count)
                if fieldobj.scorable:
                    documents.add_lengths(name, np.array([by_doc.get(doc, 0) for doc in range(count)], dtype=np.int64))
        for name, values in self._columns.items():
            self._write_column(documents, name, values, count)
        documents.close()
        postings.close()
        return segment

    def _write_column(self, documents: DocumentFile, name: str, values: dict[int, Any], count: int) -> None:
        column = self._schema[name].column_type
        kind = column_kind(column)
        prefix = documents.column_prefix(name, kind)
        if kind == "codes":
            write_codes(documents.out, prefix, [values.get(doc, b"") for doc in range(count)])
        elif kind == "multi":
            write_multi(documents.out, prefix, [values.get(doc, ()) for doc in range(count)])
        elif kind == "ints" and column.default_value() is None:
            write_ints(documents.out, prefix, [values.get(doc) for doc in range(count)])
        else:
            documents.set_column_kind(name, write_column(documents.out, prefix, column, values, count))


def _kept(
    numbers: np.ndarray[Any, np.dtype[np.int32]], lengths: np.ndarray[Any, np.dtype[np.int64]]
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """(documents) tokens that became terms."""
    if not len(numbers) or numbers.min() >= 0:
        return lengths
    docs = np.repeat(np.arange(len(lengths)), lengths)
    return np.bincount(docs[numbers >= 0], minlength=len(lengths))
