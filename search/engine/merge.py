"""Several segments into one by moving arrays; deleted documents are left behind. See docs/engine.md, "Merging"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engine.arrays import STRETCH, Docs, Mask, lengths_of, narrowest, ragged, starts_of, stretches
from search.engine.columns import (
    MISSING_INT64,
    ColumnData,
    IntColumn,
    column_reader,
    shrink_ints,
    write_column,
    write_values,
)
from search.engine.documents import DocumentArrays, DocumentFile
from search.engine.errors import EngineError
from search.engine.fieldwriter import PostingsFile, abandoned_on_error
from search.engine.postings import FieldArrays, FieldPostings
from search.engine.segment import DOCUMENTS_EXT, POSTINGS_EXT, ArraySegment
from search.engine.termsreader import open_fields


@dataclass(frozen=True, slots=True)
class _Source:
    """A segment to merge: its arrays, which documents stay and their new numbers."""

    documents: DocumentArrays
    fields: dict[str, FieldArrays]
    live: Mask
    renumber: Docs
    base: int


def merge_segments(storage: Any, schema: Any, segments: Sequence[ArraySegment], indexname: str) -> ArraySegment | None:
    """Write the live documents of some segments, in order, as a new segment; None where none is left.

    Fields that are no longer in the schema are left out.
    """
    sources = _sources(storage, segments)
    count = sum(int(source.live.sum()) for source in sources)
    if not count:
        return None
    merged = ArraySegment(indexname)
    merged.set_doc_count(count)
    documents, postings = DocumentFile(storage, merged, count), PostingsFile(storage, merged)
    with abandoned_on_error(documents, postings):
        _merge_documents(documents, schema, sources)
        _merge_postings(postings, schema, sources, count)
    return merged


def _merge_documents(documents: DocumentFile, schema: Any, sources: Sequence[_Source]) -> None:
    _merge_stored(documents, sources)
    for name in sorted({name for source in sources for name in source.documents.length_fields()}):
        if name in schema:
            pieces = [
                np.zeros(int(source.live.sum()), dtype=np.uint8) if lengths is None else lengths[source.live]
                for source in sources
                for lengths in (source.documents.lengths(name),)
            ]
            documents.add_lengths(name, np.concatenate(pieces))
    for name in sorted({name for source in sources for name in source.documents.column_names()}):
        if name in schema and schema[name].column_type is not None:
            _merge_column(documents, name, schema[name].column_type, sources)
    documents.close()


def _merge_postings(postings: PostingsFile, schema: Any, sources: Sequence[_Source], count: int) -> None:
    for name in sorted({name for source in sources for name in source.fields}):
        if name in schema:
            kinds = {source.fields[name].value_kind for source in sources if name in source.fields}
            if len(kinds) > 1:
                raise EngineError(f"field {name!r} was written in several formats; rebuild the index")
            field = _merge_field([(source, source.fields[name]) for source in sources if name in source.fields])
            if field.terms:
                postings.add(name, kinds.pop(), field, count)
    postings.close()


def _sources(storage: Any, segments: Sequence[ArraySegment]) -> list[_Source]:
    sources = []
    base = 0
    for segment in segments:
        count = segment.doc_count_all()
        live = np.ones(count, dtype=bool)
        live[segment.deleted_array()] = False
        renumber = (np.cumsum(live) - 1 + base).astype(np.int32)
        documents = DocumentArrays(segment.open(storage, DOCUMENTS_EXT), count)
        fields = open_fields(segment.open(storage, POSTINGS_EXT), count)
        sources.append(_Source(documents, fields, live, renumber, base))
        base += int(live.sum())
    return sources


def _merge_stored(documents: DocumentFile, sources: Sequence[_Source]) -> None:
    documents.add_stored(
        [source.documents.stored_blob(docnum) for source in sources for docnum in np.flatnonzero(source.live).tolist()]
    )


def _merge_column(documents: DocumentFile, name: str, column: Any, sources: Sequence[_Source]) -> None:
    columns = [source.documents.column(name) for source in sources]
    kinds = {data.kind for data in columns if data is not None}
    kind = kinds.pop() if len(kinds) == 1 else "blob"
    missing_somewhere = any(data is None for data in columns)
    prefix = documents.column_prefix(name, kind)
    out = documents.out
    if kind == "ints" and (isinstance(column, IntColumn) or not missing_somewhere):
        out.add(f"{prefix}.ints", _merge_ints(columns, sources))
    elif kind in ("codes", "multi"):
        every = sorted({value for data in columns if data is not None for value in data.values()})
        codes, lengths = _merge_codes(columns, sources, every, kind == "multi")
        used = np.zeros(len(every) + 1, dtype=bool)
        used[codes] = True
        used[0] = True
        renumber = np.cumsum(used) - 1
        write_values(out, prefix, [value for value, its in zip(every, used[1:].tolist(), strict=True) if its])
        out.add(f"{prefix}.codes", narrowest(renumber.take(codes)))
        if kind == "multi":
            out.add(f"{prefix}.starts", narrowest(starts_of(lengths)))
    else:
        values: dict[int, Any] = {}
        for source, data in zip(sources, columns, strict=True):
            if data is not None:
                reader = column_reader(data, column, source.documents.doc_count)
                for docnum in np.flatnonzero(source.live).tolist():
                    values[int(source.renumber[docnum])] = reader[docnum]
        documents.set_column_kind(name, write_column(out, prefix, column, values, documents.doc_count))


def _merge_ints(columns: Sequence[ColumnData | None], sources: Sequence[_Source]) -> npt.NDArray[Any]:
    pieces = []
    for source, data in zip(sources, columns, strict=True):
        if data is None:
            pieces.append(np.full(int(source.live.sum()), MISSING_INT64, dtype=np.int64))
            continue
        ints = data.array("ints")
        wide = ints[source.live].astype(np.int64)
        wide[wide == np.iinfo(ints.dtype).min] = MISSING_INT64
        pieces.append(wide)
    return shrink_ints(np.concatenate(pieces))


def _merge_codes(
    columns: Sequence[ColumnData | None], sources: Sequence[_Source], every: list[bytes], multi: bool
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(codes of live documents over the joint values, number of them in each document)."""
    number = {value: code for code, value in enumerate(every, 1)}
    codes: list[npt.NDArray[np.int64]] = []
    lengths: list[npt.NDArray[np.int64]] = []
    for source, data in zip(sources, columns, strict=True):
        kept = int(source.live.sum())
        if data is None:
            codes.append(np.zeros(0 if multi else kept, dtype=np.int64))
            lengths.append(np.zeros(kept, dtype=np.int64))
            continue
        renumber = np.array([0, *(number[value] for value in data.values())], dtype=np.int64)
        stored = data.array("codes")
        if multi:
            counts = lengths_of(data.array("starts"))
            stored = stored[np.repeat(source.live, counts)]
            lengths.append(counts[source.live])
        else:
            stored = stored[source.live]
        codes.append(renumber.take(stored))
    return np.concatenate(codes), np.concatenate(lengths) if multi else np.zeros(0, dtype=np.int64)


