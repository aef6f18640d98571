"""Rows of a table, each within bounds, and how reading goes on after one that is broken."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.ingest.files.encodings import LineDecoder
from search.ingest.files.opening import ByteStream
from search.ingest.limits import MAX_RETURNED_CHARACTERS, MAX_ROW_BYTES, MAX_ROW_RETURNS, SKIPPED_PIECE_BYTES

UNCLOSED = "a quote that nothing closes"
#: Old Macs end lines with a return alone; in a cell it makes no difference.
_LINE = re.compile(r"[^\r]*(?:\r\n?|$)")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row and its lines, 1-based and inclusive; ``trouble`` says why there are no
    cells."""

    cells: list[str]
    first_line: int
    last_line: int
    trouble: str = ""


class Rows:
    """Lines with their numbers, some of which may be given back. A line over the bound is ``None``,
    never held whole."""

    def __init__(self, head: Iterable[str], stream: ByteStream, decoder: LineDecoder | None = None) -> None:
        self._given: deque[str | None] = deque()
        self._head = deque(head)
        # The lines of what the stream takes for one, as they are asked for: there may be millions in it.
        self._parts: Iterator[str] = iter(())
        self._stream = stream
        self._decode = (decoder or LineDecoder()).decode
        self.number = 0

    def next(self) -> str | None:
        """The next line; ``""`` at the end."""
        line = self._given.popleft() if self._given else next(self._parts, None) or self._whole()
        self.number += line != ""
        return line

    def _whole(self) -> str | None:
        """The next line as the stream has it, or the first of those in it."""
        line = self._head.popleft() if self._head else None
        if line is None:
            line = self._read()
        elif not self._head and not line.endswith(("\n", "\r")):
            # The head may end inside a line.
            rest = self._read()
            line = None if rest is None or len(line) + len(rest) > MAX_ROW_BYTES else line + rest
        if line and "\r" in line.removesuffix("\n").removesuffix("\r"):
            self._parts = (part for match in _LINE.finditer(line) if (part := match.group()))
            return next(self._parts)
        return line

    def give_back(self, lines: list[str | None]) -> None:
        """Lines to be read again, in order."""
        self._given.extendleft(reversed(lines))
        self.number -= len(lines)

    def _read(self) -> str | None:
        data = self._stream.readline(MAX_ROW_BYTES + 1)
        if len(data) <= MAX_ROW_BYTES:
            return self._decode(data)
        while data and not data.endswith(b"\n"):
            data = self._stream.readline(SKIPPED_PIECE_BYTES)
        return None


def read_rows(lines: Rows, dialect: type[csv.Dialect], width: int, header_lines: int) -> Iterator[Row]:
    """All rows after the header, the broken ones with their trouble; blank lines are passed over.

    Args:
        lines: of the file from its start.
        dialect: of the table.
        width: how many cells a row has.
        header_lines: how many lines to pass over.
    """
    for _ in range(header_lines):
        lines.next()
    returns = 0
    while True:
        row, taken = _row(lines, dialect)
        if row is None:
            return
        if row.trouble == UNCLOSED and taken.can_go_back and returns < MAX_ROW_RETURNS:
            returns += 1
            # The lines that the quote swallowed are rows, unless they are the rest of a cell of many lines.
            lines.give_back(taken.lines[1:])
            _skip_to_row(lines, dialect, width)
        elif row.trouble and taken.quotes % 2:
            _skip_cell(lines)
        if row.trouble or any(cell.strip() for cell in row.cells):
            yield row


@dataclass(slots=True)
class _Taken:
    """The lines of a row, as long as they are few enough to be given back, and how many quotes they
    have."""

    lines: list[str | None]
    size: int = 0
    quotes: int = 0

    @property
    def can_go_back(self) -> bool:
        return len(self.lines) > 1 and self.size <= MAX_RETURNED_CHARACTERS

    def add(self, line: str | None) -> None:
        self.size += len(line or "")
        self.quotes += (line or "").count('"')
        if self.size <= MAX_RETURNED_CHARACTERS:
            self.lines.append(line)


def _row(lines: Rows, dialect: type[csv.Dialect]) -> tuple[Row | None, _Taken]:
    """One row and its lines."""
    taken = _Taken([])
    first = lines.number + 1
    trouble = ""

    def feed() -> Iterator[str]:
        nonlocal trouble
        while True:
            line = lines.next()
            if line == "":
                if lines.number >= first:
                    trouble = UNCLOSED
                return
            taken.add(line)
            if line is None or taken.size > MAX_ROW_BYTES:
                # A line over the bound was passed over whole, with the quotes in it.
                taken.quotes *= line is not None
                trouble = f"the row is larger than {MAX_ROW_BYTES // 1024**2} MB, or a quote is not closed"
                return
            yield line

    try:
        cells = next(csv.reader(feed(), dialect), None)
    except csv.Error as error:
        cells, trouble = [], f"not a row of a table: {error}"
    if cells is None and not trouble:
        return None, taken
    return Row([] if trouble else cells or [], first, max(first, lines.number), trouble), taken


def _skip_cell(lines: Rows) -> None:
    """Pass over the rest of a row that is too large: to the line that closes its quotes."""
    is_open = True
    while is_open and (line := lines.next()) != "":
        is_open = line is not None and line.count('"') % 2 == 0


def _skip_to_row(lines: Rows, dialect: type[csv.Dialect], width: int) -> None:
    """Pass over lines until one that is a whole row by itself."""
    while (line := lines.next()) != "":
        if line is None:
            continue
        try:
            cells = next(csv.reader([line], dialect), [])
        except csv.Error:
            continue
        if len(cells) == width and line.count('"') % 2 == 0:
            lines.give_back([line])
            return
