"""Counting facets with one row of bits a value: and, count bits, add up."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from search.engine.storage.arrays import Mask

# A facet whose rows would be larger is counted by gathering codes instead.
LARGEST_BYTES = 32 << 20
# Rows taken at once, so that what is computed in between stays in the processor's cache.
CACHED_BYTES = 1 << 18


def rows_bytes(value_count: int, doc_count: int) -> int:
    """Memory the rows of a facet take."""
    return value_count * words_for(doc_count) * 8


def words_for(doc_count: int) -> int:
    """64-bit words that hold a bit for each document."""
    return (doc_count + 63) // 64


def pack(mask: Mask) -> npt.NDArray[np.uint64]:
    """A mask as 64-bit words; documents past the end are 0."""
    words = np.zeros(words_for(len(mask)) * 8, dtype=np.uint8)
    bits = np.packbits(mask)
    words[: len(bits)] = bits
    return words.view(np.uint64)


def build_rows(
    codes: npt.NDArray[Any], docs: npt.NDArray[Any], value_count: int, doc_count: int
) -> npt.NDArray[np.uint64]:
    """(values, words) rows of bits.

    Args:
        codes: (n) codes below ``value_count``.
        docs: (n) the document of each.
    """
    order = np.argsort(codes, kind="stable")
    ordered = docs.take(order)
    limits = np.searchsorted(codes.take(order), np.arange(value_count + 1))
    rows = np.zeros((value_count, words_for(doc_count)), dtype=np.uint64)
    mask = np.zeros(doc_count, dtype=bool)
    for code, (start, stop) in enumerate(zip(limits.tolist(), limits[1:].tolist(), strict=False)):
        its = ordered[start:stop]
        mask[its] = True
        rows[code] = pack(mask)
        mask[its] = False
    return rows


def count_rows(rows: npt.NDArray[np.uint64], words: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """(values) documents with each value among those whose bits are set."""
    counts = np.empty(len(rows), dtype=np.int64)
    step = max(1, CACHED_BYTES // (8 * max(1, rows.shape[1])))
    for start in range(0, len(rows), step):
        both = rows[start : start + step] & words
        counts[start : start + step] = np.bitwise_count(both).sum(axis=1, dtype=np.uint32)
    return counts
