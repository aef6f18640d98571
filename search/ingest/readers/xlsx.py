"""Workbooks (XLSX): the sheets as tables, one article a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any

from search.exceptions import ReadError
from search.ingest.files.opening import OpenedFile, read_whole
from search.ingest.limits import MAX_DOCUMENT_BYTES, MAX_LINES_ABOVE_TABLE, MAX_TABLE_COLUMNS
from search.ingest.readers.csv import note_other_columns, values_of_cells
from search.ingest.readers.fields import columns_of, joined_columns
from search.ingest.readers.libraries import needed
from search.ingest.readers.notes import Notes
from search.ingest.readers.office_zip import checked_office_zip
from search.ingest.readers.record import Gaps, checked_record, nothing_fits
from search.ingest.records import Failure, Record, Source

ABOVE = "lines above the header of a table, passed over"


def read_xlsx(opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes) -> Iterator[Record | Failure]:
    """Records and failures, sheet by sheet; a row's line is its number in the sheet.

    The header is the first row that names a title or a text. Sheets without one are passed over and
    said; where no sheet has one the file is a failure.
    """
    try:
        data = read_whole(opened.stream, MAX_DOCUMENT_BYTES, "workbook")
        library = needed("openpyxl", "XLSX")
        book = library.load_workbook(checked_office_zip(data, "XLSX"), read_only=True, data_only=True)
    except ReadError as error:
        yield Failure(source.name, None, error.reason)
        return
    except Exception as error:  # noqa: BLE001  # the library raises whatever the XML makes it
        yield Failure(source.name, None, f"no XLSX that can be read: {str(error)[:100]}")
        return
    taken, first = 0, list[str]()
    with closing(book):
        for sheet in book.worksheets:
            try:
                rows = enumerate(_cells(sheet), 1)
                header, number, seen = _header(rows, gaps)
                first = first or seen
                if header is None:
                    notes.remark("sheets without a title or a text, passed over", f"{source.name} {sheet.title[:40]!r}")
                    continue
                taken += 1
                if number > 1:
                    notes.remark(ABOVE, f"{source.name} {sheet.title[:40]!r}", number - 1)
                yield from _records(rows, header, number, source, gaps, notes)
            except ReadError as error:
                yield Failure(source.name, None, error.reason)
            except Exception as error:  # noqa: BLE001  # as above: a sheet is read as its rows are asked for
                yield Failure(source.name, None, f"sheet {sheet.title[:40]!r} is damaged: {str(error)[:100]}")
    if not taken:
        yield Failure(source.name, 1, nothing_fits("column", first))


def _cells(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows(values_only=True, max_col=MAX_TABLE_COLUMNS):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != value.time().min else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _header(rows: Iterator[tuple[int, list[str]]], gaps: Gaps) -> tuple[list[str] | None, int, list[str]]:
    """The row of names and its number, and the first row that is not empty."""
    first: list[str] = []
    for number, cells in rows:
        known = columns_of(cells, gaps.names)
        if {"title", "text"} & known.keys() and (len(known) > 1 or not first):
            return cells, number, first or cells
        first = first or cells
        if number > MAX_LINES_ABOVE_TABLE:
            break
    return None, 0, first


def _records(
    rows: Iterator[tuple[int, list[str]]], header: list[str], above: int, source: Source, gaps: Gaps, notes: Notes
) -> Iterator[Record | Failure]:
    columns, joined = columns_of(header, gaps.names), joined_columns(header)
    is_empty = True
    note_other_columns(header, columns, notes, f"{source.name}:{above}")
    for number, cells in rows:
        if not any(cells):
            continue
        is_empty = False
        row = cells[: len(header)] + [""] * (len(header) - len(cells))
        try:
            yield checked_record(values_of_cells(columns, joined, row), number, source, gaps, notes)
        except ReadError as error:
            yield Failure(source.name, number, error.reason)
    if is_empty:
        yield Failure(source.name, above, "the table has a header and no rows")
