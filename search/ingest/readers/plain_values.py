"""Values of JSON that are no strings, as the text that they plainly mean."""

from __future__ import annotations

import ast
from typing import Any

from search.ingest.limits import MAX_LISTED_PARTS

#: Where an object has its own text: what it is called, then how stores and feeds write a value.
_NAMING = ("name", "title", "full_name", "main", "original", "#text", "$t", "content", "text", "plaintext", "rendered", "value",
           "raw", "literal", "id")  # fmt: skip
_STORED = ("$oid", "$date", "$numberLong", "$numberInt", "$numberDouble", "$numberDecimal")
_MAX_LISTED_CHARACTERS = 5_000
_MAX_DEPTH = 6
_DATE_PARTS = (4, 2, 2)


def text_of_value(value: Any, field: str = "", depth: int = 0) -> str:
    """A string for a value of another shape: a list's parts, an object's name; ``""`` for what has
    none.

    Args:
        value: of JSON.
        field: that it is for. The parts of a text are paragraphs, of other fields but authors,
            titles and outlets only the first counts.
        depth: how many lists and objects it stands in.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None or depth > _MAX_DEPTH:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        if field == "published" and _is_date(value):
            return "-".join(f"{part:0{width}}" for part, width in zip(value, _DATE_PARTS, strict=False))
        parts = (text for each in value if (text := text_of_value(each, field, depth + 1)))
        if field == "text":
            return "\n".join(parts)
        if field in ("published", "url", "language", "id"):
            return next(parts, "")
        return ", ".join(text for text, _ in zip(parts, range(MAX_LISTED_PARTS), strict=False))
    if isinstance(value, dict):
        stored = next((value[key] for key in _STORED if key in value), None)
        if stored is not None:
            return text_of_value(stored, field, depth + 1)
        if field == "author" and isinstance(value.get("family"), str):
            return " ".join(filter(None, (str(value.get("given") or ""), value["family"])))
        names = ("href", "url", *_NAMING) if field == "url" else _NAMING
        named = (value.get(key) for key in names)
        return next((text for each in named if isinstance(each, str) and (text := each.strip())), "")
    return ""


def listed(text: str) -> Any:
    """The list or object that a cell of a table writes out, as pandas does; ``None`` for none."""
    if len(text) > _MAX_LISTED_CHARACTERS or not text.rstrip().endswith(("]", "}")):
        return None
    try:
        return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _is_date(value: list[Any]) -> bool:
    return 0 < len(value) <= len(_DATE_PARTS) and all(isinstance(each, int) for each in value)
