"""Columns of an index at one commit, as arrays: what filters, facets, sorting and periods are computed from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Stands for a missing day; every real ordinal is larger.
NO_DAY = 0


@dataclass(frozen=True, slots=True)
class CodeColumn:
    """A facet: distinct values and, for each document, which it has.

    `values[codes]`; document d has `codes[offsets[d]:offsets[d + 1]]`. A single-valued facet has at most one each.
    """

    values: tuple[str, ...]
    offsets: NDArray[np.int64]
    codes: NDArray[np.int32]

    def code_of(self, value: str) -> int | None:
        """The code of a value, None where no document has it."""
        try:
            return self.values.index(value)
        except ValueError:
            return None

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many values each document has."""
        return np.diff(self.offsets)


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns, aligned: row d belongs to document d. Days are proleptic ordinals, NO_DAY where there is none."""

    ids: NDArray[np.int64]
    facets: dict[str, CodeColumn]
    first_day: NDArray[np.int32]
    last_day: NDArray[np.int32]


def code_column(rows: list[tuple[str, ...]]) -> CodeColumn:
    """The column of these values, one tuple a document."""
    values = tuple(sorted({value for row in rows for value in row}))
    code = {value: number for number, value in enumerate(values)}
    lengths = np.fromiter((len(row) for row in rows), dtype=np.int64, count=len(rows))
    offsets = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    codes = np.fromiter((code[value] for row in rows for value in row), dtype=np.int32, count=int(offsets[-1]))
    return CodeColumn(values, offsets, codes)
