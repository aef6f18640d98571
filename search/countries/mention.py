"""One place in an article where a country is named."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in an article where a country is named.

    ``field`` is ``title`` or ``body``; ``start``/``end`` are character offsets in that field's text
    and ``text[start:end] == surface``. ``country`` is ISO 3166-1 alpha-2 or XK. ``kind`` is
    ``name``, ``adjective``, ``capital``, ``dateline`` …; ``rule`` names the rule that decided, for
    people to check.
    """

    country: str
    surface: str
    field: str
    start: int
    end: int
    kind: str = "name"
    rule: str = ""
