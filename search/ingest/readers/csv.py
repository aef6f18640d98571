"""Tables with a row of names: comma, semicolon, tab or bar between cells, one article a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from search.exceptions import ReadError
from search.ingest.files.opening import ByteStream, OpenedFile, translated_errors
from search.ingest.limits import MAX_ROW_BYTES, TABLE_HEAD_BYTES, TABLE_HEAD_LINES
from search.ingest.readers.fields import columns_of, stated_as
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import KEYS, Gaps, checked_record
from search.ingest.readers.rows import Row, Rows, read_rows
from search.ingest.records import Failure, Record, Source

_DELIMITERS = (",", ";", "\t", "|")
_MAX_SHOWN = 8


class TableDialect(csv.excel):
    """Cells in double quotes, those inside doubled or after a backslash."""

    strict = False


@dataclass(frozen=True, slots=True)
class _Table:
    """How a table is written: its dialect, the names of its columns, and how many lines stand
    before its first row."""

    dialect: type[csv.Dialect]
    header: list[str]
    lines: int


def read_csv(opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes) -> Iterator[Record | Failure]:
    """Records and failures in the order of the rows. A row's line is the one it starts on.

    A quote that nothing closes costs its own row only: what follows is read again.
    """
    csv.field_size_limit(MAX_ROW_BYTES + 1)
    number = 0
    try:
        with translated_errors():
            head = _head(opened.stream)
            table = _table(head)
            columns = columns_of(table.header)
            _note_others(table.header, columns, notes, source)
            for item in read_rows(Rows(head, opened.stream), table.dialect, len(table.header), table.lines):
                number = item.first_line
                yield _record(item, columns, table.header, source, gaps, notes)
    except ReadError as error:
        yield Failure(source.name, error.line or number + 1, error.reason)


def _head(stream: ByteStream) -> list[str]:
    """The first lines, by which the dialect is told."""
    lines: list[str] = []
    size = 0
    while len(lines) < TABLE_HEAD_LINES and size < TABLE_HEAD_BYTES and (line := stream.readline(TABLE_HEAD_BYTES)):
        size += len(line)
        lines.append(line.decode("utf-8", "replace"))
    return lines


def _table(head: list[str]) -> _Table:
    """The dialect under which the first row names the most fields.

    Raises:
        ReadError: no column is named as a title or a text.
    """
    start = 0
    if head and head[0].lower().startswith("sep=") and len(head[0].strip()) == 5:
        # A line for spreadsheets, which states the delimiter.
        start = 1
    while start < len(head) and not head[start].strip():
        start += 1
    best: tuple[int, int, str, list[str], int] | None = None
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO("".join(head[start:]), newline=""), _dialect(delimiter, escaped=False))
        header = [name.strip() for name in next(reader, [])]
        known = columns_of(header)
        score = (len(known), len(header))
        if ("title" in known or "text" in known) and (best is None or score > best[:2]):
            best = (*score, delimiter, header, reader.line_num)
    if best is None:
        first = ", ".join(
            repr(name.strip()[:40]) for name in (head[start] if start < len(head) else "").split(",")[:_MAX_SHOWN]
        )
        raise ReadError(
            f"no column is named as a title or a text (the first row is {first}). "
            "Remedy: put a row of names first, such as title, text, outlet, author, published, url",
            start + 1,
        )
    _, _, delimiter, header, lines = best
    return _Table(_dialect(delimiter, escaped=_is_escaped(head, delimiter)), header, start + lines)


def _is_escaped(head: list[str], delimiter: str) -> bool:
    r"""Whether quotes in cells are written ``\"``, as databases export them, rather than
    doubled."""
    text = "".join(head)
    # A backslash before the quote that closes a cell is a backslash.
    inside = text.replace(f'\\"{delimiter}', "").replace('\\"\r', "").replace('\\"\n', "")
    return '\\"' in inside and '""' not in text.replace(f'{delimiter}""', delimiter)


def _dialect(delimiter: str, *, escaped: bool) -> type[csv.Dialect]:
    options = {"delimiter": delimiter, "escapechar": "\\" if escaped else None, "doublequote": not escaped}
    return type("Dialect", (TableDialect,), options)


def _note_others(header: list[str], columns: dict[str, list[int]], notes: Notes, source: Source) -> None:
    taken = {index for field, places in columns.items() if field in KEYS for index in places}
    for index, name in enumerate(header):
        if index not in taken and name:
            notes.unknown_key(" ".join(name.split()), f"{source.name}:1")


def _record(
    item: Row, columns: dict[str, list[int]], header: list[str], source: Source, gaps: Gaps, notes: Notes
) -> Record | Failure:
    if item.trouble:
        return Failure(source.name, item.first_line, item.trouble)
    cells = item.cells
    if len(cells) > len(header) and not any(cell.strip() for cell in cells[len(header) :]):
        cells = cells[: len(header)]
    if len(cells) != len(header):
        reason = f"the row has {len(cells)} cells, the header has {len(header)}"
        return Failure(source.name, item.first_line, reason)
    values = {}
    for field, places in columns.items():
        if field in KEYS:
            stated = (stated_as(field, cells[index]) for index in places)
            values[field] = next((text for text in stated if text.strip()), "")
    try:
        return checked_record(values, item.first_line, source, gaps, notes, last=item.last_line)
    except ReadError as error:
        return Failure(source.name, item.first_line, error.reason)
