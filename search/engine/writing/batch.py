"""Documents collected in memory until they become a segment."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, final

import numpy as np
from whoosh import fields
from whoosh.analysis import IDAnalyzer

from search.engine.errors import DocumentError, UnsupportedFieldError
from search.engine.storage.arrays import ragged, starts_of
from search.engine.storage.columns import (
    IntColumn,
    column_kind,
    write_codes,
    write_column,
    write_facet,
    write_ints,
    write_multi,
)
from search.engine.storage.documents import DocumentFile
from search.engine.storage.fields import FacetField, IntField
from search.engine.storage.fieldwriter import PostingsFile, abandoned_on_error, collect_postings
from search.engine.storage.formats import format_kind
from search.engine.storage.postings import FieldPostings
from search.engine.storage.segment import NewSegment, SegmentFiles
from search.engine.storage.stored import dump_stored
from search.engine.writing.invert import invert
from search.engine.writing.tokens import IntMemo, Numberer, Text


@final
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

    def __reduce__(self) -> tuple[Any, ...]:
        # Half of all documents go to another process; the pickling a frozen dataclass has of itself takes three times as long.
        return EngineDocument, (self.key, self.text, self.values, self.stored)


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

    def add_many(
        self, docs: Sequence[int], numbers: np.ndarray[Any, np.dtype[np.int32]], counts: Sequence[int]
    ) -> None:
        """Add several documents' numbers, one after another."""
        self.numbers.frombytes(numbers.tobytes())
        self.docs.extend(docs)
        self.counts.extend(counts)

    def lengths(self, doc_count: int) -> np.ndarray[Any, np.dtype[np.int64]]:
        lengths = np.zeros(doc_count, dtype=np.int64)
        lengths[self.docs] = self.counts
        return lengths


_WHOLE = IDAnalyzer()

