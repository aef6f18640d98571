"""Between Whoosh's posting formats, which keep each posting's value as bytes, and plain arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from whoosh import formats

_KINDS: dict[type, str] = {
    formats.Existence: "existence",
    formats.Frequency: "frequency",
    formats.Positions: "positions",
    formats.Characters: "characters",
    formats.PositionBoosts: "position_boosts",
    formats.CharacterBoosts: "character_boosts",
}
KINDS_WITH_POSITIONS = frozenset({"positions", "characters", "position_boosts", "character_boosts"})


def format_kind(format_: Any) -> str:
    """The kind of a format; ``raw`` for one this codec doesn't know (its values are kept as opaque
    bytes)."""
    return _KINDS.get(type(format_), "raw")


def decoder(format_: Any) -> Callable[[bytes], list[tuple[Any, ...]]]:
    """A function from a posting's value to its occurrences as (position, first char, last char,
    boost) tuples, cut to kind."""
    kind = format_kind(format_)
    if kind == "positions":
        return lambda value: [(position,) for position in format_.decode_positions(value)]
    name = {"characters": "characters", "position_boosts": "position_boosts", "character_boosts": "character_boosts"}[
        kind
    ]
    decode: Callable[[bytes], list[tuple[Any, ...]]] = format_.decoder(name)
    return decode


def encode(format_: Any, occurrences: list[tuple[Any, ...]]) -> bytes:
    """The value Whoosh keeps for these occurrences."""
    kind = format_kind(format_)
    if kind == "positions":
        encoded: bytes = format_.encode([position for (position,) in occurrences])
        return encoded
    value = format_.encode(occurrences)
    # Whoosh's format with boosts and characters returns the summed boost beside it.
    alone: bytes = value[0] if isinstance(value, tuple) else value
    return alone
