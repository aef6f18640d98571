"""Postings of one field of several segments into one: moved a stretch of terms at a time, so that
memory doesn't grow with them.

See docs/engine.md, "Merging".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engine.storage.arrays import STRETCH, Docs, Ints, Mask, narrowest, ragged, starts_of, stretches
from search.engine.storage.container import ContainerWriter
from search.engine.storage.postings import FIELD_GAP, PAGE, FieldArrays, place_documents

# Terms of each dictionary that are merged together.
TERMS_AT_ONCE = 1 << 14
_BY_OCCURRENCE = ("startchars", "endchars", "boosts")


@dataclass(frozen=True, slots=True)
class MergedFrom:
    """A field of one segment to merge.

    Attributes:
        arrays: its postings.
        live: (documents) those that stay, or None for all.
        renumber: (documents) their new numbers; ascending, and above those of the segments before.
    """

    arrays: FieldArrays
    live: Mask | None
    renumber: Docs

    def staying(self, docs: Docs) -> Mask | None:
        """(postings) whether each stays, None for all."""
        return None if self.live is None else self.live.take(docs)

    def freqs(self, start: int, stop: int) -> Ints:
        """(postings) occurrences of each."""
        stored = self.arrays.freqs(start, stop)
        return np.ones(stop - start, dtype=np.uint8) if stored is None else stored

    def occurrences(self, first: int, last: int) -> tuple[int, int]:
        """Where the occurrences of terms ``first`` to ``last`` (exclusive) are; nowhere in a field
        without positions."""
        if self.arrays.positions_kind == "none":
            return 0, 0
        return self.arrays.occurrence_start(first), self.arrays.occurrence_start(last)

    def work(self) -> npt.NDArray[np.int64]:
        """(terms) postings or occurrences to go through, those that go included."""
        arrays = self.arrays
        return np.diff(
            arrays.posting_starts(0, arrays.term_count)
            if arrays.positions_kind == "none"
            else arrays.occurrence_starts()
        )


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """The merged dictionary.

    Attributes:
        terms: one after another, each with a newline behind it.
        ends: (terms + 1) where each begins in it, and the end.
        starts: (terms + 1) where the postings of each will begin.
        numbers: for each source (its terms) number in the merged dictionary.
        counts: for each source (its terms) postings that stay.
        work: (terms) what there is to go through up to each, postings or occurrences of all
            sources.
    """

    terms: bytes
    ends: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    work: npt.NDArray[np.int64]
    numbers: list[npt.NDArray[np.int32]]
    counts: list[Ints]


@dataclass(frozen=True, slots=True)
class _Moved:
    """Postings of one source for some terms, and where they go among those of all sources for these
    terms.

    Attributes:
        source: where they come from.
        postings: (first, last exclusive) of the source's postings.
        occurrences: (first, last exclusive) of the source's occurrences.
        docs: (postings) numbers in the source.
        kept: (postings) whether each stays, None for all.
        places: (postings that stay) where each goes.
    """

    source: MergedFrom
    postings: tuple[int, int]
    occurrences: tuple[int, int]
    docs: Docs
    kept: Mask | None
    places: npt.NDArray[np.int64]

    def of_those_kept(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Those of (postings) values whose posting stays."""
        return values if self.kept is None else values.compress(self.kept)


def merge_field(
    out: ContainerWriter, prefix: str, sources: Sequence[MergedFrom], doc_count: int
) -> dict[str, Any] | None:
    """Write the postings that stay; returns the field's entry of the directory, None where none
    stays.

    Args:
        out: the file to write to.
        prefix: of the names of its sections.
        sources: in order of their documents.
        doc_count: documents of the merged segment.
    """
    dictionary = _dictionary(sources)
    total = int(dictionary.starts[-1])
    if not total:
        return None
    out.add_bytes(f"{prefix}.terms", dictionary.terms)
    out.add(f"{prefix}.ends", narrowest(dictionary.ends))
    out.add(f"{prefix}.starts", narrowest(dictionary.starts))
    postings = _PostingsMerger(out, prefix, sources, total)
    occurrences = _OccurrencesMerger(out, prefix, sources, doc_count) if _has_positions(sources) else None
    values: list[bytes] = []
    occurrence_starts = []
    for first, last in stretches(dictionary.work, STRETCH):
        for moved, starts in _parts(sources, dictionary, first, last):
            docs, freqs = postings.add(moved, int(starts[-1]))
            if occurrences is not None:
                occurrence_starts.append(occurrences.add(moved, docs, freqs, starts))
            if sources[0].arrays.has_part("values"):
                values += _values(moved, int(starts[-1]))
    entry: dict[str, Any] = {"positions": "none"}
    if occurrences is not None:
        entry["positions"] = occurrences.kind
        out.add(f"{prefix}.occurrences", narrowest(np.append(np.concatenate(occurrence_starts), occurrences.total)))
    if values:
        out.add_bytes(f"{prefix}.values", b"".join(values))
        out.add(f"{prefix}.valueends", narrowest(starts_of(np.fromiter(map(len, values), np.int64, len(values)))))
    return entry


