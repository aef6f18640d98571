"""One commit of an index: the engine's reader and, made once for it, what every answer needs
besides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search.analysis.stemming import PLAIN, profile_of
from search.analysis.terms import TAG
from search.backends.base import FACETS
from search.backends.compile import Compiler, Frequencies
from search.backends.order import DocumentOrder
from search.engine.reader import EngineReader
from search.engine.searching.globalcolumn import CodesColumn, MultiCodesColumn
from search.engine.storage.arrays import narrowest

#: Stems whose terms a snapshot has counted already.
STEMS_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All arrays are (documents): row d belongs to document number d of the reader, deleted ones
    included.

    Days are proleptic ordinals; those of articles without a date mean nothing. `periods` has a code
    for each pair of days that articles begin and end on, none for those without a date;
    `period_first` and `period_last` are (pairs): the days of code n + 1, in order of the first.
    `newest` and `oldest` are the orders of the documents.
    """

    reader: EngineReader
    compiler: Compiler
    facets: dict[str, CodesColumn | MultiCodesColumn]
    first_day: NDArray[np.int32]
    last_day: NDArray[np.int32]
    ids: NDArray[np.int64]
    periods: CodesColumn
    period_first: NDArray[np.int64]
    period_last: NDArray[np.int64]
    newest: DocumentOrder
    oldest: DocumentOrder


def snapshot_of(reader: EngineReader) -> Snapshot:
    """Compute what a commit's answers share."""
    facets = {name: reader.codes(name) for name in FACETS}
    first_day, last_day = reader.ints("first_day"), reader.ints("last_day")
    ids = reader.ints("number").ints.astype(np.int64)
    first, last = first_day.ints.astype(np.int64), last_day.ints.astype(np.int64)
    undated = first_day.ints == first_day.missing
    periods, period_first, period_last = _periods(np.where(undated, 0, first), np.where(undated, 0, last))
    return Snapshot(
        reader=reader,
        compiler=Compiler(
            {profile_of(language) for language in facets["language"].values} | {PLAIN},
            frequencies=_frequencies(reader),
            size=reader.doc_count_all,
        ),
        facets=facets,
        first_day=first.astype(np.int32),
        last_day=last.astype(np.int32),
        ids=ids,
        periods=periods,
        period_first=period_first,
        period_last=period_last,
        newest=_order((-ids, last, -first, undated)),
        oldest=_order((ids, last, first, undated)),
    )


def _frequencies(reader: EngineReader) -> Frequencies:
    """In how many documents a stem stands; all languages are looked up at once."""

    @lru_cache(maxsize=STEMS_REMEMBERED)
    def of_stem(name: str, stem: str) -> dict[str, int]:
        field, start = reader.field(name), (stem + TAG).encode()
        found = field.doc_frequencies(start) if field else {}
        return {term[len(start) :].decode(): count for term, count in found.items()}

    return of_stem


def _periods(
    first: NDArray[np.int64], last: NDArray[np.int64]
) -> tuple[CodesColumn, NDArray[np.int64], NDArray[np.int64]]:
    """A column of the pairs of days there are, and the first and the last day of each pair."""
    pairs = (first << 32) | last
    distinct, codes = np.unique(pairs, return_inverse=True)
    if not len(distinct) or distinct[0] != 0:
        # Code 0 is for articles without a date, even where there are none.
        distinct, codes = np.insert(distinct, 0, 0), codes + 1
    distinct = distinct[1:]
    column = CodesColumn([str(pair) for pair in distinct.tolist()], narrowest(codes))
    return column, distinct >> 32, distinct & 0xFFFFFFFF


def _order(keys: tuple[NDArray[np.int64] | NDArray[np.bool_], ...]) -> DocumentOrder:
    """By the last key, then by the one before it, and so on."""
    return DocumentOrder(np.lexsort(keys).astype(np.int32))
