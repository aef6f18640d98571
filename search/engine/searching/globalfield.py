"""One field over all segments of a snapshot: terms to global document numbers, frequencies and
lengths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engine.searching.hits import Hits, positions_in
from search.engine.searching.scoring import Bm25, bm25, length_norms, whoosh_idf
from search.engine.searching.termruns import union
from search.engine.searching.union import TermPostings
from search.engine.storage.arrays import Docs, Scores
from search.engine.storage.documents import DocumentArrays
from search.engine.storage.postings import FieldPart


class GlobalField:
    """Reads one field across segments. Immutable but for values computed once; shared between
    threads.

    Args:
        name: of the field.
        scorable: whether lengths count, as the schema says.
        parts: its postings by segment.
        documents: (base, per-document arrays) of every segment.
        doc_count: documents in the snapshot, deleted ones included.
        parameters: of BM25.
    """

    def __init__(
        self,
        name: str,
        scorable: bool,
        parts: Sequence[FieldPart],
        documents: Sequence[tuple[int, DocumentArrays]],
        doc_count: int,
        parameters: Bm25,
    ) -> None:
        self.name = name
        self.scorable = scorable
        self.parts = list(parts)
        self._documents = documents
        self.doc_count = doc_count
        self._parameters = parameters
        self.total_length = sum(arrays.total_length(name) for _, arrays in documents)
        self._norms: Scores | None = None
        self._lengths: npt.NDArray[Any] | None = None

    def lengths(self) -> npt.NDArray[Any]:
        """(documents) terms of the field in each."""
        if self._lengths is None:
            pieces = [arrays.lengths(self.name) for _, arrays in self._documents]
            filled = [
                np.zeros(arrays.doc_count, dtype=np.uint8) if piece is None else piece
                for piece, (_, arrays) in zip(pieces, self._documents, strict=True)
            ]
            self._lengths = filled[0] if len(filled) == 1 else np.concatenate(filled)
        return self._lengths

    def norms(self) -> Scores:
        """(documents) BM25's length part, computed once a snapshot."""
        if self._norms is None:
            average = self.total_length / (self.doc_count or 1)
            k1, b = self._parameters.k1_of(self.name), self._parameters.b_of(self.name)
            self._norms = length_norms(self.lengths(), average, k1, b)
        return self._norms

    def prepare(self) -> None:
        """Compute what is computed once a snapshot."""
        if self.scorable:
            self.norms()
        for part in self.parts:
            part.arrays.prepare()

    def numbers(self, term: bytes) -> list[tuple[FieldPart, int]]:
        """(part, number of the term in it) for each segment that has it."""
        return [(part, number) for part in self.parts if (number := part.arrays.find(term)) >= 0]

    def doc_frequency(self, term: bytes) -> int:
        """Documents with the term, deleted ones included."""
        extents = [part.arrays.extent(number) for part, number in self.numbers(term)]
        return sum(stop - start for start, stop in extents)

    def doc_frequencies(self, prefix: bytes) -> dict[bytes, int]:
        """Documents with each term that starts with ``prefix``, deleted ones included."""
        found: dict[bytes, int] = {}
        for part in self.parts:
            for number, term in part.arrays.starting_with(prefix):
                start, stop = part.arrays.extent(number)
                found[term] = found.get(term, 0) + stop - start
        return found

    def postings(self, found: Sequence[tuple[FieldPart, int]]) -> tuple[Docs, npt.NDArray[Any] | None]:
        """Global documents of one term and its weights (None where all are 1)."""
        docs: list[Docs] = []
        weights: list[npt.NDArray[Any]] = []
        weighted = False
        for part, number in found:
            start, stop = part.arrays.extent(number)
            local = part.arrays.docs(start, stop)
            docs.append(local + np.int32(part.base) if part.base else local)
            values = part.arrays.weights(start, stop)
            weighted = weighted or values is not None
            weights.append(np.ones(stop - start, dtype=np.uint8) if values is None else values)
        if len(docs) == 1:
            return docs[0], weights[0] if weighted else None
        return np.concatenate(docs), np.concatenate(weights) if weighted else None

    def term_hits(self, term: bytes, scored: bool, boost: float = 1.0) -> Hits | None:
        """Documents with a term, or None where no segment has it."""
        found = self.numbers(term)
        if not found:
            return None
        docs, weights = self.postings(found)
        if not scored:
            return Hits(self.doc_count, docs)
        size = self.doc_count

        def score(subset: Docs) -> Scores:
            if weights is None:
                frequencies = np.ones(len(subset), dtype=np.float32)
            elif len(subset) == len(docs):
                frequencies = weights.astype(np.float32)
            else:
                frequencies = weights.take(positions_in(docs, subset, size)).astype(np.float32)
            if not self.scorable:
                return frequencies * np.float32(boost)
            factor = whoosh_idf(size, len(docs)) * (self._parameters.k1_of(self.name) + 1) * boost
            return bm25(frequencies, self.norms().take(subset), factor)

        return Hits(size, docs, score=score)

    def scored_postings(self, term: bytes, boost: float) -> TermPostings | None:
        """A term with all its score needs, or None where no segment has it."""
        found = self.numbers(term)
        if not found:
            return None
        docs, weights = self.postings(found)
        if not self.scorable:
            return TermPostings(docs, weights, boost, None)
        factor = whoosh_idf(self.doc_count, len(docs)) * (self._parameters.k1_of(self.name) + 1) * boost
        return TermPostings(docs, weights, factor, self.norms())

    def every(self) -> Hits:
        """Documents with anything in the field."""
        if self.scorable and self.total_length:
            return Hits(self.doc_count, mask=self.lengths() > 0)
        return union([(part, 0, part.arrays.term_count) for part in self.parts], self.doc_count)
