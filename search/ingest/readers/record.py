"""Fields of a record checked: what a reader found becomes a Record, or says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
from search.ingest.readers.notes import Notes
from search.ingest.readers.publishers import outlet_and_original
from search.ingest.records import Record, Source

KEYS = ("id", "title", "text", "outlet", "outlet_country", "original_outlet", "author", "published", "language", "url")
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
