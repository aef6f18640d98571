"""Field types for facets and sort keys; they are ordinary Whoosh fields with a column of arrays."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from whoosh import fields, formats
from whoosh.analysis import IDAnalyzer

from search.engine.storage.columns import CodeColumn, IntColumn, MultiCodeColumn, Opposite


class FacetField(fields.FieldType):  # type: ignore[misc]
    """One string a document, or with ``multi=True`` several: searchable as exact terms, countable
    as a facet.

    Values are a string, or for ``multi`` a list, tuple or set of strings; "" and None mean none.
    """

    def __init__(self, multi: bool = False, stored: bool = False, unique: bool = False) -> None:
        super().__init__(
            formats.Existence(),
            IDAnalyzer(),
            stored=stored,
            unique=unique,
            sortable=MultiCodeColumn() if multi else CodeColumn(),
        )
        self.multi = multi

    def texts(self, value: Any) -> list[str]:
        """The distinct strings of a value, without empty ones."""
        values: Iterable[str] = (value,) if isinstance(value, str) else value
        return [text for text in dict.fromkeys(values) if text]

    def index(self, value: Any, **kwargs: Any) -> Any:
        """One posting for each distinct value."""
        return ((text.encode(), 1, 1.0, b"") for text in self.texts(value))

    def to_column_value(self, value: Any) -> Any:
        encoded = tuple(text.encode() for text in self.texts(value))
        if self.multi:
            return encoded
        return encoded[0] if encoded else b""

    def from_column_value(self, value: Any) -> Any:
        if isinstance(value, Opposite):
            # The key of a group of a facet in reverse order.
            return value.value.decode()
        return tuple(item.decode() for item in value) if self.multi else value.decode()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FacetField) and bool(super().__eq__(other)) and other.multi == self.multi

    def __hash__(self) -> int:
        return hash((self.multi, self.stored, self.unique))


class IntField(fields.NUMERIC):  # type: ignore[misc]
    """One signed 64-bit integer a document: a day, a year, a count. Missing is missing, not a huge
    number.

    Indexed as one term (no tiers: ranges are slices of the sorted dictionary) and kept as a column.
    """

    def __init__(self, stored: bool = False, unique: bool = False) -> None:
        super().__init__(int, 64, stored=stored, unique=unique, shift_step=0, signed=True, sortable=IntColumn())

    def to_column_value(self, x: Any) -> int:
        return int(self.prepare_number(x))

    def from_column_value(self, x: Any) -> Any:
        return None if x == math.inf else x
