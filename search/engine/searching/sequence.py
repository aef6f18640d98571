"""Places where words stand one after another, each of them any of several terms.

A phrase of Whoosh has one term a word. A word people seek has many: those of its forms, a prefix's,
those of another field that cuts its text at the same places. What may not stand there can be named
too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import query

from search.engine.searching.budget import Cut, ExpansionBudget
from search.engine.searching.expansion import term_numbers
from search.engine.searching.globalfield import GlobalField
from search.engine.searching.hits import intersect
from search.engine.searching.phrases import CHUNK, phrase_docs
from search.engine.searching.termruns import runs
from search.engine.storage.arrays import NO_DOCS, Docs, firsts, starts_of
from search.engine.storage.postings import FieldArrays

#: Runs of terms a wildcard may stand for in one place; what is beyond is cut, and said.
MOST_RUNS = 2_000
Fields = Callable[[str], GlobalField | None]
Encoded = Callable[[str, str], bytes | None]


@dataclass(frozen=True)
class Spot:
    """A place in a sequence.

    Attributes:
        any_of: ``whoosh.query`` ``Term``, ``Prefix``, ``Wildcard`` or ``FuzzyTerm`` nodes; one of
            them stands there.
        none_of: nodes of which none stands there.
    """

    any_of: tuple[query.Query, ...]
    none_of: tuple[query.Query, ...] = ()


class WordSequence(query.Query):  # type: ignore[misc]
    """Documents where the spots are filled in order, each at most ``slop`` tokens after the one
    before; not scored.

    The fields of all nodes must keep positions and have their tokens at the same places.
    """

    def __init__(self, spots: Sequence[Spot], slop: int = 1) -> None:
        self.spots = tuple(spots)
        self.slop = slop
        self.boost = 1.0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordSequence) and (self.spots, self.slop) == (other.spots, other.slop)

    def __hash__(self) -> int:
        return hash((WordSequence, self.spots, self.slop))

    def __repr__(self) -> str:
        return f"Sequence({self.spots!r}, {self.slop})"


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring terms of a segment, ``first`` to ``last`` (exclusive)."""

    arrays: FieldArrays
    first: int
    last: int

    @property
    def is_term(self) -> bool:
        """Whether it is one term."""
        return self.last == self.first + 1

    @property
    def size(self) -> int:
        """Postings."""
        start, stop = self.arrays.extent(self.first, self.last)
        return stop - start

    def docs(self) -> Docs:
        """Documents of the postings, term by term."""
        return self.arrays.docs(*self.arrays.extent(self.first, self.last))


_Alternatives = tuple[list[Run], list[Run]]


def sequence_docs(node: WordSequence, fields: Fields, encoded: Encoded, budget: ExpansionBudget) -> Docs:
    """Global numbers of the documents that match.

    Args:
        node: what is sought.
        fields: name → postings, None where there are none.
        encoded: field and text → the field's bytes, None for what it cannot hold.
        budget: time for wildcards.
    """
    spots = [
        tuple(_runs_by_base(nodes, fields, encoded, budget) for nodes in (spot.any_of, spot.none_of))
        for spot in node.spots
    ]
    bases = sorted(set.intersection(*(set(wanted) for wanted, _ in spots))) if spots else []
    found = [
        _in_segment([(wanted[base], without.get(base, [])) for wanted, without in spots], node.slop) + np.int32(base)
        for base in bases
    ]
    return np.concatenate(found) if found else NO_DOCS


def _runs_by_base(
    nodes: Sequence[query.Query], fields: Fields, encoded: Encoded, budget: ExpansionBudget
) -> dict[int, list[Run]]:
    """First document of a segment → the runs of terms there that a spot stands for."""
    found: dict[int, list[Run]] = {}
    for node in nodes:
        field = fields(node.fieldname)
        if field is None:
            continue
        for base, run in _runs(node, field, encoded, budget):
            found.setdefault(base, []).append(run)
    return found


