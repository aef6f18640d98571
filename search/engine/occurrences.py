"""Where terms stand in a few documents: for the snippets of the hits shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engine.reader import EngineReader
from search.engine.searching.budget import ExpansionBudget
from search.engine.searching.expansion import term_numbers
from search.engine.storage.postings import FieldPart

#: A range of terms with more postings than these is not looked through.
MOST_POSTINGS = 2_000_000
#: Only the first tokens of a document are told of: no snippet is cut further down, and a book has millions.
FIRST_TOKENS = 200_000
#: Nor are more terms than these that a pattern stands for.
MOST_TERMS = 500
Positions = dict[int, list[int]]


def term_occurrences(reader: EngineReader, fieldname: str, terms: Iterable[str], docs: Collection[int]) -> Positions:
    """Positions of any of the terms among the FIRST_TOKENS of some documents.

    Args:
        reader: the snapshot.
        fieldname: a field that keeps positions.
        terms: as indexed.
        docs: global document numbers.

    Returns:
        document → positions, in no order; documents without any of the terms there are left out.
    """
    encoded = [reader.schema[fieldname].to_bytes(term) for term in terms] if fieldname in reader.schema else []
    found: Positions = {}
    for part, wanted in _parts(reader, fieldname, docs):
        for term in encoded:
            number = part.arrays.find(term)
            if number >= 0:
                _add_range(part, wanted, number, number + 1, found)
    return found


def prefix_occurrences(reader: EngineReader, fieldname: str, prefix: str, docs: Collection[int]) -> Positions | None:
    """The same for all terms that start with a prefix; None when these are too many to look
    through."""
    found: Positions = {}
    for part, wanted in _parts(reader, fieldname, docs):
        first, last = part.arrays.prefix_range(prefix.encode("utf-8", "surrogatepass"))
        if first >= last:
            continue
        start, stop = part.arrays.extent(first, last)
        if stop - start > MOST_POSTINGS:
            return None
        _add_range(part, wanted, first, last, found)
    return found


def pattern_occurrences(reader: EngineReader, node: Any, docs: Collection[int], seconds: float) -> Positions | None:
    """The same for the terms of a wildcard or a misspelling; None when they are too many, or not
    all found in time.

    Args:
        node: a ``whoosh.query`` ``Wildcard`` or ``FuzzyTerm`` of a field that keeps positions.
        seconds: time for looking through the dictionary.
    """
    field = reader.field(node.fieldname) if node.fieldname in reader.schema else None
    if field is None:
        return {}
    budget = ExpansionBudget.seconds(seconds)
    chosen = dict(term_numbers(field, node, reader.schema[node.fieldname].to_bytes, budget))
    if budget.cuts or sum(map(len, chosen.values())) > MOST_TERMS:
        return None
    found: Positions = {}
    for part, wanted in _parts(reader, node.fieldname, docs):
        for number in chosen[part].tolist():
            _add_range(part, wanted, number, number + 1, found)
    return found


def _parts(
    reader: EngineReader, fieldname: str, docs: Collection[int]
) -> Iterable[tuple[FieldPart, npt.NDArray[np.bool_]]]:
    """The segments that hold some of the documents, and which: (documents of the segment)."""
    reader.check_unchanged()
    field = reader.field(fieldname) if fieldname in reader.schema else None
    for part in field.parts if field is not None else ():
        local = [doc - part.base for doc in docs if 0 <= doc - part.base < part.arrays.doc_count]
        if local and part.arrays.positions_kind != "none":
            wanted = np.zeros(part.arrays.doc_count, dtype=bool)
            wanted[local] = True
            yield part, wanted


def _add_range(part: FieldPart, wanted: npt.NDArray[np.bool_], first: int, last: int, found: Positions) -> None:
    arrays = part.arrays
    start, stop = arrays.extent(first, last)
    docs = arrays.docs(start, stop)
    places = np.flatnonzero(wanted.take(docs))
    if not len(places):
        return
    freqs = arrays.freqs(start, start + int(places[-1]) + 1)
    # Occurrences lie in the order of postings; those before a posting are skipped.
    ends = np.arange(1, places[-1] + 2) if freqs is None else np.cumsum(freqs, dtype=np.int64)
    origin = arrays.occurrence_start(first)
    for place in places.tolist():
        count = 1 if freqs is None else int(freqs[place])
        start = origin + int(ends[place]) - count
        local = docs[place : place + 1]
        # They are in order, so those among the first tokens are among the first so many.
        read = min(count, FIRST_TOKENS)
        positions = arrays.positions(local, np.array([read]), start, start + read)
        positions = positions[: np.searchsorted(positions, FIRST_TOKENS)]
        if len(positions):
            found.setdefault(part.base + int(local[0]), []).extend(positions.tolist())
