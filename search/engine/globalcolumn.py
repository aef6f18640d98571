"""Facet and sort columns over all segments of a snapshot, masks for filters, and counting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from search.engine.arrays import Docs, Ints, Mask, narrowest, ragged, starts_of
from search.engine.columns import MISSING_INT64, ColumnData
from search.engine.errors import ColumnError

# (documents in the segment, its column or None where the segment has none)
Parts = Sequence[tuple[int, ColumnData | None]]


class CodesColumn:
    """One string a document.

    Attributes:
        values: distinct values in order; code n is ``values[n - 1]``.
        codes: (documents) 0 where the document has none.
    """

    def __init__(self, values: list[str], codes: Ints) -> None:
        self.values = values
        self.codes = codes
        self._code = {value: code for code, value in enumerate(values, 1)}
        self._totals: npt.NDArray[np.int64] | None = None

    def code(self, value: str) -> int:
        """Code of a value, -1 for one no document has."""
        return self._code.get(value, -1)

    def mask(self, values: Iterable[str]) -> Mask:
        """(documents) True where the value is among those given; "" stands for none."""
        wanted = np.zeros(len(self.values) + 1, dtype=bool)
        for value in values:
            code = self._code.get(value, -1) if value else 0
            if code >= 0:
                wanted[code] = True
        return wanted.take(self.codes)

    def counts(self, docs: Docs) -> npt.NDArray[np.int64]:
        """(values + 1) documents with each code; the first counts those without a value."""
        return np.bincount(self.codes.take(docs), minlength=len(self.values) + 1)

    def totals(self) -> npt.NDArray[np.int64]:
        """:meth:`counts` of all documents, deleted ones included; computed once."""
        if self._totals is None:
            self._totals = np.bincount(self.codes, minlength=len(self.values) + 1)
        return self._totals


class MultiCodesColumn:
    """Several strings a document.

    Attributes:
        values: distinct values in order; code n is ``values[n - 1]``.
        codes: codes of all documents one after another.
        starts: (documents + 1) where each document's codes begin.
    """

    def __init__(self, values: list[str], codes: Ints, starts: Ints) -> None:
        self.values = values
        self.codes = codes
        self.starts = starts
        self._code = {value: code for code, value in enumerate(values, 1)}
        self._totals: npt.NDArray[np.int64] | None = None
        self._lengths: npt.NDArray[np.int64] | None = None

    def code(self, value: str) -> int:
        """Code of a value, -1 for one no document has."""
        return self._code.get(value, -1)

    def lengths(self) -> npt.NDArray[np.int64]:
        """(documents) number of values."""
        if self._lengths is None:
            self._lengths = np.diff(self.starts.astype(np.int64))
        return self._lengths

    def mask(self, values: Iterable[str]) -> Mask:
        """(documents) True where any value is among those given; "" stands for none at all."""
        wanted = np.zeros(len(self.values) + 1, dtype=bool)
        without = False
        for value in values:
            without = without or not value
            code = self._code.get(value, -1)
            if code >= 0:
                wanted[code] = True
        found = np.zeros(len(self.starts) - 1, dtype=bool)
        places = np.flatnonzero(wanted.take(self.codes))
        found[np.searchsorted(self.starts, places, side="right") - 1] = True
        return found | (self.lengths() == 0) if without else found

    def counts(self, docs: Docs) -> npt.NDArray[np.int64]:
        """(values + 1) documents with each code; the first counts those without a value."""
        lengths = self.lengths().take(docs)
        if len(docs) * 4 > len(self.starts):
            chosen = np.zeros(len(self.starts) - 1, dtype=bool)
            chosen[docs] = True
            codes = self.codes.compress(np.repeat(chosen, self.lengths()))
        else:
            codes = self.codes.take(ragged(self.starts.take(docs), lengths))
        counts = np.bincount(codes, minlength=len(self.values) + 1)
        counts[0] = len(docs) - np.count_nonzero(lengths)
        return counts

    def totals(self) -> npt.NDArray[np.int64]:
        """:meth:`counts` of all documents, deleted ones included; computed once."""
        if self._totals is None:
            counts = np.bincount(self.codes, minlength=len(self.values) + 1)
            counts[0] = np.count_nonzero(self.lengths() == 0)
            self._totals = counts
        return self._totals


class IntsColumn:
    """One integer a document.

    Attributes:
        ints: (documents) values; ``missing`` where the document has none.
        missing: the value that stands for none, the smallest of its type.
    """

    def __init__(self, ints: npt.NDArray[np.int32] | npt.NDArray[np.int64]) -> None:
        self.ints = ints
        self.missing = int(np.iinfo(ints.dtype).min)
        self._buckets: dict[str, CodesColumn] = {}

    def take(self, docs: Docs) -> npt.NDArray[np.int64]:
        """(n) values at documents as 64-bit integers, MISSING_INT64 for none."""
        values = self.ints.take(docs).astype(np.int64)
        values[values == self.missing] = MISSING_INT64
        return values

    def mask(self, low: int | None, high: int | None) -> Mask:
        """(documents) True where the value is between two bounds, both included; None is open. Missing never matches."""
        found = self.ints != self.missing
        if low is not None:
            found &= self.ints >= low
        if high is not None:
            found &= self.ints <= high
        return found

    def buckets(self, unit: str) -> CodesColumn:
        """Days since 1970-01-01 grouped by ``day``, ``month`` or ``year``, as a column of ISO labels.

        Raises:
            ValueError: another unit.
        """
        found = self._buckets.get(unit)
        if found is None:
            letters = {"day": "D", "month": "M", "year": "Y"}
            if unit not in letters:
                raise ValueError(f"unit {unit!r} is none of {', '.join(letters)}")
            known = self.ints != self.missing
            dates = self.ints[known].astype("datetime64[D]").astype(f"datetime64[{letters[unit]}]")
            distinct, inverse = np.unique(dates, return_inverse=True)
            codes = np.zeros(len(self.ints), dtype=np.int64)
            codes[known] = inverse + 1
            found = CodesColumn([str(date) for date in distinct], narrowest(codes))
            self._buckets[unit] = found
        return found


Column = CodesColumn | MultiCodesColumn | IntsColumn


def overlap_mask(first: IntsColumn, last: IntsColumn, low: int | None, high: int | None) -> Mask:
    """(documents) True where the period ``first`` to ``last`` shares a day with ``low`` to ``high``.

    A period whose last day is missing ends on its first; one whose first day is missing never matches.
    """
    end = np.where(last.ints == last.missing, first.ints, last.ints)
    found = first.ints != first.missing
    if high is not None:
        found &= first.ints <= high
    if low is not None:
        found &= end >= low
    return found


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
            lengths.append(np.diff(data.array("starts").astype(np.int64)))
    joined = codes[0] if len(codes) == 1 else np.concatenate(codes)
    if kind == "codes":
        return CodesColumn(values, joined)
    if len(parts) == 1 and parts[0][1] is not None:
        return MultiCodesColumn(values, joined, parts[0][1].array("starts"))
    return MultiCodesColumn(values, joined, narrowest(starts_of(np.concatenate(lengths))))


def _join_ints(parts: Parts) -> npt.NDArray[np.int32] | npt.NDArray[np.int64]:
    arrays = [np.full(count, np.iinfo(np.int32).min, np.int32) if data is None else data.array("ints") for count, data in parts]
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
