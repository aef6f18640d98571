"""One commit of an index: the engine's reader and, made once for it, what every answer needs besides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from search.backends.base import FACETS
from search.backends.compile import Compiler
from search.engine.globalcolumn import CodesColumn, IntsColumn, MultiCodesColumn
from search.engine.reader import EngineReader
from search.index.analysis import PLAIN, profile_of

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All arrays are (documents): row d belongs to document number d of the reader, deleted ones included.

    `first_month`, `last_month` count months since the year 0 and are 0 for articles without a date. `by_newest` and
    `by_oldest` are ranks: the lower comes first.
    """

    reader: EngineReader
    compiler: Compiler
    facets: dict[str, CodesColumn | MultiCodesColumn]
    first_day: IntsColumn
    last_day: IntsColumn
    ids: NDArray[np.int64]
    first_month: NDArray[np.int32]
    last_month: NDArray[np.int32]
    by_newest: NDArray[np.int32]
    by_oldest: NDArray[np.int32]


def snapshot_of(reader: EngineReader) -> Snapshot:
    """Compute what a commit's answers share."""
    facets = {name: reader.codes(name) for name in FACETS}
    first_day, last_day = reader.ints("first_day"), reader.ints("last_day")
    ids = reader.ints("number").ints.astype(np.int64)
    first, last = first_day.ints.astype(np.int64), last_day.ints.astype(np.int64)
    undated = first_day.ints == first_day.missing
    return Snapshot(
        reader=reader,
        compiler=Compiler(
            {profile_of(language) for language in facets["language"].values} | {PLAIN},
            frequency=lambda name, term: field.doc_frequency(term.encode()) if (field := reader.field(name)) else 0,
            size=reader.doc_count_all,
        ),
        facets=facets,
        first_day=first_day,
        last_day=last_day,
        ids=ids,
        first_month=_months(first, undated),
        last_month=_months(last, undated),
        by_newest=_ranks((-ids, last, -first, undated)),
        by_oldest=_ranks((ids, last, first, undated)),
    )


def _months(days: NDArray[np.int64], undated: NDArray[np.bool_]) -> NDArray[np.int32]:
    since_1970 = (
        (np.where(undated, _EPOCH, days) - _EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    )
    return np.where(undated, 0, since_1970 + 1970 * 12).astype(np.int32)


def _ranks(keys: tuple[NDArray[np.int64] | NDArray[np.bool_], ...]) -> NDArray[np.int32]:
    """The place of each row in the order of the last key, then the one before it, and so on."""
    ranks = np.empty(len(keys[0]), dtype=np.int32)
    ranks[np.lexsort(keys)] = np.arange(len(ranks), dtype=np.int32)
    return ranks
