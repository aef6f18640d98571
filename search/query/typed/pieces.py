"""What was typed, cut into pieces: words, phrases, fields, operators, parentheses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from search.query.typed.quotes import Quotes, is_word_character

Kind = Literal["word", "phrase", "field", "exact", "open", "close", "and", "or", "not", "near"]

FIELDS = ("title", "outlet", "author", "country", "language", "date")
#: Words between those that NEAR joins, where no number says so.
NEAR_WORDS = 10
MOST_NEAR_WORDS = 100
OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}

_FIELD = re.compile(rf"({'|'.join(FIELDS)})(\s*)[:：](\s*)", re.IGNORECASE)
_UNKNOWN_FIELD = re.compile(r"([^\W\d_]{2,30}):(?=[^\s/:)])")
_NEAR = re.compile(r"NEAR/?(\d{0,3})")
_SLOP = re.compile(r"~(\d{0,3})")
#: Schemes of addresses without slashes; what they stand before is no value of a field.
_SCHEMES = frozenset({"mailto", "tel", "urn", "doi", "isbn", "issn", "data", "sms", "geo", "magnet", "javascript"})
_WIDE = str.maketrans("（）＊｜", "()*|")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece; `text` as it was typed.

    `number` is what follows a phrase's ``~`` or NEAR, in words; 0 where none does. `spaced` says of
    a field that a space stands around its colon. `name` is the known field, or of a word the
    unknown one it was typed behind. `both` asks for a field's words too.
    """

    kind: Kind
    text: str
    number: int = 0
    spaced: bool = False
    name: str = ""
    both: bool = False


def widened(text: str) -> str:
    """Full-width operators as the narrow ones; every character keeps its place."""
    return text.translate(_WIDE)


def pieces_of(text: str, quotes: Quotes) -> list[Piece]:
    """The pieces of a text whose quotation marks are known."""
    return list(_Cutter(text, quotes).pieces())


class _Cutter:
    def __init__(self, text: str, quotes: Quotes) -> None:
        self._text = text
        self._pairs = quotes.pairs
        self._at = 0
        # Whether something may begin here: after a space, a parenthesis, a field or a minus.
        self._fresh = True

    def pieces(self) -> Iterator[Piece]:
        while self._at < len(self._text):
            if self._text[self._at].isspace():
                self._at += 1
                self._fresh = True
                continue
            for piece in self._next():
                yield piece
                self._fresh = piece.kind in ("open", "close", "or", "field", "not")

    def _next(self) -> Iterator[Piece]:
        character = self._text[self._at]
        if character in "()":
            self._at += 1
            yield Piece("open" if character == "(" else "close", character)
        elif character == "|":
            while self._text[self._at : self._at + 1] == "|":
                self._at += 1
            yield Piece("or", "|")
        elif self._at in self._pairs:
            yield self._phrase()
        elif character == "-" and self._fresh and self._excludes():
            self._at += 1
            yield Piece("not", "-")
        elif character == "=" and self._fresh and self._sought_after():
            self._at += 1
            yield Piece("exact", "=")
        else:
            yield from self._word()

    def _excludes(self) -> bool:
        before, after = self._text[self._at - 1 : self._at], self._text[self._at + 1 : self._at + 2]
        return (not before or before.isspace() or before in "(|") and not (not after or after.isspace() or after == "-")

    def _sought_after(self) -> bool:
        after = self._at + 1
        return after in self._pairs or (after < len(self._text) and is_word_character(self._text[after]))

    def _phrase(self) -> Piece:
        start, end = self._at, self._pairs[self._at]
        self._at = end + 1
        slop = _SLOP.match(self._text, self._at)
        number = 0
        if slop:
            self._at = slop.end()
            number = int(slop.group(1) or 1)
        return Piece("phrase", self._text[start + 1 : end], number)

    def _word(self) -> Iterator[Piece]:
        field = _FIELD.match(self._text, self._at)
        if field and field.end() < len(self._text):
            self._at = field.end()
            spaced = bool(field.group(2) or field.group(3))
            yield Piece("field", field.group().strip(), spaced=spaced, name=field.group(1).lower())
            return
        end = self._at + 1
        while end < len(self._text) and end not in self._pairs and not self._ends(end):
            end += 1
        text = self._text[self._at : end]
        unknown = _UNKNOWN_FIELD.match(self._text, self._at)
        if unknown and unknown.end() <= end and unknown.group(1).lower() not in _SCHEMES:
            self._at = unknown.end()
            yield Piece("word", unknown.group(1), name=unknown.group(1))
            return
        self._at = end
        near = _NEAR.fullmatch(text)
        if near:
            yield Piece("near", text, min(int(near.group(1) or NEAR_WORDS), MOST_NEAR_WORDS))
        else:
            yield Piece(OPERATORS.get(text, "word"), text)

    def _ends(self, at: int) -> bool:
        return self._text[at].isspace() or self._text[at] in "()|"