@dataclass(slots=True)
class _Piece:
    """Live postings of one field of one source, and where they go."""

    docs: Docs
    kept: Mask | None
    freqs: npt.NDArray[Any] | None
    weights: npt.NDArray[Any] | None
    counts: npt.NDArray[np.int64]
    places: npt.NDArray[Any]
    arrays: FieldArrays


def _piece(source: _Source, arrays: FieldArrays, numbers: npt.NDArray[np.int64], term_count: int) -> _Piece:
    """Read one source; ``numbers`` are its terms' numbers in the merged dictionary."""
    total = arrays.total_postings
    docs = arrays.docs(0, total)
    per_term = np.diff(arrays.posting_starts(0, arrays.term_count))
    freqs, weights = arrays.freqs(0, total), arrays.weights(0, total) if arrays.has_weights else None
    kept = None
    if not source.live.all():
        kept = source.live.take(docs)
        owners = np.repeat(np.arange(len(per_term)), per_term)
        per_term = np.bincount(owners.compress(kept), minlength=len(per_term))
        docs = docs.compress(kept)
        freqs = None if freqs is None else freqs.compress(kept)
        weights = None if weights is None else weights.compress(kept)
    counts = np.zeros(term_count, dtype=np.int64)
    counts[numbers] = per_term
    return _Piece(source.renumber.take(docs), kept, freqs, weights, counts, np.zeros(0, dtype=np.int64), arrays)


def _merge_field(sources: Sequence[tuple[_Source, FieldArrays]]) -> FieldPostings:
    dictionaries = [arrays.terms(0, arrays.term_count) for _, arrays in sources]
    terms = sorted(set().union(*dictionaries)) if len(dictionaries) > 1 else list(dictionaries[0])
    number = {term: place for place, term in enumerate(terms)}
    pieces = [
        _piece(
            source,
            arrays,
            np.fromiter(map(number.__getitem__, dictionary), dtype=np.int64, count=len(dictionary)),
            len(terms),
        )
        for (source, arrays), dictionary in zip(sources, dictionaries, strict=True)
    ]
    starts = starts_of(np.sum([piece.counts for piece in pieces], axis=0))
    following = starts[:-1].copy()
    places = _numbers_to(int(starts[-1]))
    for piece in pieces:
        piece.places = ragged(following, piece.counts).astype(places)
        following += piece.counts
    total = int(starts[-1])
    docs = np.empty(total, dtype=np.int32)
    for piece in pieces:
        docs[piece.places] = piece.docs
    freqs = _placed([piece.freqs for piece in pieces], pieces, total, np.uint32)
    weights = None
    if any(piece.weights is not None for piece in pieces):
        weights = _placed(
            [piece.freqs if piece.weights is None else piece.weights for piece in pieces], pieces, total, np.float32
        )
        if weights is None:
            weights = np.ones(total, dtype=np.float32)
    parts = _merge_occurrences(pieces, freqs, total)
    present = np.diff(starts) > 0
    if not present.all():
        terms = [term for term, there in zip(terms, present.tolist(), strict=True) if there]
        starts = np.append(starts[:-1][present], total)
    return FieldPostings(
        terms=terms,
        starts=starts,
        docs=docs,
        freqs=freqs,
        weights=weights,
        positions=parts.get("positions"),
        chars=(parts["startchars"], parts["endchars"]) if "startchars" in parts else None,
        boosts=parts.get("boosts"),
        values=_merge_values(pieces, total) if pieces[0].arrays.has_part("values") else None,
    )


