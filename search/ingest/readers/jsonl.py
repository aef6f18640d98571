"""JSON lines: one article a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

import orjson

from search.exceptions import ReadError
from search.ingest.files.encodings import UTF8, guess_encoding
from search.ingest.files.opening import ByteStream, OpenedFile, translated_errors
from search.ingest.limits import MAX_LINE_BYTES, SKIPPED_PIECE_BYTES
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import Gaps, kind_of, named_record
from search.ingest.records import Failure, Record, Source

#: From here on the fast parser gives whole numbers as floats.
_EXACT = float(2**63)


def read_jsonl(opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes) -> Iterator[Record | Failure]:
    """Records and failures in the order of the lines; blank lines are passed over.

    Damage to the file is the last failure: what stood before it was given already.
    """
    number = 0
    try:
        with translated_errors():
            for number, line in _lines(opened.stream):
                if line is None:
                    yield Failure(source.name, number, f"the line is longer than {MAX_LINE_BYTES // 1024**2} MB")
                elif line.strip():
                    yield _record(line, number, source, gaps, notes)
    except ReadError as error:
        yield Failure(source.name, number + 1, error.reason)


def _lines(stream: ByteStream) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; ``None`` for one over the limit, which is passed over in pieces, never held
    whole."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) <= MAX_LINE_BYTES or line.endswith(b"\n"):
            yield number, line
            continue
        while (piece := stream.readline(SKIPPED_PIECE_BYTES)) and not piece.endswith(b"\n"):
            pass
        yield number, None


def _record(line: bytes, number: int, source: Source, gaps: Gaps, notes: Notes) -> Record | Failure:
    place = f"{source.name}:{number}"
    try:
        values = _parse(_utf8(line, place, notes))
        return named_record(values, number, source, gaps, notes)
    except ReadError as error:
        return Failure(source.name, number, error.reason)


def _utf8(line: bytes, place: str, notes: Notes) -> bytes:
    """The line in UTF-8; one that is in another encoding than its file is guessed alone."""
    try:
        line.decode(UTF8)
    except UnicodeDecodeError:
        encoding = guess_encoding(line, whole=True)
        notes.encoding(place, encoding)
        return line.decode(encoding, "replace").encode(UTF8)
    return line


def _parse(line: bytes) -> dict[str, Any]:
    try:
        parsed = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        parsed = _parse_surrogates(line, error)
    if not isinstance(parsed, dict):
        raise ReadError(f"not a JSON object but {kind_of(parsed)}")
    if any(isinstance(value, float) and abs(value) >= _EXACT for value in parsed.values()):
        return _parse_exactly(line)
    return parsed


def _parse_exactly(line: bytes) -> dict[str, Any]:
    """With whole numbers of any length: cut to a float's digits, the long ids of several records
    would be one."""
    try:
        parsed: dict[str, Any] = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"not JSON: {error}") from error
    return parsed


def _parse_surrogates(line: bytes, first: orjson.JSONDecodeError) -> Any:
    r"""Half a character (``\ud83d`` alone), cut by some exporter, is no reason to lose an
    article."""
    if b"\\ud" in line.lower():
        try:
            return json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError):
            pass
    raise ReadError(f"not JSON: {first.msg} (column {first.colno})") from first


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)
