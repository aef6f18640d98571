"""JSON lines: one article a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import orjson

from search.bounds import (
    MAX_AUTHOR_CHARACTERS,
    MAX_ID_CHARACTERS,
    MAX_OUTLET_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    MAX_URL_CHARACTERS,
)
from search.cleaning import clean_line, clean_text, first_line_title, is_web_address
from search.exceptions import ReadError
from search.hashing import digest
from search.ingest.files.encodings import UTF8, guess_encoding
from search.ingest.files.opening import ByteStream, OpenedFile, translated_errors
from search.ingest.readers.fields import with_known_names
from search.ingest.readers.notes import Notes
from search.ingest.readers.publishers import outlet_and_original
from search.ingest.records import Failure, Record, Source

MAX_LINE_BYTES = 20 * 1024 * 1024
KEYS = ("id", "title", "text", "outlet", "outlet_country", "original_outlet", "author", "published", "language", "url")
#: From here on the fast parser gives whole numbers as floats.
_EXACT = float(2**63)
_LIMITS = {
    "id": MAX_ID_CHARACTERS,
    "outlet": MAX_OUTLET_CHARACTERS,
    "original_outlet": MAX_OUTLET_CHARACTERS,
    "author": MAX_AUTHOR_CHARACTERS,
}


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the caller gives for records that do not state it."""

    outlet: str = ""


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
    """Numbered lines; ``None`` for one over the limit, which is passed over in pieces, never held whole."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) <= MAX_LINE_BYTES or line.endswith(b"\n"):
            yield number, line
            continue
        while (piece := stream.readline(1024 * 1024)) and not piece.endswith(b"\n"):
            pass
        yield number, None


def _record(line: bytes, number: int, source: Source, gaps: Gaps, notes: Notes) -> Record | Failure:
    place = f"{source.name}:{number}"
    try:
        values = _parse(_utf8(line, place, notes))
        return checked_record(with_known_names(values, KEYS), number, source, gaps, notes)
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
        raise ReadError(f"not a JSON object but {_kind(parsed)}")
    if any(isinstance(value, float) and abs(value) >= _EXACT for value in parsed.values()):
        return _parse_exactly(line)
    return parsed


def _parse_exactly(line: bytes) -> dict[str, Any]:
    """With whole numbers of any length: cut to a float's digits, the long ids of several records would be one."""
    try:
        parsed: dict[str, Any] = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"not JSON: {error}") from error
    return parsed


def _parse_surrogates(line: bytes, first: orjson.JSONDecodeError) -> Any:
    r"""Half a character (``\ud83d`` alone), cut by some exporter, is no reason to lose an article."""
    if b"\\ud" in line.lower():
        try:
            return json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError):
            pass
    raise ReadError(f"not JSON: {first.msg} (column {first.colno})") from first


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _kind(value: object) -> str:
    if value is None:
        return "null"
    kinds = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
    }
    return kinds[type(value)]


def checked_record(
    values: Mapping[str, Any], number: int, source: Source, gaps: Gaps, notes: Notes, *, last: int | None = None
) -> Record:
    """The record of a line or row with the values of `KEYS`; other keys are noted.

    Args:
        values: by key.
        number: of its first line.
        last: of its last line where that is another one.

    Raises:
        ReadError: nothing to read, a value of another type or over its limit.
    """
    for key in values.keys() - set(KEYS):
        notes.unknown_key(clean_line(key), f"{source.name}:{number}")
    stated = {key: _string(key, values.get(key)) for key in KEYS}
    text = clean_text(stated.pop("text")).strip()
    labels = {key: clean_line(value) for key, value in stated.items()}
    title = labels["title"] or first_line_title(text)
    if not title:
        raise ReadError("neither a title nor a text")
    if len(title) > MAX_TITLE_CHARACTERS:
        raise ReadError(f"the title has {len(title):,} characters, more than {MAX_TITLE_CHARACTERS:,}")
    for key, limit in _LIMITS.items():
        if len(labels[key]) > limit:
            raise ReadError(f"{key!r} has {len(labels[key]):,} characters, more than {limit:,}")
    url = labels["url"]
    if url and (len(url) > MAX_URL_CHARACTERS or not is_web_address(url)):
        notes.remark("addresses that are not http(s) or too long, left out", f"{source.name}:{number}")
        url = ""
    outlet, original = outlet_and_original(
        stated=labels["outlet"], original=labels["original_outlet"], given=gaps.outlet, url=url
    )
    return Record(
        source=source,
        first_line=number,
        last_line=last or number,
        external_id=labels["id"] or _made_id(outlet, title, text),
        title=title,
        text=text,
        outlet=outlet,
        outlet_country=labels["outlet_country"],
        author=labels["author"],
        published=labels["published"],
        language=labels["language"],
        url=url,
        original_outlet=original,
    )


def _string(key: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ReadError(f"{key!r} is not a string but {_kind(value)}")


def _made_id(outlet: str, title: str, text: str) -> str:
    """An id for a record without one: a hash of what it says.

    The outlet counts: the same text of another outlet is another article. The address does not: all posts of a channel
    may share one, and would overwrite each other.
    """
    return "sha:" + digest(outlet.casefold(), title, text)[:16]