def _numbers_to(largest: int) -> type[np.uint32 | np.int64]:
    """The type for places: half the memory wherever they are few enough."""
    return np.uint32 if largest < 1 << 32 else np.int64


def _placed(
    values: Sequence[npt.NDArray[Any] | None], pieces: Sequence[_Piece], total: int, dtype: Any
) -> npt.NDArray[Any] | None:
    """One value a posting at its new place; None stands for all ones."""
    if all(value is None for value in values):
        return None
    merged = np.ones(total, dtype=dtype)
    for value, piece in zip(values, pieces, strict=True):
        if value is not None:
            merged[piece.places] = value
    return merged


def _merge_occurrences(
    pieces: Sequence[_Piece], freqs: npt.NDArray[Any] | None, total: int
) -> dict[str, npt.NDArray[Any]]:
    """Positions, characters and boosts at their new places."""
    if pieces[0].arrays.positions_kind == "none":
        return {}
    occurrences = total if freqs is None else int(freqs.sum(dtype=np.int64))
    starts = np.zeros(total + 1, dtype=_numbers_to(occurrences))
    np.cumsum(np.ones(total, dtype=np.uint8) if freqs is None else freqs, out=starts[1:])
    merged: dict[str, npt.NDArray[Any]] = {}
    names = ["positions", *(name for name in ("startchars", "endchars", "boosts") if pieces[0].arrays.has_part(name))]
    for name in names:
        merged[name] = np.zeros(occurrences, dtype=np.float32 if name == "boosts" else np.int32)
    for piece in pieces:
        for stretch in _stretches(piece):
            places = ragged(starts.take(stretch.places), stretch.freqs.compress(stretch.kept))
            kept = np.repeat(stretch.kept, stretch.freqs)
            for name in names:
                values = (
                    piece.arrays.positions(stretch.docs, stretch.freqs, stretch.start, stretch.stop)
                    if name == "positions"
                    else piece.arrays.part(name, stretch.start, stretch.stop)
                )
                merged[name][places] = values.compress(kept)
    return merged


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some postings of a piece that follow each other.

    Attributes:
        docs: (postings) as they are numbered in the source.
        freqs: (postings) occurrences of each.
        kept: (postings) whether the document stays.
        places: (postings that stay) where they go.
        start: first of their occurrences in the source.
        stop: behind the last.
    """

    docs: Docs
    freqs: npt.NDArray[Any]
    kept: Mask
    places: npt.NDArray[Any]
    start: int
    stop: int


def _stretches(piece: _Piece) -> Iterator[_Stretch]:
    """All postings of a piece, some at once."""
    arrays, count = piece.arrays, piece.arrays.total_postings
    stored = arrays.freqs(0, count)
    freqs = np.ones(count, dtype=np.uint8) if stored is None else stored
    kept = np.ones(count, dtype=bool) if piece.kept is None else piece.kept
    ends = np.cumsum(freqs, dtype=_numbers_to(int(freqs.sum(dtype=np.int64))))
    start = gone = 0
    for first, last in stretches(ends, STRETCH):
        stop, stay = int(ends[last - 1]), int(np.count_nonzero(kept[first:last]))
        yield _Stretch(
            docs=arrays.docs(first, last),
            freqs=freqs[first:last],
            kept=kept[first:last],
            places=piece.places[gone : gone + stay],
            start=start,
            stop=stop,
        )
        start, gone = stop, gone + stay


def _merge_values(pieces: Sequence[_Piece], total: int) -> list[bytes]:
    """Opaque values of postings at their new places."""
    merged = [b""] * total
    for piece in pieces:
        arrays = piece.arrays
        ends = arrays.part("valueends", 0, arrays.total_postings + 1).tolist()
        data = arrays.part("values", 0, ends[-1]).tobytes()
        values = [data[start:stop] for start, stop in pairwise(ends)]
        if piece.kept is not None:
            values = [value for value, its in zip(values, piece.kept.tolist(), strict=True) if its]
        for place, value in zip(piece.places.tolist(), values, strict=True):
            merged[place] = value
    return merged
