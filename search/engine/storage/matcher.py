"""An ordinary Whoosh matcher over the arrays, for every query the evaluator doesn't know and for
spans and highlights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.query.spans import Span

from search.engine.storage.arrays import starts_of
from search.engine.storage.formats import encode, format_kind
from search.engine.storage.postings import FieldArrays


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """Steps through the postings of one term of one segment."""

    def __init__(self, field: FieldArrays, number: int, format_: Any, term: tuple[str, bytes], scorer: Any) -> None:
        self._field = field
        self._number = number
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._start, stop = field.extent(number)
        self._docs = field.docs(self._start, stop)
        self._weights = field.weights(self._start, stop)
        self._i = 0
        self._starts: Any = None

    def copy(self) -> ArrayMatcher:
        other = ArrayMatcher(self._field, self._number, self.format, self._term, self.scorer)
        other._i = self._i
        return other

    def is_active(self) -> bool:
        return self._i < len(self._docs)

    def reset(self) -> None:
        self._i = 0

    def id(self) -> int:
        return int(self._docs[self._i])

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs[self._i :].tolist())

    def weight(self) -> float:
        return 1.0 if self._weights is None else float(self._weights[self._i])

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._i += 1
        return False

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._i += int(np.searchsorted(self._docs[self._i :], id))

    def supports_block_quality(self) -> bool:
        """Postings aren't in blocks; the evaluator, not skipping, makes the engine fast."""
        return False

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        while self.is_active():
            yield self.id(), self.value()
            self.next()

    def items_as(self, astype: str) -> Iterator[tuple[int, Any]]:
        while self.is_active():
            yield self.id(), self.value_as(astype)
            self.next()

    def _freq(self) -> int:
        freqs = self._field.freqs(self._start + self._i, self._start + self._i + 1)
        return 1 if freqs is None else int(freqs[0])

    def _occurrences(self) -> list[tuple[Any, ...]]:
        """(position, first character, last character, boost) of each occurrence, as far as the
        format has them."""
        field = self._field
        if self._starts is None:
            freqs = field.freqs(self._start, self._start + len(self._docs))
            counts = np.ones(len(self._docs), dtype=np.int64) if freqs is None else freqs
            self._starts = starts_of(counts) + field.occurrence_start(self._number)
        start, stop = int(self._starts[self._i]), int(self._starts[self._i + 1])
        parts = [field.positions(self._docs[self._i : self._i + 1], np.array([stop - start]), start, stop).tolist()]
        parts += [
            field.part(name, start, stop).tolist()
            for name in ("startchars", "endchars", "boosts")
            if field.has_part(name)
        ]
        return list(zip(*parts, strict=True))

    def value(self) -> bytes:
        kind = format_kind(self.format)
        if kind == "existence":
            return b""
        if kind == "frequency":
            return self._freq().to_bytes(4, "big")
        if kind == "raw":
            return self._raw_value()
        return encode(self.format, self._occurrences())

    def _raw_value(self) -> bytes:
        posting = self._start + self._i
        start, stop = self._field.part("valueends", posting, posting + 2).tolist()
        return self._field.part("values", start, stop).tobytes()

    def value_as(self, astype: str) -> Any:
        if format_kind(self.format) in ("existence", "raw"):
            return self.format.decoder(astype)(self.value())
        if astype == "frequency":
            return self._freq()
        if astype == "positions":
            return [occurrence[0] for occurrence in self._occurrences()]
        return self.format.decoder(astype)(self.value())

    def spans(self) -> list[Span]:
        if self.supports("characters"):
            return [Span(item[0], startchar=item[1], endchar=item[2]) for item in self._occurrences()]
        return super().spans()  # type: ignore[no-any-return]
