"""Postings of one field in one segment: how they are written as arrays and how they are read. See
docs/engine.md, "Postings"."""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engine.storage.arrays import STRETCH, Docs, Ints, narrowest, starts_of
from search.engine.storage.container import Container, ContainerWriter
from search.engine.storage.termshapes import TermShapes, shapes_of

PAGE = 1 << 16
# Distance between the last token of a document and the first of the next, so that no phrase crosses documents.
FIELD_GAP = 1
# Terms whose shapes are computed together, when a misspelling first asks for one of them.
SHAPES_BLOCK = 1 << 15
# Terms from one sample of the dictionary to the next.
SAMPLE_STEP = 64
# Terms whose numbers a field keeps: whoever counts a word's articles first scores them next.
NUMBERS_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """All postings of a field, ordered by term, document, position.

    Attributes:
        terms: distinct terms in byte order.
        starts: (terms + 1) where each term's postings begin.
        docs: (postings) document numbers, ascending within a term.
        freqs: (postings) occurrences, or None where all are 1.
        weights: (postings) weights, or None where they equal ``freqs``.
        positions: (occurrences) token positions, ascending within a posting, or None.
        chars: (occurrences) first and last-plus-one character of each, or None.
        boosts: (occurrences) or None.
        values: (postings) opaque bytes of a format the codec doesn't know, or None.
    """

    terms: list[bytes]
    starts: npt.NDArray[np.int64]
    docs: Docs
    freqs: Ints | None = None
    weights: npt.NDArray[np.float32] | None = None
    positions: Ints | None = None
    chars: tuple[Ints, Ints] | None = None
    boosts: npt.NDArray[np.float32] | None = None
    values: list[bytes] | None = None


