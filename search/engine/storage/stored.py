"""Stored fields as JSON: readable by anyone, unlike a pickle never code."""

from __future__ import annotations

import base64
import datetime
import json
from decimal import Decimal
from typing import Any

from search.engine.errors import DocumentError

# A value JSON has no form for is written as {"$": [tag, text]}.
_TAG = "$"


def _encode(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return {_TAG: ["datetime", value.isoformat()]}
    if isinstance(value, datetime.date):
        return {_TAG: ["date", value.isoformat()]}
    if isinstance(value, Decimal):
        return {_TAG: ["decimal", str(value)]}
    if isinstance(value, bytes):
        return {_TAG: ["bytes", base64.b64encode(value).decode()]}
    raise DocumentError(f"a value of type {type(value).__name__} can't be stored; store text, numbers, dates or bytes")


def _guard(value: Any) -> Any:
    """Wrap mappings that hold the tag themselves, keep tuples apart from lists."""
    if isinstance(value, dict):
        plain = {str(key): _guard(item) for key, item in value.items()}
        return {_TAG: ["dict", plain]} if _TAG in plain else plain
    if isinstance(value, tuple):
        return {_TAG: ["tuple", [_guard(item) for item in value]]}
    if isinstance(value, list):
        return [_guard(item) for item in value]
    return value


def _decode(value: dict[str, Any]) -> Any:
    if value.keys() != {_TAG}:
        return value
    tag, content = value[_TAG]
    if tag == "datetime":
        return datetime.datetime.fromisoformat(content)
    if tag == "date":
        return datetime.date.fromisoformat(content)
    if tag == "decimal":
        return Decimal(content)
    if tag == "bytes":
        return base64.b64decode(content)
    return tuple(content) if tag == "tuple" else content


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_encode)


def dump_stored(fields: dict[str, Any]) -> bytes:
    """Encode the stored fields of one document; b"" for none.

    Raises:
        DocumentError: a value is neither text, number, boolean, None, date, datetime, Decimal,
            bytes nor a list, tuple or mapping of them, or holds half a surrogate pair.
    """
    if not fields:
        return b""
    simple = all(type(value) in (str, int) for value in fields.values())
    try:
        return _encoder.encode(fields if simple and _TAG not in fields else _guard(fields)).encode()
    except UnicodeEncodeError as error:
        raise DocumentError(f"a stored text can't be encoded: {error.reason}") from error


def load_stored(data: bytes) -> dict[str, Any]:
    """What :func:`dump_stored` encoded."""
    if not data:
        return {}
    loaded: dict[str, Any] = json.loads(data, object_hook=_decode)
    return loaded
