"""Facet and sort columns over all segments of a snapshot, masks for filters, and counting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engine.errors import ColumnError
from search.engine.searching.bitrows import LARGEST_BYTES, build_rows, count_rows, rows_bytes, words_for
from search.engine.storage.arrays import Docs, Ints, Mask, lengths_of, narrowest, ragged, starts_of
from search.engine.storage.columns import MISSING_INT64, ColumnData

# Days further apart than this are sorted instead of counted through a table: 1,400 years.
CLOSE_SPAN = 1 << 19

# (documents in the segment, its column or None where the segment has none)
Parts = Sequence[tuple[int, ColumnData | None]]


class FacetColumn:
    """What facets with one and with several strings a document have in common.

    Attributes:
        values: distinct values in order; code n is ``values[n - 1]``, code 0 stands for none.
        doc_count: documents in the snapshot.
    """

    def __init__(self, values: list[str], doc_count: int) -> None:
        self.values = values
        self.doc_count = doc_count
        self._code = {value: code for code, value in enumerate(values, 1)}
        self._totals: npt.NDArray[np.int64] | None = None
        self._rows: npt.NDArray[np.uint64] | None = None
        # Rows of the snapshot before and how many of its documents are also the first of this one.
        self._earlier: tuple[npt.NDArray[np.uint64], int] | None = None

    def inherit(self, earlier: FacetColumn, kept: int) -> None:
        """Take over what the snapshot before had computed of the documents that stay, so that a
        commit doesn't cost it anew.

        Args:
            earlier: the same column in another snapshot.
            kept: the first documents, which are the same in both.
        """
        if not kept or earlier.values != self.values:
            return
        if earlier._totals is not None:
            gone, come = (
                np.bincount(column.pairs(kept)[0], minlength=len(self.values) + 1) for column in (earlier, self)
            )
            self._totals = earlier._totals - gone + come
        if earlier._rows is not None:
            self._earlier = earlier._rows, kept
        elif earlier._earlier is not None:
            # Nobody asked for rows in between.
            self._earlier = earlier._earlier[0], min(kept, earlier._earlier[1])

    def code(self, value: str) -> int:
        """Code of a value, 0 for "", -1 for one no document has."""
        return self._code.get(value, -1) if value else 0

    def counts(self, docs: Docs) -> npt.NDArray[np.int64]:
        """(values + 1) documents with each code; the first counts those without a value."""
        raise NotImplementedError

    def pairs(self, first: int = 0) -> tuple[Ints, npt.NDArray[Any]]:
        """(code, document) of every value of every document from ``first``, with code 0 for those
        without."""
        raise NotImplementedError

    def totals(self) -> npt.NDArray[np.int64]:
        """:meth:`counts` of all documents, deleted ones included; computed once."""
        if self._totals is None:
            self._totals = np.bincount(self.pairs()[0], minlength=len(self.values) + 1)
        return self._totals

    def has_rows(self) -> bool:
        """Whether the facet is small enough for a row of bits a value."""
        return rows_bytes(len(self.values) + 1, self.doc_count) <= LARGEST_BYTES

    def rows(self) -> npt.NDArray[np.uint64]:
        """(values + 1, words) a row of bits for each code; computed once."""
        if self._rows is None:
            old, kept = self._earlier or (np.zeros((len(self.values) + 1, 0), dtype=np.uint64), 0)
            whole_words = kept // 64
            codes, docs = self.pairs(whole_words * 64)
            count = self.doc_count - whole_words * 64
            new = build_rows(codes, docs - np.int32(whole_words * 64), len(self.values) + 1, count)
            self._rows = np.concatenate((old[:, :whole_words], new), axis=1) if whole_words else new
            self._earlier = None
        return self._rows

    def rows_pay(self, doc_count: int) -> bool:
        """Whether counting this many documents is faster by rows of bits than by gathering their
        codes."""
        if not self.has_rows():
            return False
        return doc_count * self.gather_cost() > (len(self.values) + 1) * words_for(self.doc_count)

    def gather_cost(self) -> float:
        """Cost of gathering one document's codes against one 64-bit word of a row of bits,
        measured."""
        raise NotImplementedError

    def count_words(self, words: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """:meth:`counts` of the documents whose bits are set."""
        return count_rows(self.rows(), words)

    def mask(self, values: Iterable[str]) -> Mask:
        """(documents) True where any value is among those given; "" stands for none at all."""
        codes = sorted({code for value in values if (code := self.code(value)) >= 0})
        if self.has_rows():
            bits = np.bitwise_or.reduce(self.rows()[codes], axis=0)
            return np.unpackbits(bits.view(np.uint8), count=self.doc_count).view(bool)
        wanted = np.zeros(len(self.values) + 1, dtype=bool)
        wanted[codes] = True
        its_codes, docs = self.pairs()
        found = np.zeros(self.doc_count, dtype=bool)
        found[docs[wanted.take(its_codes)]] = True
        return found


class CodesColumn(FacetColumn):
    """One string a document.

    Attributes:
        codes: (documents) 0 where the document has none.
    """

    def __init__(self, values: list[str], codes: Ints) -> None:
        super().__init__(values, len(codes))
        self.codes = codes

    def pairs(self, first: int = 0) -> tuple[Ints, npt.NDArray[Any]]:
        return self.codes[first:], np.arange(first, self.doc_count, dtype=np.int32)

    def gather_cost(self) -> float:
        return 3.0

    def counts(self, docs: Docs) -> npt.NDArray[np.int64]:
        return np.bincount(self.codes.take(docs), minlength=len(self.values) + 1)


class MultiCodesColumn(FacetColumn):
    """Several strings a document.

    Attributes:
        codes: codes of all documents one after another.
        starts: (documents + 1) where each document's codes begin.
    """

    def __init__(self, values: list[str], codes: Ints, starts: Ints) -> None:
        super().__init__(values, len(starts) - 1)
        self.codes = codes
        self.starts = starts
        self._pairs: tuple[Ints, npt.NDArray[Any]] | None = None

    def pairs(self, first: int = 0) -> tuple[Ints, npt.NDArray[Any]]:
        if self._pairs is not None and not first:
            return self._pairs
        lengths = lengths_of(self.starts[first:])
        without = np.flatnonzero(lengths == 0).astype(np.int32) + np.int32(first)
        owners = np.repeat(np.arange(first, self.doc_count, dtype=np.int32), lengths)
        codes = np.concatenate((self.codes[int(self.starts[first]) :], np.zeros(len(without), dtype=self.codes.dtype)))
        pairs = codes, np.concatenate((owners, without))
        if not first and not self.has_rows():
            # Without rows every filter needs them; with rows they are needed once and would only take memory.
            self._pairs = pairs
        return pairs

    def gather_cost(self) -> float:
        return 4.0 + 4.0 * len(self.codes) / max(1, self.doc_count)

    def counts(self, docs: Docs) -> npt.NDArray[np.int64]:
        starts = self.starts.take(docs)
        lengths = (self.starts[1:].take(docs) - starts).astype(np.int64)
        counts = np.bincount(self.codes.take(ragged(starts, lengths)), minlength=len(self.values) + 1)
        counts[0] = len(docs) - np.count_nonzero(lengths)
        return counts


class IntsColumn:
    """One integer a document.

    Attributes:
        ints: (documents) values; ``missing`` where the document has none.
        missing: the value that stands for none, the smallest of its type.
    """

    def __init__(self, ints: npt.NDArray[np.int32] | npt.NDArray[np.int64]) -> None:
        self.ints = ints
        self.missing = int(np.iinfo(ints.dtype).min)

    def mask(self, low: int | None, high: int | None) -> Mask:
        """(documents) True where the value is between two bounds, both included; None is open.
        Missing never matches."""
        found: Mask = self.ints != self.missing
        if low is not None:
            found &= self.ints >= low
        if high is not None:
            found &= self.ints <= high
        return found


Column = CodesColumn | MultiCodesColumn | IntsColumn


def inherit(column: Column, earlier: Column | None, kept: int) -> None:
    """Let a column take over what the snapshot before had computed, where it had the column and of
    the same kind."""
    if not isinstance(column, IntsColumn) and isinstance(earlier, type(column)):
        column.inherit(earlier, kept)


def global_column(name: str, parts: Parts) -> Column:
    """Join a column's segments; where there is only one its arrays are used as they are.

    Raises:
        ColumnError: no segment has the column, its kinds differ, or it isn't kept as arrays.
    """
    kinds = {data.kind for _, data in parts if data is not None}
    if len(kinds) != 1:
        raise ColumnError(f"column {name!r} " + ("has several kinds" if kinds else "doesn't exist"))
    kind = kinds.pop()
    if kind == "ints":
        return IntsColumn(_join_ints(parts))
    if kind == "blob":
        raise ColumnError(f"column {name!r} is of a Whoosh type that isn't kept as arrays")
    every = sorted({value for _, data in parts if data is not None for value in data.values()})
    number = {value: code for code, value in enumerate(every, 1)}
    values = [value.decode("utf-8", "replace") for value in every]
    codes: list[Ints] = []
    lengths: list[npt.NDArray[np.int64]] = []
    for count, data in parts:
        if data is None:
            codes.append(np.zeros(0 if kind == "multi" else count, dtype=np.uint8))
            lengths.append(np.zeros(count, dtype=np.int64))
            continue
        stored = data.array("codes")
        its_values = data.values()
        if its_values != every:
            renumber = narrowest(np.array([0, *(number[value] for value in its_values)]))
            stored = renumber.take(stored)
        codes.append(stored)
        if kind == "multi":
            lengths.append(lengths_of(data.array("starts")))
    joined = codes[0] if len(codes) == 1 else np.concatenate(codes)
    if kind == "codes":
        return CodesColumn(values, joined)
    if len(parts) == 1 and parts[0][1] is not None:
        return MultiCodesColumn(values, joined, parts[0][1].array("starts"))
    return MultiCodesColumn(values, joined, narrowest(starts_of(np.concatenate(lengths))))


def _join_ints(parts: Parts) -> npt.NDArray[np.int32] | npt.NDArray[np.int64]:
    arrays = [
        np.full(count, np.iinfo(np.int32).min, np.int32) if data is None else data.array("ints")
        for count, data in parts
    ]
    if len(arrays) == 1:
        return arrays[0]
    if all(array.dtype == np.int32 for array in arrays):
        return np.concatenate(arrays)
    wide = []
    for array in arrays:
        values = array.astype(np.int64)
        values[array == np.iinfo(array.dtype).min] = MISSING_INT64
        wide.append(values)
    return np.concatenate(wide)
