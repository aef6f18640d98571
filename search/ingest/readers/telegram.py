"""Messages of a chat that Telegram Desktop exports as JSON."""

from __future__ import annotations

from typing import Any

from search.ingest.limits import MAX_LISTED_PARTS
from search.ingest.readers.notes import Notes

_CHANNEL = "channel"
_PASSED = "messages of Telegram without a text, passed over"
_MAX_PIECES = 100 * MAX_LISTED_PARTS


def is_message(value: dict[str, Any]) -> bool:
    """Whether an object is a message of such an export."""
    return value.get("type") in ("message", "service") and "text" in value and ("date" in value) and "id" in value


def message_values(value: dict[str, Any], notes: Notes, place: str) -> dict[str, Any] | None:
    """A message as a record's values; ``None`` for one without a text, which is counted.

    The pieces of its text (bold, links) stand in a list, one after the other. What a channel writes
    is the outlet's, what people write is theirs.
    """
    text = "".join(_pieces(value["text"]))
    if value["type"] == "service" or not text.strip():
        notes.remark(_PASSED, place)
        return None
    sender = value.get("from") or value.get("actor") or ""
    is_channel = str(value.get("from_id") or _CHANNEL).startswith(_CHANNEL)
    return {
        "id": str(value["id"]),
        "text": text,
        "outlet": sender if is_channel else "",
        "author": value.get("author") or "" if is_channel else sender,
        "original_outlet": value.get("forwarded_from") or "",
        "published": value["date"],
    }


def _pieces(text: Any) -> list[str]:
    if isinstance(text, str):
        return [text]
    pieces = text if isinstance(text, list) else []
    return [
        each if isinstance(each, str) else str(each.get("text", ""))
        for each in pieces[:_MAX_PIECES]
        if isinstance(each, str | dict)
    ]