def _runs(node: Any, field: GlobalField, encoded: Encoded, budget: ExpansionBudget) -> list[tuple[int, Run]]:
    if type(node) in (query.Term, query.Prefix):
        term = encoded(field.name, node.text)
        if term is None:
            return []
        if type(node) is query.Term:
            return [(part.base, Run(part.arrays, number, number + 1)) for part, number in field.numbers(term)]
        ranges = [(part, *part.arrays.prefix_range(term)) for part in field.parts]
        return [(part.base, Run(part.arrays, first, last)) for part, first, last in ranges if first < last]
    numbers = term_numbers(field, node, lambda text: encoded(field.name, text), budget)
    chosen = [run for part, own in numbers for run in runs(part, own)]
    if len(chosen) > MOST_RUNS:
        budget.cuts.append(Cut(str(node), MOST_RUNS, len(chosen)))
    return [(part.base, Run(part.arrays, first, last)) for part, first, last in chosen[:MOST_RUNS]]


def _in_segment(spots: Sequence[_Alternatives], slop: int) -> Docs:
    wanted = [its for its, _ in spots]
    arrays = wanted[0][0].arrays
    if not any(without for _, without in spots) and all(
        len(its) == 1 and its[0].arrays is arrays and its[0].is_term for its in wanted
    ):
        return phrase_docs(arrays, [its[0].first for its in wanted], slop)
    docs: Docs | None = None
    for its in sorted(wanted, key=lambda its: sum(run.size for run in its)):
        own = its[0].docs() if len(its) == 1 and its[0].is_term else _union(its, arrays.doc_count)
        docs = own if docs is None else intersect(docs, own, arrays.doc_count)
    if docs is None or not len(docs):
        return NO_DOCS
    found = [_joined(spots, docs[start : start + CHUNK], slop) for start in range(0, len(docs), CHUNK)]
    return np.concatenate(found)


def _union(its: Sequence[Run], doc_count: int) -> Docs:
    mask = np.zeros(doc_count, dtype=bool)
    for run in its:
        mask[run.docs()] = True
    return np.flatnonzero(mask).astype(np.int32)


def _joined(spots: Sequence[_Alternatives], docs: Docs, slop: int) -> Docs:
    """Those of some documents where the spots are filled."""
    rows = np.full(spots[0][0][0].arrays.doc_count, -1, dtype=np.int32)
    rows[docs] = np.arange(len(docs), dtype=np.int32)
    read: dict[Run, tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]] = {}
    for run in (run for alternatives in spots for its in alternatives for run in its):
        if run not in read:
            read[run] = occurrences(run, rows)
    longest = max((int(positions.max()) for _, positions in read.values() if len(positions)), default=0)
    # Each document has a stretch of its own on one axis, and a gap wider than the slop before it.
    width = longest + 1 + slop

    def keys(its: Sequence[Run]) -> npt.NDArray[np.int64]:
        parts = [own * width + slop + positions for own, positions in map(read.__getitem__, its)]
        return np.unique(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)

    front: npt.NDArray[np.int64] | None = None
    for wanted, without in spots:
        here = keys(wanted)
        if without:
            here = np.setdiff1d(here, keys(without), assume_unique=True)
        if front is None:
            front = here
            continue
        before = np.searchsorted(front, here) - 1
        if not len(front):
            break
        front = here[(before >= 0) & (here - front.take(np.maximum(before, 0)) <= slop)]
    if front is None or not len(front):
        return NO_DOCS
    matched = front // width
    return docs.take(matched.compress(firsts(matched)))


def occurrences(run: Run, rows: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(occurrences in the chosen documents) row of the document, and position."""
    arrays = run.arrays
    start, stop = arrays.extent(run.first, run.last)
    docs = arrays.docs(start, stop)
    freqs = arrays.freqs(start, stop)
    counts = np.ones(len(docs), dtype=np.int64) if freqs is None else freqs.astype(np.int64)
    own = rows.take(docs)
    chosen = np.flatnonzero(own >= 0)
    starts = starts_of(counts)
    origin = arrays.occurrence_start(run.first)
    if not len(chosen):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    low, high = int(chosen[0]), int(chosen[-1]) + 1
    positions = arrays.positions(
        docs[low:high], counts[low:high], origin + int(starts[low]), origin + int(starts[high])
    )
    rows_of = np.repeat(own[low:high], counts[low:high])
    keep = rows_of >= 0
    return rows_of.compress(keep).astype(np.int64), positions.compress(keep)
