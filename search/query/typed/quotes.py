"""Pairs of quotation marks, of every kind, and the marks that are none: inside words, or alone."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from search.analysis.terms import has_runs

#: Opening mark → the marks that close it. Who mixes kinds ends with one of the same family.
CLOSING = {
    '"': '"', "＂": "＂", "″": "″", "״": "״",
    "“": "”“", "„": "“”„", "‟": "”", "”": "”“",
    "«": "»", "»": "«»", "‹": "›", "›": "‹›",
    "〝": "〟〞", "「": "」", "『": "』", "｢": "｣", "﹁": "﹂", "﹃": "﹄", "《": "》", "〈": "〉",
}  # fmt: skip
_FAMILY = '"“”„‟＂'
#: The same mark opens and closes, so that its place tells which.
_STRAIGHT = '"＂″״'


@dataclass(frozen=True, slots=True)
class Quotes:
    """`pairs` are first mark → last mark. `alone` tells whether a mark opens what nothing
    closes."""

    pairs: dict[int, int]
    alone: bool = False


def quotes_of(text: str) -> Quotes:
    """The pairs of a text, none inside another."""
    pairs: dict[int, int] = {}
    alone = False
    at = 0
    while at < len(text):
        if text[at] in CLOSING and _opens(text, at):
            end = _end(text, at)
            if end is not None:
                pairs[at] = end
                at = end
            else:
                alone = True
        at += 1
    return Quotes(pairs, alone)


def is_word_character(character: str) -> bool:
    """Whether a character is part of a word: a letter, a digit, a mark."""
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _opens(text: str, at: int) -> bool:
    if text[at] not in _STRAIGHT:
        return True
    before = text[at - 1 : at]
    return not before or not is_word_character(before) or has_runs(before)


def _end(text: str, start: int) -> int | None:
    """Where the mark at `start` is closed."""
    opening = text[start]
    found = _first(text, start, CLOSING[opening])
    if found is None and opening in _FAMILY:
        found = _first(text, start, _FAMILY)
    return found


def _first(text: str, start: int, marks: str) -> int | None:
    at = start + 1
    while at < len(text):
        if text[at] in marks and not _inside_word(text, at):
            return at
        at += 1
    return None


def _inside_word(text: str, at: int) -> bool:
    """Whether a straight mark is a letter's neighbour on both sides: Hebrew writes abbreviations
    so."""
    if text[at] not in _STRAIGHT or not 0 < at < len(text) - 1:
        return False
    before, after = text[at - 1], text[at + 1]
    return is_word_character(before) and is_word_character(after) and not has_runs(before) and not has_runs(after)
