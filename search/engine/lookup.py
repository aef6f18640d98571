"""Look-ups beside searching: where a term stands in a document, and which terms begin with what somebody has typed."""

from __future__ import annotations

import heapq
from collections import Counter

import numpy as np

from search.engine.reader import EngineReader


def term_positions(reader: EngineReader, fieldname: str, term: str, docnum: int) -> list[int]:
    """Token positions of a term in one document, ascending; for snippets of the hits shown.

    Args:
        reader: the snapshot.
        fieldname: a field that keeps positions.
        term: as indexed.
        docnum: global document number.
    """
    reader.check_unchanged()
    field = reader.field(fieldname) if fieldname in reader.schema else None
    for part in field.parts if field is not None else ():
        arrays, local = part.arrays, docnum - part.base
        if not 0 <= local < arrays.doc_count or arrays.positions_kind == "none":
            continue
        number = arrays.find(reader.schema[fieldname].to_bytes(term))
        if number < 0:
            return []
        start, stop = arrays.extent(number)
        place = int(np.searchsorted(arrays.docs(start, stop), local))
        if place == stop - start or arrays.docs(start, stop)[place] != local:
            return []
        freqs = arrays.freqs(start, stop)
        before = place if freqs is None else int(freqs[:place].sum(dtype=np.int64))
        count = 1 if freqs is None else int(freqs[place])
        first = arrays.occurrence_start(number) + before
        found: list[int] = arrays.positions(np.array([local]), np.array([count]), first, first + count).tolist()
        return found
    return []


def frequent_terms(reader: EngineReader, fieldname: str, prefix: str, limit: int) -> list[tuple[str, int]]:
    """The most frequent terms of a field that start with a prefix, with the documents they stand in (deleted ones included).

    Terms of equal frequency come in their own order.
    """
    reader.check_unchanged()
    field = reader.field(fieldname) if fieldname in reader.schema else None
    frequencies: Counter[bytes] = Counter()
    for part in field.parts if field is not None else ():
        first, last = part.arrays.prefix_range(prefix.encode())
        counts = np.diff(part.arrays.posting_starts(first, last)).tolist()
        for term, count in zip(part.arrays.terms(first, last), counts, strict=True):
            frequencies[term] += count
    best = heapq.nsmallest(limit, frequencies.items(), key=lambda item: (-item[1], item[0]))
    return [(term.decode("utf-8", "replace"), count) for term, count in best]
