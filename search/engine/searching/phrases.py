"""Documents where words stand one after another, each at most ``slop`` tokens after the one before.

Postings keep positions on one token axis for the segment, cut into pages of 65,536 tokens that no
document crosses. Words that stand in many documents are joined page by page with a table of flags;
for others only the documents that hold all the words are looked at. See docs/engine.md, "Phrases".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from search.engine.searching.hits import intersect, positions_in
from search.engine.storage.arrays import NO_DOCS, Docs, firsts, ragged, starts_of
from search.engine.storage.postings import PAGE, FieldArrays

# Documents joined at once in the second method: bounds memory to some tens of megabytes.
CHUNK = 1 << 14
# Above this slop a binary search for the nearest word before beats one look-up for each distance.
FEW_STEPS = 4
# Page by page pays where at least this share of the rarest word's documents take part.
PAGED_SHARE = 0.15
PAGED_LEAST = 4_000


class _Word:
    """Postings of one word of the phrase."""

    def __init__(self, field: FieldArrays, number: int) -> None:
        self.start, self.stop = field.extent(number)
        self.docs = field.docs(self.start, self.stop)
        freqs = field.freqs(self.start, self.stop)
        self.freqs = np.ones(len(self.docs), dtype=np.uint8) if freqs is None else freqs
        self.occurrences = starts_of(self.freqs) + field.occurrence_start(number)


def phrase_docs(field: FieldArrays, numbers: Sequence[int], slop: int) -> Docs:
    """Local numbers of the documents that match a phrase.

    Args:
        field: postings with positions.
        numbers: term numbers in phrase order, at least one.
        slop: greatest distance between neighbours; 1 means next to each other.
    """
    words = {number: _Word(field, number) for number in set(numbers)}
    rarest_first = sorted(words.values(), key=lambda word: len(word.docs))
    docs = rarest_first[0].docs
    for word in rarest_first[1:]:
        docs = intersect(docs, word.docs, field.doc_count)
    if len(numbers) == 1 or not len(docs):
        return docs
    sequence = [words[number] for number in numbers]
    paged = field.positions_kind == "paged" and slop == 1
    if paged and len(docs) >= PAGED_LEAST and len(docs) >= PAGED_SHARE * len(rarest_first[-1].docs):
        return _join_pages(field, sequence)
    found = [_join_docs(field, sequence, docs[start : start + CHUNK], slop) for start in range(0, len(docs), CHUNK)]
    return np.concatenate(found)


def _join_pages(field: FieldArrays, words: Sequence[_Word]) -> Docs:
    """Exact phrases of frequent words: one table of flags a page."""
    page_docs = field.page_docs()
    tokens = [field.part("tokens", int(word.occurrences[0]), int(word.occurrences[-1])) for word in words]
    cuts = [(word.occurrences[np.searchsorted(word.docs, page_docs)] - word.occurrences[0]).tolist() for word in words]
    flags = np.zeros(PAGE, dtype=bool)
    first, first_cuts = tokens[0], cuts[0]
    rest = list(zip(tokens[1:], cuts[1:], strict=True))
    found: list[npt.NDArray[np.int64]] = []
    one = np.uint16(1)
    for page in range(len(page_docs) - 1):
        here = first[first_cuts[page] : first_cuts[page + 1]]
        for number, (other, other_cuts) in enumerate(rest):
            if not len(here):
                break
            there = other[other_cuts[page] : other_cuts[page + 1]]
            if number or page:
                flags.fill(False)
            flags[here] = True
            # The token before the first of a page wraps to the last of it, which is always a gap.
            here = there.compress(flags.take(there - one))
        if len(here):
            found.append(here.astype(np.int64) + page * PAGE)
    if not found:
        return NO_DOCS
    ends = np.concatenate(found)
    docs = np.searchsorted(field.bases(), ends, side="right") - 1
    return docs.compress(firsts(docs)).astype(np.int32)


def _join_docs(field: FieldArrays, words: Sequence[_Word], docs: Docs, slop: int) -> Docs:
    """Any phrase, over the documents given: occurrences on an axis of their own with gaps wider
    than the slop."""
    places: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]] = []
    known: dict[int, tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]] = {}
    for word in words:
        if id(word) not in known:
            postings = positions_in(word.docs, docs, field.doc_count)
            counts = word.freqs.take(postings).astype(np.int64)
            known[id(word)] = _positions(field, docs, word.occurrences.take(postings), counts), counts
        places.append(known[id(word)])
    spans = np.zeros(len(docs), dtype=np.int64)
    for positions, counts in known.values():
        np.maximum(spans, positions.take(np.cumsum(counts) - 1), out=spans)
    axis = starts_of(spans + 1 + slop)
    bases = axis[:-1] + slop
    keys = {key: np.repeat(bases, counts) + positions for key, (positions, counts) in known.items()}
    front = keys[id(words[0])]
    for word in words[1:]:
        front = _step(front, keys[id(word)], slop, int(axis[-1]) + slop)
    rows = np.searchsorted(bases, front, side="right") - 1
    return docs.take(rows.compress(firsts(rows)))


def _positions(
    field: FieldArrays, docs: Docs, starts: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Positions of a word's occurrences in the given documents, one document after another."""
    low, high = int(starts[0]), int(starts[-1] + counts[-1])
    indexes = ragged(starts - low, counts)
    if field.positions_kind == "plain":
        return field.part("positions", low, high).take(indexes).astype(np.int64)
    base = field.bases().take(docs).astype(np.int64) & (PAGE - 1)
    positions: npt.NDArray[np.int64] = field.part("tokens", low, high).take(indexes).astype(np.int64)
    return positions - np.repeat(base, counts)


def _step(front: npt.NDArray[np.int64], keys: npt.NDArray[np.int64], slop: int, size: int) -> npt.NDArray[np.int64]:
    """The occurrences in ``keys`` with one of ``front`` 1 to ``slop`` tokens before."""
    if not len(front):
        return front
    if slop > FEW_STEPS or (len(front) + len(keys)) * 16 < size:
        before = np.searchsorted(front, keys) - 1
        return keys[(before >= 0) & (keys - front[np.maximum(before, 0)] <= slop)]
    flags = np.zeros(size, dtype=bool)
    flags[front] = True
    reached = flags.take(keys - 1)
    for distance in range(2, slop + 1):
        reached |= flags.take(keys - distance)
    return keys[reached]
