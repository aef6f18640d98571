"""Tables with a row of names: comma, semicolon, tab or bar between cells, one article a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from search.exceptions import ReadError
from search.ingest.files.encodings import LineDecoder
from search.ingest.files.opening import ByteStream, OpenedFile, translated_errors
from search.ingest.limits import MAX_LINES_ABOVE_TABLE, MAX_ROW_BYTES, TABLE_HEAD_BYTES, TABLE_HEAD_LINES
from search.ingest.readers.fields import Names, columns_of, joined_columns, stated_as
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import KEYS, Gaps, checked_record, nothing_fits
from search.ingest.readers.rows import Row, Rows, read_rows
from search.ingest.records import Failure, Record, Source

_DELIMITERS = (",", ";", "\t", "|")

#: Fields with the numbers of the columns that hold them.
Columns = dict[str, list[int]]


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
    #: Lines with words above the header.
    above: int = 0


def read_csv(opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes) -> Iterator[Record | Failure]:
    """Records and failures in the order of the rows. A row's line is the one it starts on.

    A quote that nothing closes costs its own row only: what follows is read again.
    """
    csv.field_size_limit(MAX_ROW_BYTES + 1)
    number = 0
    decoder = LineDecoder()
    try:
        with translated_errors():
            head = _head(opened.stream, decoder)
            table = _table(head, gaps.names)
            if table.above:
                notes.remark("lines above the header of a table, passed over", f"{source.name}:1", table.above)
            columns, joined = columns_of(table.header, gaps.names), joined_columns(table.header)
            note_other_columns(table.header, columns, notes, f"{source.name}:1")
            lines = Rows(head, opened.stream, decoder)
            for item in read_rows(lines, table.dialect, len(table.header), table.lines):
                number = item.first_line
                yield _record(item, columns, joined, table.header, source, gaps, notes)
            if not number:
                raise ReadError("the table has a header and no rows")
    except ReadError as error:
        yield Failure(source.name, error.line or number + 1, error.reason)
    if decoder.first:
        notes.encoding(f"{source.name}:{decoder.first}", decoder.encoding)


def _head(stream: ByteStream, decoder: LineDecoder) -> list[str]:
    """The first lines, by which the dialect is told."""
    lines: list[str] = []
    size = 0
    while len(lines) < TABLE_HEAD_LINES and size < TABLE_HEAD_BYTES and (line := stream.readline(TABLE_HEAD_BYTES)):
        size += len(line)
        lines.append(decoder.decode(line))
    return lines


def _table(head: list[str], names: Names) -> _Table:
    """The dialect under which the first row names the most fields, of which one is the title or the
    text.

    Where it names none, lines above the table are passed over: the header is then the first row
    that names two fields or more.

    Raises:
        ReadError: no column is named as a title or a text.
    """
    start = 0
    if head and head[0].lower().startswith("sep=") and len(head[0].strip()) == 5:
        # A line for spreadsheets, which states the delimiter.
        start = 1
    rows = [at for at in range(start, min(len(head), start + MAX_LINES_ABOVE_TABLE)) if head[at].strip()]
    for at in rows:
        found = _header(head, at, names)
        if found is not None and (at == rows[0] or found.fields > 1):
            delimiter, header = found.delimiter, found.header
            dialect = _dialect(delimiter, escaped=_is_escaped(head[at:], delimiter))
            return _Table(dialect, header, at + found.lines, at - rows[0])
    first = rows[0] if rows else start
    widest = max(
        (next(csv.reader([head[at]], _dialect(each, escaped=False)), []) for at in rows[:1] for each in _DELIMITERS),
        key=len,
        default=[],
    )
    raise ReadError(f"{nothing_fits('column', widest)}, or put a row of names first", first + 1)


@dataclass(frozen=True, slots=True)
class _Header:
    """A row of names: how many of them are of fields, and how it is written."""

    fields: int
    delimiter: str
    header: list[str]
    lines: int


def _header(head: list[str], at: int, names: Names) -> _Header | None:
    """The row that begins at a line as a header; ``None`` where it names neither title nor text."""
    best: _Header | None = None
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO("".join(head[at:]), newline=""), _dialect(delimiter, escaped=False))
        try:
            header = [name.strip() for name in next(reader, [])]
        except csv.Error:
            continue
        known = columns_of(header, names)
        if not {"title", "text"} & known.keys():
            continue
        if best is None or (len(known), len(header)) > (best.fields, len(best.header)):
            best = _Header(len(known), delimiter, header, reader.line_num)
    return best


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


def note_other_columns(header: list[str], columns: Columns, notes: Notes, place: str) -> None:
    """Say which columns of a table no field takes."""
    taken = {index for field, places in columns.items() if field in KEYS for index in places}
    for index, name in enumerate(header):
        if index not in taken and name:
            notes.unknown_key(" ".join(name.split()), place)


def values_of_cells(columns: Columns, joined: Columns, cells: list[str]) -> dict[str, str]:
    """The values of a row by field: of several columns the first that has something of it, and all
    of those that hold a part of it."""
    values = {
        field: next((text for index in places if (text := stated_as(field, cells[index])).strip()), "")
        for field, places in columns.items()
        if field in KEYS
    }
    for field, places in joined.items():
        whole = "\n".join(text for index in places if (text := stated_as(field, cells[index])).strip())
        values[field] = whole or values.get(field, "")
    return values


def _record(
    item: Row, columns: Columns, joined: Columns, header: list[str], source: Source, gaps: Gaps, notes: Notes
) -> Record | Failure:
    if item.trouble:
        return Failure(source.name, item.first_line, item.trouble)
    cells = item.cells
    if len(cells) > len(header) and not any(cell.strip() for cell in cells[len(header) :]):
        cells = cells[: len(header)]
    if len(cells) != len(header):
        reason = f"the row has {len(cells)} cells, the header has {len(header)}"
        return Failure(source.name, item.first_line, reason)
    try:
        return checked_record(
            values_of_cells(columns, joined, cells), item.first_line, source, gaps, notes, last=item.last_line
        )
    except ReadError as error:
        return Failure(source.name, item.first_line, error.reason)
