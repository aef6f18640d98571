"""Several segments into one by moving arrays; deleted documents are left behind. See
docs/engine.md, "Merging"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engine.errors import EngineError
from search.engine.storage.arrays import Docs, Mask, lengths_of, narrowest, starts_of
from search.engine.storage.columns import (
    MISSING_INT64,
    ColumnData,
    IntColumn,
    column_reader,
    shrink_ints,
    write_column,
    write_values,
)
from search.engine.storage.documents import DocumentArrays, DocumentFile
from search.engine.storage.fieldwriter import PostingsFile, abandoned_on_error
from search.engine.storage.mergefield import MergedFrom
from search.engine.storage.postings import FieldArrays
from search.engine.storage.segment import DOCUMENTS_EXT, POSTINGS_EXT, NewSegment, SegmentFiles
from search.engine.storage.termsreader import open_fields


@dataclass(frozen=True, slots=True)
class _Source:
    """A segment to merge: its arrays, which documents stay and their new numbers."""

    documents: DocumentArrays
    fields: dict[str, FieldArrays]
    live: Mask
    renumber: Docs


def merge_segments(
    storage: Any, schema: Any, segments: Sequence[SegmentFiles], new_segment: NewSegment
) -> SegmentFiles | None:
    """Write the live documents of some segments, in order, as a new segment; None where none is
    left.

    Fields that are no longer in the schema are left out.
    """
    sources = _sources(storage, segments)
    count = sum(int(source.live.sum()) for source in sources)
    if not count:
        return None
    merged = new_segment()
    merged.set_doc_count(count)
    documents, postings = DocumentFile(storage, merged, count), PostingsFile(storage, merged)
    with abandoned_on_error(documents, postings):
        _merge_documents(documents, schema, sources)
        _merge_postings(postings, schema, sources, count)
    return merged


def _merge_documents(documents: DocumentFile, schema: Any, sources: Sequence[_Source]) -> None:
    documents.merge_stored([(source.documents, source.live) for source in sources])
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
            fields = [
                MergedFrom(source.fields[name], None if source.live.all() else source.live, source.renumber)
                for source in sources
                if name in source.fields
            ]
            postings.merge(name, kinds.pop(), fields, count)
    postings.close()


def _sources(storage: Any, segments: Sequence[SegmentFiles]) -> list[_Source]:
    sources = []
    base = 0
    for segment in segments:
        count = segment.doc_count_all()
        live = np.ones(count, dtype=bool)
        live[segment.deleted_array()] = False
        renumber = (np.cumsum(live) - 1 + base).astype(np.int32)
        documents = DocumentArrays(segment.open(storage, DOCUMENTS_EXT), count)
        fields = open_fields(segment.open(storage, POSTINGS_EXT), count)
        sources.append(_Source(documents, fields, live, renumber))
        base += int(live.sum())
    return sources


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
