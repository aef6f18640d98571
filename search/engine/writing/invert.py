"""Tokens in document order to postings in term order: one sort of packed integers a field. See
docs/engine.md, "Writing".

Everything but the sort goes stretch by stretch: an array of all tokens that is used once costs more
time for its fresh memory than for what is computed in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.engine.storage.arrays import STRETCH, Ints, firsts, narrowest, starts_of, stretches
from search.engine.storage.postings import FieldPostings


@dataclass(frozen=True, slots=True)
class Further:
    """Terms that stand beside others: (terms) the place of each among all tokens, and its
    number."""

    places: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int32]


def invert(
    numbers: npt.NDArray[np.int32],
    lengths: npt.NDArray[np.int64],
    table: Sequence[bytes],
    with_positions: bool,
    further: Further | None = None,
) -> FieldPostings:
    """Postings of one field.

    Args:
        numbers: (tokens) term numbers of all documents one after another, -1 for none.
        lengths: (documents) tokens of each.
        table: terms by number.
        with_positions: keep positions and frequencies; without them each term counts once a
            document.
        further: terms beside those of the tokens.
    """
    terms, rank = _ranked(numbers, further, table)
    longest = int(lengths.max()) if len(lengths) else 0
    position_bits = max(longest - 1, 0).bit_length() if with_positions else 0
    doc_bits = max(len(lengths) - 1, 0).bit_length()
    if len(terms).bit_length() + doc_bits + position_bits > 63:
        raise ValueError("batch too large for one inversion; commit smaller batches")
    keys = _packed(numbers, lengths, rank, doc_bits, position_bits)
    if further is not None:
        keys = np.concatenate([keys, _packed_further(further, lengths, rank, doc_bits, position_bits)])
    keys.sort()

    term_counts = np.zeros(len(terms), dtype=np.int64)
    positions: Ints = np.empty(
        len(keys) if with_positions else 0, dtype=np.uint16 if position_bits <= 16 else np.uint32
    )
    docs: list[npt.NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]
    freqs: list[Ints] = [np.zeros(0, dtype=np.uint8)]
    for start, stop in _whole_postings(keys, position_bits):
        its = keys[start:stop]
        pairs = its >> position_bits
        first = np.flatnonzero(firsts(pairs))
        chosen = pairs.take(first)
        docs.append((chosen & ((1 << doc_bits) - 1)).astype(np.int32))
        chosen >>= doc_bits
        lowest = int(chosen[0])
        counts = np.bincount(chosen - lowest)
        term_counts[lowest : lowest + len(counts)] += counts
        if with_positions:
            freqs.append(narrowest(np.diff(first, append=len(its))))
            positions[start:stop] = its & ((1 << position_bits) - 1)
    joined = np.concatenate(freqs) if with_positions else None
    return FieldPostings(
        terms,
        starts_of(term_counts),
        np.concatenate(docs),
        freqs=None if joined is None or (joined == 1).all() else joined,
        positions=positions if with_positions else None,
    )


def _ranked(
    numbers: npt.NDArray[np.int32], further: Further | None, table: Sequence[bytes]
) -> tuple[list[bytes], npt.NDArray[np.int32]]:
    """Terms that occur in byte order, and (terms of the table) which of them each is."""
    seen = np.zeros(len(table) + 1, dtype=bool)
    # What is -1 for no term stands at the end, where no term is.
    seen[numbers] = True
    if further is not None:
        seen[further.numbers] = True
    used = np.flatnonzero(seen[:-1])
    terms = [table[number] for number in used.tolist()]
    order = sorted(range(len(terms)), key=terms.__getitem__)
    rank = np.zeros(len(table) + 1, dtype=np.int32)
    rank[used[order]] = np.arange(len(order))
    return [terms[place] for place in order], rank


def _packed(
    numbers: npt.NDArray[np.int32],
    lengths: npt.NDArray[np.int64],
    rank: npt.NDArray[np.int32],
    doc_bits: int,
    position_bits: int,
) -> npt.NDArray[np.int64]:
    """(tokens that are terms) term | document | position in one integer, so that one plain sort
    does everything."""
    keys = np.empty(len(numbers), dtype=np.int64)
    starts = starts_of(lengths)
    count = 0
    for first, last in stretches(starts[1:], STRETCH):
        its = numbers[starts[first] : starts[last]]
        packed = rank.take(its).astype(np.int64)
        packed <<= doc_bits + position_bits
        before = np.arange(first, last, dtype=np.int64) << position_bits
        if position_bits:
            packed += np.arange(starts[first], starts[last])
            before -= starts[first:last]
        packed += np.repeat(before, lengths[first:last])
        if its.size and its.min() < 0:
            packed = packed[its >= 0]
        keys[count : count + len(packed)] = packed
        count += len(packed)
    return keys[:count]


def _packed_further(
    further: Further, lengths: npt.NDArray[np.int64], rank: npt.NDArray[np.int32], doc_bits: int, position_bits: int
) -> npt.NDArray[np.int64]:
    """(further terms) the same for them."""
    starts = starts_of(lengths)
    docs = np.searchsorted(starts, further.places, side="right") - 1
    keys = rank.take(further.numbers).astype(np.int64) << (doc_bits + position_bits)
    keys |= docs << position_bits
    if position_bits:
        keys |= further.places - starts.take(docs)
    return keys


def _whole_postings(keys: npt.NDArray[np.int64], position_bits: int) -> Iterator[tuple[int, int]]:
    """Stretches of sorted keys, (first, last exclusive), that cut no posting in two."""
    start = 0
    while start < len(keys):
        last = int(keys[min(start + STRETCH, len(keys)) - 1]) >> position_bits
        stop = int(np.searchsorted(keys, (last + 1) << position_bits))
        yield start, stop
        start = stop