def _has_positions(sources: Sequence[MergedFrom]) -> bool:
    return sources[0].arrays.positions_kind != "none"


def _dictionary(sources: Sequence[MergedFrom]) -> _Dictionary:
    """Merge the dictionaries, a range of each at a time; terms none of whose postings stay are left
    out."""
    fields = [source.arrays for source in sources]
    counts = [_live_counts(source) for source in sources]
    numbers = [np.empty(field.term_count, dtype=np.int32) for field in fields]
    work = [source.work() for source in sources]
    # Cut where a dictionary has another so many terms: no range has more than that of any.
    bounds = sorted({field.term(n) for field in fields for n in range(TERMS_AT_ONCE, field.term_count, TERMS_AT_ONCE)})
    cuts = [[0, *map(field.bisect, bounds), field.term_count] for field in fields]
    blobs, lengths, sums, works = [], [], [], []
    before = 0
    for its_cuts in pairwise(zip(*cuts, strict=True)):
        ranges = list(zip(*its_cuts, strict=True))
        parts = [field.terms(first, last) for field, (first, last) in zip(fields, ranges, strict=True)]
        terms = sorted(set().union(*parts))
        number = {term: place for place, term in enumerate(terms)}
        total = np.zeros(len(terms), dtype=np.int64)
        for its_numbers, its_counts, part, (first, last) in zip(numbers, counts, parts, ranges, strict=True):
            its_numbers[first:last] = np.fromiter(map(number.__getitem__, part), np.int32, len(part))
            total[its_numbers[first:last]] += its_counts[first:last]
        present = total > 0
        # A term that goes takes the number of the one before, where its postings, all of deleted documents, do no harm.
        renumber = np.cumsum(present) - 1 + before
        its_work = np.zeros(len(terms), dtype=np.int64)
        for its_numbers, each, (first, last) in zip(numbers, work, ranges, strict=True):
            its_work[its_numbers[first:last]] += each[first:last]
            its_numbers[first:last] = renumber.take(its_numbers[first:last])
        staying = [term for term, there in zip(terms, present.tolist(), strict=True) if there]
        blobs.append(b"".join([piece for term in staying for piece in (term, b"\n")]))
        lengths.append(np.fromiter(map(len, staying), np.int64, len(staying)) + 1)
        sums.append(total.compress(present))
        if staying:
            works.append(np.bincount(np.maximum(renumber - before, 0), its_work, len(staying)))
        before += len(staying)
    return _Dictionary(
        b"".join(blobs),
        starts_of(np.concatenate(lengths)),
        starts_of(np.concatenate(sums)),
        np.cumsum(np.concatenate([np.zeros(0), *works])).astype(np.int64),
        numbers,
        counts,
    )


def _live_counts(source: MergedFrom) -> Ints:
    """(terms) postings that stay."""
    arrays = source.arrays
    starts = arrays.posting_starts(0, arrays.term_count)
    if source.live is None:
        return narrowest(np.diff(starts))
    counts = np.zeros(arrays.term_count, dtype=np.int64)
    for first, last in stretches(starts[1:], STRETCH):
        kept = source.live.take(arrays.docs(int(starts[first]), int(starts[last])))
        owners = np.repeat(np.arange(last - first), np.diff(starts[first : last + 1]))
        counts[first:last] = np.bincount(owners.compress(kept), minlength=last - first)
    return narrowest(counts)


