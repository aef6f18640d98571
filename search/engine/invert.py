"""Tokens in document order to postings in term order: one sort of packed integers a field. See docs/engine.md, "Writing"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from search.engine.arrays import Ints, starts_of
from search.engine.postings import FieldPostings


def invert(
    numbers: npt.NDArray[np.int32], lengths: npt.NDArray[np.int64], table: Sequence[bytes], with_positions: bool
) -> FieldPostings:
    """Postings of one field.

    Args:
        numbers: (tokens) term numbers of all documents one after another, negative for none.
        lengths: (documents) tokens of each.
        table: terms by number.
        with_positions: keep positions and frequencies; without them each term counts once a document.
    """
    kept = numbers >= 0
    whole = bool(kept.all())
    used = np.flatnonzero(np.bincount(numbers if whole else numbers[kept], minlength=1)) if len(numbers) else numbers
    terms = [table[number] for number in used.tolist()]
    order = sorted(range(len(terms)), key=terms.__getitem__)
    rank = np.zeros(len(table) + 1, dtype=np.int64)
    rank[used[order]] = np.arange(len(order))
    terms = [terms[place] for place in order]

    starts = starts_of(lengths)
    longest = int(lengths.max()) if len(lengths) else 0
    position_bits = max(longest - 1, 0).bit_length() if with_positions else 0
    doc_bits = max(len(lengths) - 1, 0).bit_length()
    if len(terms).bit_length() + doc_bits + position_bits > 63:
        raise ValueError("batch too large for one inversion; commit smaller batches")
    # term | document | position in one integer, so that one plain sort does everything.
    keys = rank.take(numbers)
    keys <<= doc_bits + position_bits
    keys += np.repeat(np.arange(len(lengths), dtype=np.int64) << position_bits, lengths)
    if with_positions:
        keys += np.arange(len(numbers), dtype=np.int64)
        keys -= np.repeat(starts[:-1], lengths)
    if not whole:
        keys = keys[kept]
    keys.sort()

    pairs = keys >> position_bits if position_bits else keys
    first = np.flatnonzero(np.concatenate((np.ones(min(len(pairs), 1), dtype=bool), pairs[1:] != pairs[:-1])))
    chosen = pairs.take(first)
    docs = (chosen & ((1 << doc_bits) - 1)).astype(np.int32)
    term_starts = np.searchsorted(chosen, np.arange(len(terms) + 1, dtype=np.int64) << doc_bits)
    freqs: npt.NDArray[np.int64] | None = np.diff(np.append(first, len(keys)))
    positions: Ints | None = None
    if with_positions:
        positions = keys & ((1 << position_bits) - 1)
        positions = positions.astype(np.uint16) if position_bits <= 16 else positions.astype(np.uint32)
    else:
        freqs = None
    if freqs is not None and (freqs == 1).all():
        freqs = None
    return FieldPostings(terms, term_starts.astype(np.int64), docs, freqs=freqs, positions=positions)
