"""Tables that pandas wrote as JSON otherwise than record by record: the rows in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from search.ingest.readers.fields import is_article


def is_frame(keys: Iterable[str]) -> bool:
    """Whether the keys of an object are those of a table with its columns apart."""
    return {"columns", "data"} <= set(keys)


def rows_of_frame(value: Any) -> list[dict[str, Any]] | None:
    """The rows of a table that is one object, as records; ``None`` for an object that is none.

    Either the columns are named apart (`orient="split"`), or each column is an object of its cells
    by row (`"columns"`), or each row an object of its own under its key (`"index"`).
    """
    if not isinstance(value, dict) or not value:
        return None
    columns, data = value.get("columns"), value.get("data")
    if isinstance(columns, list) and isinstance(data, list) and is_article(map(str, columns)):
        return [dict(zip(map(str, columns), row, strict=False)) for row in data if isinstance(row, list)]
    if not all(isinstance(each, dict) and each for each in value.values()):
        return None
    if is_article(value):
        first = next(iter(value.values()))
        if any(each.keys() != first.keys() for each in value.values()) or not _are_rows(first):
            return None
        return [{name: cells[row] for name, cells in value.items()} for row in first]
    if _are_rows(value) and all(is_article(each) for each in value.values()):
        return list(value.values())
    return None


def _are_rows(keys: Iterable[str]) -> bool:
    """Whether keys are numbers of rows, or none that has a meaning of its own."""
    return all(key.isdigit() for key in keys)
