"""Whoosh's view of the term dictionaries and postings of a segment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound

from search.engine.storage.container import Container
from search.engine.storage.documents import DocumentArrays
from search.engine.storage.matcher import ArrayMatcher
from search.engine.storage.postings import FieldArrays
from search.engine.storage.segment import DOCUMENTS_EXT, POSTINGS_EXT, SegmentFiles

# Terms are handed out in blocks, so that a long dictionary isn't turned into Python objects at once.
TERMS_BLOCK = 512


def open_fields(container: Container | None, doc_count: int) -> dict[str, FieldArrays]:
    """Name → postings of every field of a postings file."""
    if container is None:
        return {}
    fields: dict[str, dict[str, Any]] = container.meta["fields"]
    return {name: FieldArrays(container, entry["prefix"], entry, doc_count) for name, entry in sorted(fields.items())}


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]
    """Reads terms, their statistics and matchers over their postings."""

    def __init__(self, storage: Any, segment: SegmentFiles) -> None:
        count = segment.doc_count_all()
        self._documents = DocumentArrays(segment.open(storage, DOCUMENTS_EXT), count)
        self._fields = open_fields(segment.open(storage, POSTINGS_EXT), count)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self._fields.get(term[0])
        return field is not None and field.find(term[1]) >= 0

    def _number(self, fieldname: str, text: bytes) -> tuple[FieldArrays, int]:
        field = self._fields.get(fieldname)
        number = -1 if field is None else field.find(text)
        if field is None or number < 0:
            raise KeyError((fieldname, text))
        return field, number

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        field = self._fields.get(fieldname)
        return base.EmptyCursor() if field is None else ArrayCursor(field, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for fieldname in self._fields:
            yield from self._terms_of(fieldname, 0)

    def _terms_of(self, fieldname: str, first: int) -> Iterator[tuple[str, bytes]]:
        field = self._fields[fieldname]
        for start in range(first, field.term_count, TERMS_BLOCK):
            for term in field.terms(start, min(start + TERMS_BLOCK, field.term_count)):
                yield fieldname, term

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for name, field in self._fields.items():
            if name == fieldname:
                yield from self._terms_of(name, field.bisect(prefix))
            elif name > fieldname:
                yield from self._terms_of(name, 0)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        for term in self.terms():
            yield term, self.term_info(*term)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        for term in self.terms_from(fieldname, prefix):
            yield term, self.term_info(*term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        field, number = self._number(fieldname, text)
        return term_info(field, number, self._documents.lengths(fieldname))

    def frequency(self, fieldname: str, text: bytes) -> float:
        field, number = self._number(fieldname, text)
        start, stop = field.extent(number)
        weights = field.weights(start, stop)
        return float(stop - start if weights is None else weights.sum(dtype=np.float64))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        field, number = self._number(fieldname, text)
        start, stop = field.extent(number)
        return stop - start

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        try:
            field, number = self._number(fieldname, text)
        except KeyError as error:
            raise TermNotFound(f"No term {fieldname}:{text!r}") from error
        return ArrayMatcher(field, number, format_, (fieldname, text), scorer)

    def indexed_field_names(self) -> list[str]:
        return list(self._fields)


def term_info(field: FieldArrays, number: int, lengths: Any) -> TermInfo:
    """Whoosh's statistics of one term, computed from its postings."""
    start, stop = field.extent(number)
    docs = field.docs(start, stop)
    weights = field.weights(start, stop)
    its_lengths = None if lengths is None else lengths[docs]
    return TermInfo(
        weight=float(stop - start if weights is None else weights.sum(dtype=np.float64)),
        df=stop - start,
        minlength=0 if its_lengths is None else int(its_lengths.min()),
        maxlength=0 if its_lengths is None else int(its_lengths.max()),
        maxweight=1.0 if weights is None else float(weights.max()),
        minid=int(docs[0]),
        maxid=int(docs[-1]),
    )


class ArrayCursor(base.FieldCursor):  # type: ignore[misc]
    """Walks the terms of a field; Whoosh's automata drive it."""

    def __init__(self, field: FieldArrays, fieldobj: Any) -> None:
        self._field = field
        self._fieldobj = fieldobj
        self._number = 0

    def first(self) -> str | None:
        self._number = 0
        return self.text()

    def find(self, string: Any) -> str | None:
        term = string if isinstance(string, bytes) else self._fieldobj.to_bytes(string)
        self._number = self._field.bisect(term)
        return self.text()

    def next(self) -> str | None:
        self._number += 1
        return self.text()

    def is_valid(self) -> bool:
        return self._number < self._field.term_count

    def text(self) -> str | None:
        return self._fieldobj.from_bytes(self._field.term(self._number)) if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo | None:
        return term_info(self._field, self._number, None) if self.is_valid() else None
