"""JSON files: an array of records, an object that holds one, a single record, and Django
fixtures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ijson

from search.exceptions import ReadError
from search.ingest.files.opening import ByteStream, OpenedFile, translated_errors
from search.ingest.limits import MAX_ITEM_BYTES, SAMPLE_BYTES
from search.ingest.readers.fixtures import Fixtures, is_fixture
from search.ingest.readers.frames import rows_of_frame
from search.ingest.readers.json_shape import Depth, library, record_place
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import Gaps, named_record
from search.ingest.readers.telegram import is_message, message_values
from search.ingest.records import Failure, Record, Source


class _Bounded:
    """A stream from its start that ends with ReadError when one record of it is larger than a
    record may be."""

    def __init__(self, head: bytes, stream: ByteStream) -> None:
        self._head, self._stream = head, stream
        self._since = 0
        self._depth = Depth()

    def begin(self) -> None:
        """A record begins."""
        self._since = 0
        self._depth.reset()

    def read(self, size: int) -> bytes:
        """As of any stream."""
        data, self._head = (self._head[:size], self._head[size:]) if self._head else (self._stream.read(size), b"")
        self._since += len(data)
        self._depth.add(data)
        if self._since > MAX_ITEM_BYTES:
            raise ReadError(f"the record is larger than {MAX_ITEM_BYTES // 1024**2} MB, or is never closed")
        return data


def read_json(opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes) -> Iterator[Record | Failure]:
    """Records and failures in the order of the file; a record's line is its number in the array.

    Damage is the last failure: what stood before it was given already.
    """
    number = 0
    fixtures = Fixtures()
    try:
        with translated_errors():
            head = opened.stream.read(SAMPLE_BYTES)
            stream = _Bounded(head, opened.stream)
            for value in _objects(library(head).items(stream, record_place(head), use_float=True)):
                number += 1
                stream.begin()
                try:
                    record = _record(value, number, source, gaps, notes, fixtures)
                except (ReadError, RecursionError) as error:
                    reason = error.reason if isinstance(error, ReadError) else "its objects are nested too deep"
                    yield Failure(source.name, number, reason)
                    continue
                if record is not None:
                    yield record
            if not number:
                raise ReadError("the file holds no record")
    except ReadError as error:
        yield Failure(source.name, number + 1, error.reason)
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
        reason = f"not JSON from here on: {' '.join(str(error).split())[:120]}"
        if "integer overflow" in reason:
            reason = "a whole number of more than 18 digits, from here on nothing is read. Remedy: write it in quotes"
        yield Failure(source.name, number + 1, reason)
    fixtures.note(notes, source.name)


def _objects(values: Iterator[Any]) -> Iterator[Any]:
    for value in values:
        rows = rows_of_frame(value)
        if rows is None:
            yield value
        else:
            yield from rows


def _record(value: Any, number: int, source: Source, gaps: Gaps, notes: Notes, fixtures: Fixtures) -> Record | None:
    """The record of an object; ``None`` for an object of a fixture or chat that is no article."""
    if not isinstance(value, dict):
        raise ReadError("not a JSON object")
    if is_fixture(value):
        fields = fixtures.article(value)
        if fields is None:
            return None
        value = fields
    if is_message(value):
        value = message_values(value, notes, f"{source.name}:{number}")
        if value is None:
            return None
    return named_record(value, number, source, gaps, notes)
