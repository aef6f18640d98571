"""Where in a JSON file its records stand, by the file's beginning."""

from __future__ import annotations

import io
import re
from typing import Any

import ijson

from search.exceptions import ReadError
from search.ingest.limits import MAX_JSON_NESTING, MAX_RECORD_DEPTH
from search.ingest.readers.fields import WRAPPERS, field_of
from search.ingest.readers.frames import is_frame
from search.ingest.readers.tools import name_key, tool_of_columns

#: Where records hold such numbers (hashes, identifiers), the first ones do.
_LONG_NUMBER = re.compile(rb"[:\[,\s]-?\d{19}")
#: Brackets in a block that closes as many count in full, so that it is less than the limit.
_BLOCK = MAX_JSON_NESTING // 2
_NEVER_RECORDS = ("author", "outlet", "url", "language")
_COUNTED = frozenset(["title", "text", "published", "url", "outlet", "author"])
#: What a file says of itself under names of texts.
_OF_FILES = frozenset(["message", "messages", "description", "summary", "abstract", "story", "content", "articles"])


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

    An object with a text is a record itself, whatever lists it has; else the list of objects that
    have most fields of an article, or more than the object around them.
    """
    keys = _keys(head)
    if keys is None:
        return "item"
    own = _worth(keys, "")
    if _has_whole_text(keys.get("", set())):
        return ""
    lists = [place for place in keys if place.endswith("item") and _is_list_of_records(place)]
    best = max(lists, key=lambda place: _worth(keys, place), default="")
    return best if best and _worth(keys, best) > own else ""


def holds_articles(head: bytes) -> bool:
    """Whether objects at the beginning look like articles: a title and a text, or a fixture.
    Settings and labels do not."""
    keys = _keys(head, arrays_too=True) or {}
    return any(
        {"title", "text"} <= _fields(each)
        or {"title", "url", "published"} <= _fields(each)
        or "text" in each
        or {"model", "fields"} <= each
        or is_frame(each)
        or tool_of_columns(each) is not None
        for each in keys.values()
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
    name = place.removesuffix("item").removesuffix(".").rsplit(".", 1)[-1]
    return field_of(name) not in _NEVER_RECORDS and ".item." not in f"{place.removesuffix('item')}."


def _worth(keys: dict[str, set[str]], place: str) -> int:
    """How many fields of an article an object has, or the one in its envelope; 0 for no article."""
    inner = [f"{place}.{name}" if place else name for name in WRAPPERS]
    return max(_fields_held(keys.get(each, set())) for each in (place, *inner))


def _fields_held(keys: set[str]) -> int:
    if {"model", "fields"} <= keys:
        return len(_COUNTED)
    fields = _fields(keys) & _COUNTED
    return len(fields) if {"title", "text"} & fields else 0


def _has_whole_text(keys: set[str]) -> bool:
    """Whether an object has the text of an article; a description or a message may be one of the
    file."""
    return any(field_of(key) == "text" and name_key(key) not in _OF_FILES for key in keys)


def _fields(keys: set[str]) -> set[str | None]:
    return {field_of(key) for key in keys}
