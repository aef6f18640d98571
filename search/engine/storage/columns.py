"""Columns of a segment: what one document holds of a facet or a sort key, as arrays.

Four kinds are stored: ``codes`` (one string a document), ``multi`` (several strings), ``ints`` (one
integer or none) and ``blob`` (any other column type of Whoosh, in its own bytes). See
docs/engine.md, "Columns".
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import columns as whoosh_columns
from whoosh.filedb.structfile import BufferFile, StructFile

from search.engine.errors import CorruptFileError
from search.engine.storage.arrays import narrowest, starts_of
from search.engine.storage.container import Container, ContainerWriter

MISSING_INT64 = int(np.iinfo(np.int64).min)
MISSING_INT32 = int(np.iinfo(np.int32).min)


class CodeColumn(whoosh_columns.Column):  # type: ignore[misc]
    """Column type for one string a document (b"" where it has none)."""

    kind = "codes"
    reversible = True
    _default = b""

    def default_value(self, reverse: bool = False) -> Any:
        """What a document without a value sorts as."""
        return Opposite(self._default) if reverse else self._default


class MultiCodeColumn(whoosh_columns.Column):  # type: ignore[misc]
    """Column type for several strings a document: values are tuples of bytes."""

    # Whoosh's ``stores_lists`` stays False: for several groups a document Whoosh then reads the postings, which also know those without.
    kind = "multi"
    _default: tuple[bytes, ...] = ()


class IntColumn(whoosh_columns.Column):  # type: ignore[misc]
    """Column type for one signed 64-bit integer a document, or none.

    To Whoosh none is infinity, forwards and backwards, so that it is sorted last; ``IntField``
    translates it to None.
    """

    kind = "ints"
    reversible = True
    _default = math.inf


def column_kind(column: Any) -> str:
    """The stored kind for a Whoosh column type."""
    kind = getattr(column, "kind", None)
    if isinstance(kind, str):
        return kind
    if isinstance(column, whoosh_columns.VarBytesColumn | whoosh_columns.RefBytesColumn):
        return "codes"
    if isinstance(column, whoosh_columns.NumericColumn) and column._typecode in "bBhHiIqlL":
        return "ints"
    return "blob"


def write_values(out: ContainerWriter, prefix: str, values: Sequence[bytes]) -> None:
    """Write a sorted list of byte strings as bytes and offsets."""
    lengths = np.fromiter(map(len, values), dtype=np.int64, count=len(values))
    out.add_bytes(f"{prefix}.values", b"".join(values))
    out.add(f"{prefix}.ends", narrowest(starts_of(lengths)))


def read_values(container: Container, prefix: str) -> list[bytes]:
    """What :func:`write_values` wrote."""
    data = container.section(f"{prefix}.values").whole().tobytes()
    ends = container.section(f"{prefix}.ends").whole().tolist()
    return [data[start:stop] for start, stop in pairwise(ends)]


def code_values(values: Iterable[bytes]) -> tuple[list[bytes], npt.NDArray[np.int64]]:
    """Number byte strings: (distinct values in order, 1-based codes in input order)."""
    items = list(values)
    distinct = sorted(set(items))
    number = {value: code for code, value in enumerate(distinct, 1)}
    return distinct, np.fromiter(map(number.__getitem__, items), dtype=np.int64, count=len(items))


def write_codes(out: ContainerWriter, prefix: str, values: Sequence[bytes]) -> None:
    """One byte string a document; b"" is missing, code 0."""
    distinct, codes = code_values(values)
    if distinct and not distinct[0]:
        distinct, codes = distinct[1:], codes - 1
    write_values(out, prefix, distinct)
    out.add(f"{prefix}.codes", narrowest(codes))


def write_multi(out: ContainerWriter, prefix: str, rows: Sequence[Sequence[bytes]]) -> None:
    """Several byte strings a document; a repeated one counts once."""
    unique = [tuple(dict.fromkeys(row)) for row in rows]
    distinct, codes = code_values(value for row in unique for value in row)
    lengths = np.fromiter(map(len, unique), dtype=np.int64, count=len(unique))
    write_values(out, prefix, distinct)
    out.add(f"{prefix}.codes", narrowest(codes))
    out.add(f"{prefix}.starts", narrowest(starts_of(lengths)))


def write_facet(
    out: ContainerWriter,
    prefix: str,
    multi: bool,
    numbers: npt.NDArray[np.int32],
    lengths: npt.NDArray[np.int64],
    table: Sequence[bytes],
) -> None:
    """A facet from term numbers: (values of all documents one after another, values of each
    document, terms by number)."""
    used = np.unique(numbers)
    values = [table[number] for number in used.tolist()]
    order = sorted(range(len(values)), key=values.__getitem__)
    code = np.zeros(len(values), dtype=np.int64)
    code[order] = np.arange(1, len(order) + 1)
    codes = code.take(np.searchsorted(used, numbers)) if len(used) else np.zeros(0, dtype=np.int64)
    write_values(out, prefix, [values[place] for place in order])
    starts = starts_of(lengths)
    if multi:
        out.add(f"{prefix}.codes", narrowest(codes))
        out.add(f"{prefix}.starts", narrowest(starts))
        return
    single = np.zeros(len(lengths), dtype=np.int64)
    present = lengths > 0
    single[present] = codes.take(starts[:-1][present])
    out.add(f"{prefix}.codes", narrowest(single))


def write_ints(out: ContainerWriter, prefix: str, values: Sequence[int | None]) -> None:
    """One integer a document, or None; the smallest number of the type stands for None."""
    wide = np.fromiter(
        (MISSING_INT64 if value is None else value for value in values), dtype=np.int64, count=len(values)
    )
    out.add(f"{prefix}.ints", shrink_ints(wide))


def shrink_ints(wide: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """64-bit integers with their missing value as 32-bit ones with theirs, where all fit."""
    missing = wide == MISSING_INT64
    kept = wide[~missing]
    if kept.size and (kept.min() <= MISSING_INT32 or kept.max() > np.iinfo(np.int32).max):
        return wide
    return np.where(missing, MISSING_INT32, wide).astype(np.int32)


def write_blob(out: ContainerWriter, prefix: str, column: Any, values: dict[int, Any], doc_count: int) -> None:
    """Any other column type: let it write its own bytes."""
    buffer = io.BytesIO()
    file = StructFile(buffer)
    writer = column.writer(file)
    for docnum in sorted(values):
        writer.add(docnum, values[docnum])
    writer.finish(doc_count)
    file.flush()
    out.add_bytes(f"{prefix}.blob", buffer.getvalue())


def write_column(out: ContainerWriter, prefix: str, column: Any, values: dict[int, Any], doc_count: int) -> str:
    """Write one column from a mapping of document number to value; returns its kind."""
    kind = column_kind(column)
    default = column.default_value()
    if kind == "codes":
        write_codes(out, prefix, [values.get(doc, b"") for doc in range(doc_count)])
    elif kind == "multi":
        write_multi(out, prefix, [values.get(doc, ()) for doc in range(doc_count)])
    elif isinstance(column, IntColumn):
        every = (values.get(doc, default) for doc in range(doc_count))
        write_ints(out, prefix, [None if value == default else value for value in every])
    elif kind == "ints":
        if any(value > np.iinfo(np.int64).max for value in (*values.values(), default)):
            kind = "blob"
        else:
            write_ints(out, prefix, [values.get(doc, default) for doc in range(doc_count)])
    if kind == "blob":
        write_blob(out, prefix, column, values, doc_count)
    return kind


class ColumnData:
    """One column of one segment, arrays opened when first used."""

    __slots__ = ("_container", "_prefix", "_values", "kind")

    def __init__(self, container: Container, prefix: str, kind: str) -> None:
        if kind not in ("codes", "multi", "ints", "blob"):
            raise CorruptFileError(container.filename, f"unknown kind of column {kind!r}")
        self._container = container
        self._prefix = prefix
        self.kind = kind
        self._values: list[bytes] | None = None

    def array(self, part: str) -> npt.NDArray[Any]:
        """``codes``, ``starts`` or ``ints`` as stored."""
        return self._container.section(f"{self._prefix}.{part}").whole()

    def values(self) -> list[bytes]:
        """Distinct values in byte order; code 1 is the first."""
        if self._values is None:
            self._values = read_values(self._container, self._prefix)
        return self._values

    def blob(self) -> bytes:
        """The bytes of a column of kind ``blob``."""
        return self._container.section(f"{self._prefix}.blob").whole().tobytes()


class ArrayColumnReader(whoosh_columns.ColumnReader):  # type: ignore[misc]
    """Whoosh's view of a column: one value by document number."""

    def __init__(self, doc_count: int, get: Callable[[int], Any]) -> None:
        self._doccount = doc_count
        self._get = get

    def __getitem__(self, docnum: int) -> Any:
        return self._get(docnum)

    def __iter__(self) -> Iterator[Any]:
        return map(self._get, range(self._doccount))

    def sort_key(self, docnum: int) -> Any:
        """What Whoosh sorts by."""
        return self._get(docnum)


