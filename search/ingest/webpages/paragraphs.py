"""The unit that the steps of reading a page's text pass on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text; ``is_heading`` for a heading between paragraphs, ``is_item`` for one of
    a list."""

    text: str
    is_heading: bool = False
    is_item: bool = False