# Characters of folded text that wait to be numbered together: those of each language and field are numbered by themselves.
PENDING_CHARACTERS = 1_000_000

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
        self._tokens: defaultdict[str, _Tokens] = defaultdict(_Tokens)
        # Field → (document, profile, folded text) not yet numbered.
        self._pending: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self._pending_characters = 0
        self._items: defaultdict[str, list[Item]] = defaultdict(list)
        self._lengths: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._columns: defaultdict[str, dict[int, Any]] = defaultdict(dict)
        self._stored: list[bytes] = []
        self._fields: dict[str, Any] = {}
        self._integers: dict[str, IntMemo] = {}
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
        twice = document.text.keys() & values.keys()
        if twice:
            raise DocumentError(f"field {min(twice)!r} is given both as text and as a value")
        numbered: list[tuple[str, array[int]]] = []
        waiting: list[tuple[str, str, str]] = []
        items: list[tuple[str, list[Item], int]] = []
        columns: list[tuple[str, Any]] = []
        for name, text in document.text.items():
            if format_kind(self._field(name).format) != "positions":
                raise DocumentError(f"field {name!r} doesn't keep positions; give it under values")
            folded = self._numberer.folded(text)
            if folded is not None and isinstance(text, Text):
                waiting.append((name, text.profile, folded))
            else:
                numbered.append((name, self._numberer.number(text)))
        for name, value in values.items():
            fieldobj = self._field(name)
            if value is None:
                continue
            try:
                if isinstance(fieldobj, FacetField):
                    # Its column is made from the same numbers.
                    numbered.append((name, self._numberer.number(fieldobj.texts(value))))
                    continue
                if type(fieldobj) is IntField:
                    numbered.append((name, array("i", (self._memo(name, fieldobj)[value],))))
                    columns.append((name, fieldobj.to_column_value(value)))
                    continue
                if type(fieldobj) is fields.ID and isinstance(value, str) and fieldobj.analyzer == _WHOLE:
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
        for name, profile, folded in waiting:
            self._pending[name].append((docnum, profile, folded))
            self._pending_characters += len(folded)
        for name, numbers in numbered:
            if name in self._pending:
                self._number_pending(name)
            self._tokens[name].add(docnum, numbers)
            self.token_count += len(numbers)
        for name, found, length in items:
            self._items[name].extend(found)
            self.token_count += len(found)
            if length:
                self._lengths[name][docnum] = length
        for name, value in columns:
            self._columns[name][docnum] = value
        self._stored.append(stored)
        if self._pending_characters > PENDING_CHARACTERS:
            self._number_all_pending()
        return docnum

    def _number_all_pending(self) -> None:
        for name in list(self._pending):
            self._number_pending(name)
        self._pending_characters = 0

    def _number_pending(self, name: str) -> None:
        """Number the waiting texts of a field, profile by profile, and put them back in document
        order."""
        waiting = self._pending.pop(name)
        tokens = self._tokens[name]
        by_profile: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for docnum, profile, folded in waiting:
            by_profile[profile].append((docnum, folded))
        docs: list[int] = []
        numbers, counts = [], []
        for profile, texts in by_profile.items():
            docs.extend(docnum for docnum, _ in texts)
            its_numbers, its_counts = self._numberer.number_batch(profile, [folded for _, folded in texts])
            numbers.append(its_numbers)
            counts.append(its_counts)
        joined, sizes = np.concatenate(numbers), np.concatenate(counts)
        self.token_count += len(joined)
        if len(by_profile) > 1:
            order = np.argsort(docs)
            joined = joined.take(ragged(starts_of(sizes)[:-1].take(order), sizes.take(order)))
            sizes = sizes.take(order)
            docs = sorted(docs)
        tokens.add_many(docs, joined, sizes.tolist())

    def _field(self, name: str) -> Any:
        known = self._fields.get(name)
        if known is not None:
            return known
        if name not in self._schema:
            raise DocumentError(f"field {name!r} isn't in the schema")
        fieldobj = self._schema[name]
        if fieldobj.vector:
            raise UnsupportedFieldError(f"field {name!r} asks for term vectors; this codec doesn't store them")
        default = getattr(fieldobj, "default", None)
        if isinstance(default, float) and fieldobj.column_type is not None:
            raise UnsupportedFieldError(f"field {name!r}: Whoosh can't write a column of floats; leave sortable out")
        self._fields[name] = fieldobj
        return fieldobj

    def _memo(self, name: str, fieldobj: IntField) -> IntMemo:
        """Term numbers of the integers of a field."""
        memo = self._integers.get(name)
        if memo is None:
            memo = self._integers[name] = IntMemo(self._numberer.table, fieldobj.to_bytes)
        return memo

    def _stored_fields(self, values: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
        fields = {name: value for name, value in values.items() if value is not None and self._fields[name].stored}
        for name, value in stored.items():
            if not self._field(name).stored:
                raise DocumentError(f"field {name!r} isn't stored in the schema")
            fields[name] = value
        return fields

    def write(self, storage: Any, new_segment: NewSegment) -> SegmentFiles:
        """Write all documents as a new segment."""
        self._number_all_pending()
        segment = new_segment()
        count = len(self._stored)
        segment.set_doc_count(count)
        documents, postings = DocumentFile(storage, segment, count), PostingsFile(storage, segment)
        with abandoned_on_error(documents, postings):
            self._write_parts(documents, postings, count)
        return segment

    def _write_parts(self, documents: DocumentFile, postings: PostingsFile, count: int) -> None:
        documents.add_stored(self._stored)
        for name in sorted({*self._tokens, *self._items}):
            fieldobj = self._schema[name]
            if name in self._tokens:
                tokens = self._tokens.pop(name)
                numbers, further = self._numberer.apart(np.frombuffer(tokens.numbers, dtype=np.int32))
                lengths = tokens.lengths(count)
                kind = format_kind(fieldobj.format)
                inverted = invert(numbers, lengths, self._numberer.table.terms, kind == "positions", further)
                postings.add(name, kind, _boosted(inverted, fieldobj.format.field_boost), count)
                if fieldobj.scorable:
                    documents.add_lengths(name, _kept(numbers, lengths))
                if isinstance(fieldobj, FacetField):
                    prefix = documents.column_prefix(name, "multi" if fieldobj.multi else "codes")
                    write_facet(documents.out, prefix, fieldobj.multi, numbers, lengths, self._numberer.table.terms)
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

    def _write_column(self, documents: DocumentFile, name: str, values: dict[int, Any], count: int) -> None:
        column = self._schema[name].column_type
        kind = column_kind(column)
        prefix = documents.column_prefix(name, kind)
        if kind == "codes":
            write_codes(documents.out, prefix, [values.get(doc, b"") for doc in range(count)])
        elif kind == "multi":
            write_multi(documents.out, prefix, [values.get(doc, ()) for doc in range(count)])
        elif isinstance(column, IntColumn):
            write_ints(documents.out, prefix, [values.get(doc) for doc in range(count)])
        else:
            documents.set_column_kind(name, write_column(documents.out, prefix, column, values, count))


def _boosted(postings: FieldPostings, boost: float) -> FieldPostings:
    """Postings whose weights are their frequencies times the boost of their field."""
    if boost == 1.0:
        return postings
    freqs = np.ones(len(postings.docs)) if postings.freqs is None else postings.freqs
    return replace(postings, weights=(freqs * boost).astype(np.float32))


def _kept(
    numbers: np.ndarray[Any, np.dtype[np.int32]], lengths: np.ndarray[Any, np.dtype[np.int64]]
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """(documents) tokens that became terms."""
    if not len(numbers) or numbers.min() >= 0:
        return lengths
    docs = np.repeat(np.arange(len(lengths)), lengths)
    return np.bincount(docs[numbers >= 0], minlength=len(lengths))