def _parts(
    sources: Sequence[MergedFrom], dictionary: _Dictionary, first: int, last: int
) -> Iterator[tuple[list[_Moved], npt.NDArray[np.int64]]]:
    """What is merged at once of the merged terms ``first`` to ``last`` (exclusive): all of them, or
    some of one term.

    With it (terms + 1) where the postings of each term that begins there will begin, counted from
    the first.
    """
    starts = dictionary.starts[first : last + 1] - dictionary.starts[first]
    if last - first > 1 or dictionary.work[first] - (dictionary.work[first - 1] if first else 0) <= STRETCH:
        yield list(_moved(sources, dictionary, first, last, starts)), starts
        return
    # The postings of a term are those of the sources one after another.
    begun = 0
    for whole in _moved(sources, dictionary, first, last, starts):
        for some in _cut(whole):
            yield [some], np.array((0, len(some.places)), dtype=np.int64)[begun:]
            begun = 1


def _moved(
    sources: Sequence[MergedFrom], dictionary: _Dictionary, first: int, last: int, starts: npt.NDArray[np.int64]
) -> Iterator[_Moved]:
    """Of each source, the postings of the merged terms ``first`` to ``last`` (exclusive)."""
    following = starts[:-1].copy()
    for source, numbers, counts in zip(sources, dictionary.numbers, dictionary.counts, strict=True):
        low, high = np.searchsorted(numbers, np.array((first, last), dtype=numbers.dtype)).tolist()
        if low == high:
            continue
        present = counts[low:high] > 0
        its_counts = np.zeros(last - first, dtype=np.int64)
        its_counts[numbers[low:high].compress(present) - first] = counts[low:high].compress(present)
        start, stop = source.arrays.extent(low, high)
        docs = source.arrays.docs(start, stop)
        places = ragged(following, its_counts)
        yield _Moved(source, (start, stop), source.occurrences(low, high), docs, source.staying(docs), places)
        following += its_counts


def _cut(whole: _Moved) -> Iterator[_Moved]:
    """The postings of one term in pieces, each counted from its own first; those of which nothing
    stays are left out."""
    source, occurrence = whole.source, whole.occurrences[0]
    for begin in range(*whole.postings, STRETCH):
        freqs = source.freqs(begin, min(begin + STRETCH, whole.postings[1]))
        ends = np.cumsum(freqs, dtype=np.int64)
        for first, last in stretches(ends, STRETCH):
            docs = source.arrays.docs(begin + first, begin + last)
            kept = source.staying(docs)
            count = len(docs) if kept is None else int(np.count_nonzero(kept))
            following = occurrence + int(ends[last - 1]) - (int(ends[first - 1]) if first else 0)
            if count:
                postings = begin + first, begin + last
                yield _Moved(source, postings, (occurrence, following), docs, kept, np.arange(count))
            occurrence = following


class _PostingsMerger:
    """Writes documents, frequencies and weights."""

    def __init__(self, out: ContainerWriter, prefix: str, sources: Sequence[MergedFrom], total: int) -> None:
        self._docs = out.reserve(f"{prefix}.docs", np.int32, total)
        freqs = [source.arrays.freqs(0, 0) for source in sources]
        types = [its.dtype for its in freqs if its is not None]
        self._freqs = out.reserve(f"{prefix}.freqs", max(types), total) if types else None
        weighted = any(source.arrays.has_weights for source in sources)
        self._weights = out.reserve(f"{prefix}.weights", np.float32, total) if weighted else None

    def add(self, moved: Sequence[_Moved], count: int) -> tuple[Docs, Ints]:
        """Write some terms' postings; returns their documents and frequencies."""
        docs = np.empty(count, dtype=np.int32)
        freqs = np.empty(count, dtype=np.int64)
        weights = np.empty(count, dtype=np.float32)
        for its in moved:
            docs[its.places] = its.source.renumber.take(its.of_those_kept(its.docs))
            freqs[its.places] = its.of_those_kept(its.source.freqs(*its.postings))
            if self._weights is not None:
                stored = its.source.arrays.weights(*its.postings)
                weights[its.places] = 1 if stored is None else its.of_those_kept(stored)
        self._docs.append(docs)
        if self._freqs is not None:
            self._freqs.append(freqs)
        if self._weights is not None:
            self._weights.append(weights)
        return docs, freqs


