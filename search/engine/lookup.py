"""Look-ups beside searching: which terms begin with what somebody has typed."""

from __future__ import annotations

import heapq
from collections import Counter

import numpy as np

from search.engine.reader import EngineReader


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