def place_documents(spans: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Give each document its range of a token axis, so that none crosses a page of 65,536 tokens.

    Args:
        spans: tokens each document needs, at most 65,536.

    Returns:
        (documents) first token of each, ascending.
    """
    ends = np.cumsum(spans)
    bases = ends - spans
    first = 0
    shift = 0
    while first < len(spans):
        page_start = bases[first] + shift
        room_end = page_start + PAGE - page_start % PAGE
        last = int(np.searchsorted(ends, room_end - shift, side="right"))
        bases[first:last] += shift
        if last < len(spans):
            shift += room_end - (bases[last] + shift)
        first = max(last, first)
        if last == first and last < len(spans) and spans[last] > PAGE:
            raise ValueError("a document is longer than a page")
    return bases


def write_postings(out: ContainerWriter, prefix: str, postings: FieldPostings, doc_count: int) -> dict[str, Any]:
    """Write a field; returns its entry of the directory."""
    lengths = np.fromiter(map(len, postings.terms), dtype=np.int64, count=len(postings.terms)) + 1
    out.add_bytes(f"{prefix}.terms", b"".join([part for term in postings.terms for part in (term, b"\n")]))
    out.add(f"{prefix}.ends", narrowest(starts_of(lengths)))
    out.add(f"{prefix}.starts", narrowest(postings.starts))
    out.add(f"{prefix}.docs", postings.docs.astype(np.int32, copy=False))
    freqs = postings.freqs
    if freqs is not None:
        out.add(f"{prefix}.freqs", narrowest(freqs))
    if postings.weights is not None:
        out.add(f"{prefix}.weights", postings.weights.astype(np.float32, copy=False))
    entry: dict[str, Any] = {"positions": "none"}
    if postings.positions is not None:
        entry["positions"] = _write_positions(out, prefix, postings, doc_count)
    if postings.chars is not None:
        out.add(f"{prefix}.startchars", narrowest(postings.chars[0]))
        out.add(f"{prefix}.endchars", narrowest(postings.chars[1]))
    if postings.boosts is not None:
        out.add(f"{prefix}.boosts", postings.boosts)
    if postings.values is not None:
        out.add_bytes(f"{prefix}.values", b"".join(postings.values))
        sizes = np.fromiter(map(len, postings.values), dtype=np.int64, count=len(postings.values))
        out.add(f"{prefix}.valueends", narrowest(starts_of(sizes)))
    return entry


def _write_positions(out: ContainerWriter, prefix: str, postings: FieldPostings, doc_count: int) -> str:
    positions = postings.positions
    assert positions is not None
    starts = np.full(len(postings.starts), len(positions), dtype=np.int64)
    spans = np.zeros(doc_count, dtype=np.int64)
    for first, last, ends in _occurrence_ends(postings):
        low, high = np.searchsorted(postings.starts[:-1], (first, last))
        freqs = 1 if postings.freqs is None else postings.freqs[postings.starts[low:high]]
        starts[low:high] = ends[postings.starts[low:high] - first] - freqs
        np.maximum.at(spans, postings.docs[first:last], positions[ends - 1].astype(np.int64) + 1 + FIELD_GAP)
    out.add(f"{prefix}.occurrences", narrowest(starts))
    if spans.size and spans.max() > PAGE:
        out.add(f"{prefix}.positions", narrowest(positions))
        return "plain"
    bases = place_documents(spans)
    out.add(f"{prefix}.bases", narrowest(bases))
    lows = (bases & (PAGE - 1)).astype(np.uint16)
    tokens = np.empty(len(positions), dtype=np.uint16)
    start = 0
    for first, last, ends in _occurrence_ends(postings):
        its = slice(start, start := int(ends[-1]))
        its_lows = lows[postings.docs[first:last]]
        tokens[its] = its_lows if postings.freqs is None else np.repeat(its_lows, postings.freqs[first:last])
        tokens[its] += positions[its].astype(np.uint16)
    out.add(f"{prefix}.tokens", tokens)
    return "paged"


def _occurrence_ends(postings: FieldPostings) -> Iterator[tuple[int, int, npt.NDArray[np.int64]]]:
    """Stretches of postings (first, last exclusive), and where the occurrences of each end, counted
    over the whole field."""
    before = 0
    for first in range(0, len(postings.docs), STRETCH):
        last = min(first + STRETCH, len(postings.docs))
        if postings.freqs is None:
            ends = np.arange(first + 1, last + 1, dtype=np.int64)
        else:
            ends = np.cumsum(postings.freqs[first:last], dtype=np.int64)
            ends += before
        before = int(ends[-1])
        yield first, last, ends


class FieldArrays:
    """The postings of one field of one segment. Immutable; shared between threads."""

    def __init__(self, container: Container, prefix: str, entry: dict[str, Any], doc_count: int) -> None:
        self._container = container
        self._prefix = prefix
        self.doc_count = doc_count
        self.positions_kind: str = entry["positions"]
        self.value_kind: str = entry["format"]
        self._lock = threading.Lock()
        self._dictionary: tuple[memoryview, memoryview, memoryview] | None = None
        self._docs = container.section(f"{prefix}.docs")
        self._freqs = container.section(f"{prefix}.freqs") if f"{prefix}.freqs" in container else None
        self._weights = container.section(f"{prefix}.weights") if f"{prefix}.weights" in container else None
        self._shapes: dict[int, TermShapes] = {}
        self._pages: npt.NDArray[np.int64] | None = None
        self._samples: list[bytes] | None = None
        self._numbers: dict[bytes, int] = {}
        self.term_count = len(container.section(f"{prefix}.starts")) - 1

    def _load(self) -> tuple[memoryview, memoryview, memoryview]:
        if self._dictionary is None:
            with self._lock:
                parts = (
                    self._container.section(f"{self._prefix}.{name}").whole() for name in ("terms", "ends", "starts")
                )
                terms, ends, starts = (part.data for part in parts)
                self._dictionary = terms, ends, starts
        return self._dictionary

    def term(self, number: int) -> bytes:
        """The term with this number (0 is the first in byte order)."""
        terms, ends, _ = self._load()
        return bytes(terms[ends[number] : ends[number + 1] - 1])

    def terms(self, first: int, last: int) -> list[bytes]:
        """Terms ``first`` to ``last`` (exclusive)."""
        if first >= last:
            return []
        terms, ends, _ = self._load()
        block = bytes(terms[ends[first] : ends[last] - 1])
        found = block.split(b"\n")
        if len(found) == last - first:
            return found
        return [self.term(number) for number in range(first, last)]

    def term_bytes(self, first: int, last: int) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
        """Terms ``first`` to ``last`` one after another, each with a newline behind it, and where
        each begins (and the last ends)."""
        _, ends, _ = self._load()
        offsets = self._container.section(f"{self._prefix}.ends").slice(first, last + 1).astype(np.int64)
        data = self._container.section(f"{self._prefix}.terms").slice(ends[first], ends[last])
        return data, offsets - offsets[0]

    def term_shapes(self, block: int) -> TermShapes:
        """Shapes of the terms from number ``block * SHAPES_BLOCK``, as many as there are up to the
        next block; computed once."""
        found = self._shapes.get(block)
        if found is None:
            first = block * SHAPES_BLOCK
            found = shapes_of(*self.term_bytes(first, min(first + SHAPES_BLOCK, self.term_count)))
            self._shapes[block] = found
        return found

    def bisect(self, term: bytes) -> int:
        """Number of terms before ``term`` in byte order."""
        first = max(bisect_left(self._sampled(), term) - 1, 0) * SAMPLE_STEP
        return first + bisect_left(self.terms(first, min(first + SAMPLE_STEP, self.term_count)), term)

    def find(self, term: bytes) -> int:
        """Number of ``term``, or -1."""
        number = self._numbers.get(term)
        if number is None:
            number = self._sought(term)
            self._remember([(number, term)])
        return number

    def _remember(self, found: list[tuple[int, bytes]]) -> None:
        if len(self._numbers) > NUMBERS_REMEMBERED:
            self._numbers.clear()
        self._numbers.update((term, number) for number, term in found)

    def _sought(self, term: bytes) -> int:
        terms, ends, _ = self._load()
        samples = self._sampled()
        first = (bisect_right(samples, term) - 1) * SAMPLE_STEP
        if first < 0:
            return -1
        start = ends[first]
        block = bytes(terms[start : ends[min(first + SAMPLE_STEP, self.term_count)]])
        line = term + b"\n"
        if block.startswith(line):
            at = start
        elif (place := block.find(b"\n" + line)) >= 0:
            at = start + place + 1
        else:
            return -1
        number = bisect_left(ends, at, first, self.term_count)
        if ends[number] == at and ends[number + 1] == at + len(line):
            return number
        # What was found is part of a term with a newline in it.
        number = self.bisect(term)
        return number if number < self.term_count and self.term(number) == term else -1

    def _sampled(self) -> list[bytes]:
        """Every so-many-th term: a look-up reads one block of the dictionary instead of jumping
        through all of it."""
        if self._samples is None:
            self._samples = [self.term(number) for number in range(0, self.term_count, SAMPLE_STEP)]
        return self._samples

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """Numbers (first, last exclusive) of the terms that start with ``prefix``."""
        if not prefix:
            return 0, self.term_count
        # The next byte string that doesn't start with the prefix; 0xFF never occurs in UTF-8 but may in other fields.
        following = prefix.rstrip(b"\xff")
        if not following:
            return self.bisect(prefix), self.term_count
        return self.bisect(prefix), self.bisect(following[:-1] + bytes([following[-1] + 1]))

    def prepare(self) -> None:
        """Compute what the first look-up would wait for."""
        self._sampled()

    def starting_with(self, prefix: bytes) -> list[tuple[int, bytes]]:
        """Numbers and terms of the few terms that start with ``prefix``, quicker than by
        :meth:`prefix_range`."""
        found: list[tuple[int, bytes]] = []
        samples = self._sampled()
        sample = bisect_left(samples, prefix)
        first = max(sample - 1, 0) * SAMPLE_STEP
        if not (sample < len(samples) and samples[sample].startswith(prefix)):
            # Nearly always there is nothing, which is seen without taking the block apart.
            terms, ends, _ = self._load()
            if prefix not in bytes(terms[ends[first] : ends[min(first + SAMPLE_STEP, self.term_count)]]):
                return found
        for start in range(first, self.term_count, SAMPLE_STEP):
            block = self.terms(start, min(start + SAMPLE_STEP, self.term_count))
            for place in range(bisect_left(block, prefix), len(block)):
                if not block[place].startswith(prefix):
                    self._remember(found)
                    return found
                found.append((start + place, block[place]))
        return found

    def extent(self, first: int, last: int | None = None) -> tuple[int, int]:
        """Where the postings of a term, or of terms ``first`` to ``last`` (exclusive), are."""
        _, _, starts = self._load()
        return starts[first], starts[first + 1 if last is None else last]

    def posting_starts(self, first: int, last: int) -> npt.NDArray[np.int64]:
        """Where the postings of each of the terms begin, and the end of the last."""
        section = self._container.section(f"{self._prefix}.starts")
        return section.slice(first, last + 1).astype(np.int64)

    def docs(self, start: int, stop: int) -> Docs:
        """Document numbers of postings ``start`` to ``stop``, a view."""
        return self._docs.slice(start, stop)

    def freqs(self, start: int, stop: int) -> Ints | None:
        """Occurrences of the postings, or None where all are 1."""
        return None if self._freqs is None else self._freqs.slice(start, stop)

    def weights(self, start: int, stop: int) -> npt.NDArray[Any] | None:
        """Weights of the postings (frequencies unless boosts differ), or None where all are 1."""
        return self.freqs(start, stop) if self._weights is None else self._weights.slice(start, stop)

    @property
    def has_weights(self) -> bool:
        """Whether weights differ from frequencies."""
        return self._weights is not None

    @property
    def total_postings(self) -> int:
        """Postings of all terms."""
        return len(self._docs)

    def occurrence_start(self, number: int) -> int:
        """Where the occurrences of a term begin."""
        return int(self._container.section(f"{self._prefix}.occurrences").whole()[number])

    def occurrence_starts(self) -> npt.NDArray[np.int64]:
        """(terms + 1) where the occurrences of each term begin, and the end."""
        return self._container.section(f"{self._prefix}.occurrences").whole().astype(np.int64)

    def part(self, name: str, start: int, stop: int) -> npt.NDArray[Any]:
        """A slice of ``tokens``, ``positions``, ``startchars``, ``endchars``, ``boosts`` or
        ``valueends``."""
        return self._container.section(f"{self._prefix}.{name}").slice(start, stop)

    def has_part(self, name: str) -> bool:
        """Whether the field has that section."""
        return f"{self._prefix}.{name}" in self._container

    def bases(self) -> npt.NDArray[Any]:
        """First token of each document on the paged token axis."""
        return self._container.section(f"{self._prefix}.bases").whole()

    def page_docs(self) -> npt.NDArray[np.int64]:
        """(pages + 1) number of the first document of each page of the token axis."""
        if self._pages is None:
            bases = self.bases()
            pages = (int(bases[-1]) // PAGE if len(bases) else -1) + 1
            inner = np.searchsorted(bases, np.arange(pages, dtype=np.int64) * PAGE)
            self._pages = np.append(inner, self.doc_count)
        return self._pages

    def positions(
        self, docs: npt.NDArray[Any], freqs: npt.NDArray[Any], start: int, stop: int
    ) -> npt.NDArray[np.int64]:
        """Positions within their documents of occurrences ``start`` to ``stop``.

        Args:
            docs: (postings) documents of those occurrences.
            freqs: (postings) occurrences in each.
        """
        if self.positions_kind == "plain":
            return self.part("positions", start, stop).astype(np.int64)
        positions: npt.NDArray[np.int64] = self.part("tokens", start, stop).astype(np.int64)
        positions -= np.repeat(self._lows(docs), freqs)
        return positions

    def last_positions(
        self, docs: npt.NDArray[Any], ends: npt.NDArray[np.int64], start: int, stop: int
    ) -> npt.NDArray[np.int64]:
        """(postings) position of the last occurrence of each.

        Args:
            docs: (postings) their documents.
            ends: (postings) where the occurrences of each end, counted from ``start``.
            start: where the occurrences of the first begin.
            stop: where those of the last end.
        """
        if self.positions_kind == "plain":
            return self.part("positions", start, stop).take(ends - 1).astype(np.int64)
        return self.part("tokens", start, stop).take(ends - 1).astype(np.int64) - self._lows(docs)

    def _lows(self, docs: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """(postings) first token of each document within its page."""
        return self.bases().take(docs).astype(np.int64) & (PAGE - 1)


@dataclass(frozen=True, slots=True)
class FieldPart:
    """A field's postings in one segment and the global number of that segment's first document."""

    base: int
    arrays: FieldArrays
