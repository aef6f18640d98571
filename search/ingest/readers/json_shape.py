"""Where in a JSON file its records stand, by the file's beginning."""

from __future__ import annotations

import io
import re
from typing import Any

import ijson

from search.exceptions import ReadError
from search.ingest.limits import MAX_JSON_NESTING, MAX_RECORD_DEPTH
from search.ingest.readers.fields import field_of

#: Where records hold such numbers (hashes, identifiers), the first ones do.
_LONG_NUMBER = re.compile(rb"[:\[,\s]-?\d{19}")
#: Brackets in a block that closes as many count in full, so that it is less than the limit.
_BLOCK = MAX_JSON_NESTING // 2


def library(head: bytes) -> Any:
    """What reads a file that begins so: the part in C takes no whole number of more than 64 bits,
    the one in Python any but is slow."""
    return ijson.get_backend("python") if _LONG_NUMBER.search(head) else ijson


class Depth:
    """How deep a JSON text is nested, told by its brackets, those in strings included, before a
    parser is given it."""

    def __init__(self) -> None:
        self._depth = 0

    def reset(self) -> None:
        """Forget brackets of texts that were not closed: a record begins."""
        self._depth = 0

    def add(self, data: bytes) -> None:
        """Go on. Raises ReadError when it may be nested deeper than any record is, which takes
        memory without bounds."""
        for at in range(0, len(data), _BLOCK):
            block = data[at : at + _BLOCK]
            opened = block.count(b"[") + block.count(b"{")
            if self._depth + opened > MAX_JSON_NESTING:
                raise ReadError("lists and objects are nested too deep")
            self._depth = max(0, self._depth + opened - block.count(b"]") - block.count(b"}"))


def record_place(head: bytes) -> str:
    """The place of the records as ijson names it: ``item`` for an array, ``data.articles.item`` in
    objects, ``""`` for one.

    An object with a text is a record itself, whatever lists it has; else the first list of objects
    with a title or a text.
    """
    keys = _keys(head)
    if keys is None:
        return "item"
    if "text" in _fields(keys.get("", set())):
        return ""
    lists = (place for place in keys if place.endswith("item") and _is_list_of_records(place))
    return next((place for place in lists if _holds_article(keys[place])), "")


def holds_articles(head: bytes) -> bool:
    """Whether objects at the beginning look like articles: a title and a text, or a fixture.
    Settings and labels do not."""
    keys = _keys(head, arrays_too=True) or {}
    return any(
        {"title", "text"} <= _fields(each) or "text" in each or {"model", "fields"} <= each for each in keys.values()
    )


def _keys(head: bytes, *, arrays_too: bool = False) -> dict[str, set[str]] | None:
    """The keys of the objects at each place; ``None`` for an array, unless its objects are wanted
    too.

    Raises ReadError when they are nested too deep.
    """
    Depth().add(head)
    keys: dict[str, set[str]] = {}
    is_first = True
    try:
        # Without `use_float` the C library ends the process at a number of thousands of digits.
        for prefix, event, value in library(head).parse(io.BytesIO(head), use_float=True):
            if is_first and event == "start_array" and not arrays_too:
                return None
            is_first = False
            if event == "map_key" and prefix.count(".") < MAX_RECORD_DEPTH:
                keys.setdefault(prefix, set()).add(value)
    except (ijson.JSONError, UnicodeDecodeError, ValueError):
        # The head ends inside a value, or holds a number of thousands of digits.
        pass
    return keys


def _is_list_of_records(place: str) -> bool:
    """Whether a list may hold articles: one of authors or links of an article has a field's
    name."""
    name = place.removesuffix(".item").rsplit(".", 1)[-1]
    return field_of(name) in (None, "text") and ".item." not in f"{place.removesuffix('item')}."


def _holds_article(keys: set[str]) -> bool:
    return bool({"title", "text"} & _fields(keys)) or {"model", "fields"} <= keys


def _fields(keys: set[str]) -> set[str | None]:
    return {field_of(key) for key in keys}
