"""Collectors: everything a page of results needs, from the arrays of one evaluation."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from search.engine.storage.arrays import Scores

# Scores are first reduced to the best of blocks of this many; only blocks that can hold a top hit are looked at again.
COLLECT_BLOCK = 128


def top_scores(scores: Scores, limit: int) -> npt.NDArray[np.intp]:
    """Places of the highest scores, best first; of equal scores the earlier place first.

    Args:
        scores: (n) in document order.
        limit: how many places at most.
    """
    places = highest(scores, limit)
    order = np.argsort(-scores.take(places), kind="stable")
    return places.take(order[:limit])


def highest(values: npt.NDArray[Any], limit: int) -> npt.NDArray[np.intp]:
    """Places, ascending, of all values not below the one that is ``limit``-th from the top;
    somewhat more where it is cheaper."""
    count = len(values)
    if limit <= 0 or count == 0:
        return np.zeros(0, dtype=np.intp)
    blocks = count // COLLECT_BLOCK
    if blocks > limit:
        best = values[: blocks * COLLECT_BLOCK].reshape(blocks, COLLECT_BLOCK).max(axis=1)
        least = np.partition(best, blocks - limit)[blocks - limit]
        places = np.flatnonzero(values >= least)
    else:
        places = np.arange(count)
    if len(places) > 4 * limit:
        chosen = values.take(places)
        least = np.partition(chosen, len(places) - limit)[len(places) - limit]
        places = places.compress(chosen >= least)
    return places