class _OccurrencesMerger:
    """Writes positions, characters and boosts.

    Attributes:
        kind: how positions are kept, as in :class:`FieldArrays`.
        total: occurrences of all postings.
    """

    def __init__(self, out: ContainerWriter, prefix: str, sources: Sequence[MergedFrom], doc_count: int) -> None:
        spans, self.total = _spans(sources, doc_count)
        self.kind = "plain" if spans.max() > PAGE else "paged"
        self._lows: npt.NDArray[np.uint16] | None = None
        self._written = 0
        if self.kind == "paged":
            bases = place_documents(spans)
            out.add(f"{prefix}.bases", narrowest(bases))
            self._lows = (bases & (PAGE - 1)).astype(np.uint16)
            self._positions = out.reserve(f"{prefix}.tokens", np.uint16, self.total)
        else:
            dtype = narrowest(spans).dtype
            self._positions = out.reserve(f"{prefix}.positions", dtype, self.total)
        self._others = {
            name: out.reserve(
                f"{prefix}.{name}", max(source.arrays.part(name, 0, 0).dtype for source in sources), self.total
            )
            for name in _BY_OCCURRENCE
            if sources[0].arrays.has_part(name)
        }

    def add(
        self, moved: Sequence[_Moved], docs: Docs, freqs: Ints, term_starts: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """Write some terms' occurrences; returns where those of each term begin.

        Args:
            moved: by source.
            docs: (postings) their new numbers.
            freqs: (postings) occurrences of each.
            term_starts: (terms + 1) where the postings of each term that begins here begin, and
                their end.
        """
        starts = starts_of(freqs)
        merged = {
            name: np.empty(int(starts[-1]), dtype=np.float32 if name == "boosts" else np.int64) for name in self._others
        }
        positions = np.empty(int(starts[-1]), dtype=np.int64)
        for its in moved:
            arrays, its_freqs = its.source.arrays, its.source.freqs(*its.postings)
            first, last = its.occurrences
            places = ragged(starts.take(its.places), its.of_those_kept(its_freqs))
            kept = None if its.kept is None else np.repeat(its.kept, its_freqs)
            found = arrays.positions(its.docs, its_freqs, first, last)
            positions[places] = found if kept is None else found.compress(kept)
            for name, values in merged.items():
                part = arrays.part(name, first, last)
                values[places] = part if kept is None else part.compress(kept)
        if self._lows is not None:
            positions += np.repeat(self._lows.take(docs), freqs)
        self._positions.append(positions)
        for name, values in merged.items():
            self._others[name].append(values)
        before, self._written = self._written, self._written + len(positions)
        return starts.take(term_starts[:-1]) + before


def _spans(sources: Sequence[MergedFrom], doc_count: int) -> tuple[npt.NDArray[np.int64], int]:
    """(documents) tokens each needs on an axis of all, and how many occurrences stay."""
    spans = np.zeros(doc_count, dtype=np.int64)
    total = 0
    for source in sources:
        arrays, start = source.arrays, 0
        for first in range(0, arrays.total_postings, STRETCH):
            last = min(first + STRETCH, arrays.total_postings)
            docs, freqs = arrays.docs(first, last), source.freqs(first, last)
            ends = np.cumsum(freqs, dtype=np.int64)
            stop = start + int(ends[-1])
            needed = arrays.last_positions(docs, ends, start, stop) + 1 + FIELD_GAP
            if (kept := source.staying(docs)) is not None:
                docs, needed, freqs = docs.compress(kept), needed.compress(kept), freqs.compress(kept)
            np.maximum.at(spans, source.renumber.take(docs), needed)
            total += int(freqs.sum(dtype=np.int64))
            start = stop
    return spans, total


def _values(moved: Sequence[_Moved], count: int) -> list[bytes]:
    """Opaque values of some terms' postings at their new places."""
    merged = [b""] * count
    for its in moved:
        first, last = its.postings
        ends = its.source.arrays.part("valueends", first, last + 1).tolist()
        data = its.source.arrays.part("values", ends[0], ends[-1]).tobytes()
        values = [data[start - ends[0] : stop - ends[0]] for start, stop in pairwise(ends)]
        if its.kept is not None:
            values = [value for value, stays in zip(values, its.kept.tolist(), strict=True) if stays]
        for place, value in zip(its.places.tolist(), values, strict=True):
            merged[place] = value
    return merged