class Opposite:
    """Orders byte strings backwards."""

    __slots__ = ("value",)

    def __init__(self, value: bytes) -> None:
        self.value = value

    def __lt__(self, other: Opposite) -> bool:
        return other.value < self.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Opposite) and other.value == self.value

    def __hash__(self) -> int:
        return hash(self.value)


class CodeColumnReader(ArrayColumnReader):
    """Whoosh's view of one string a document."""

    def __init__(self, codes: npt.NDArray[Any], values: Sequence[bytes]) -> None:
        super().__init__(len(codes), lambda docnum: values[codes[docnum]])
        self._reversed = False

    def set_reverse(self) -> None:
        """From now on sort keys run the other way."""
        self._reversed = True

    def sort_key(self, docnum: int) -> Any:
        value = self._get(docnum)
        return Opposite(value) if self._reversed else value


class IntColumnReader(ArrayColumnReader):
    """Whoosh's view of integers."""

    def __init__(self, ints: npt.NDArray[Any]) -> None:
        missing = np.iinfo(ints.dtype).min
        super().__init__(len(ints), lambda docnum: math.inf if ints[docnum] == missing else int(ints[docnum]))
        self._reversed = False

    def set_reverse(self) -> None:
        """From now on sort keys run the other way."""
        self._reversed = True

    def sort_key(self, docnum: int) -> Any:
        value = self._get(docnum)
        return -value if self._reversed and value != math.inf else value


def column_reader(data: ColumnData, column: Any, doc_count: int) -> Any:
    """A Whoosh column reader over the arrays."""
    if data.kind == "blob":
        blob = data.blob()
        return column.reader(BufferFile(memoryview(blob)), 0, len(blob), doc_count)
    if data.kind == "ints":
        return IntColumnReader(data.array("ints"))
    codes, values = data.array("codes"), [b"", *data.values()]
    if data.kind == "codes":
        return CodeColumnReader(codes, values)
    starts = data.array("starts")
    return ArrayColumnReader(
        doc_count,
        lambda docnum: tuple(values[code] for code in codes[int(starts[docnum]) : int(starts[docnum + 1])]),
    )
