"""A fixed order of all documents, and the first of some of them in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.engine.searching.collect import highest
from search.engine.storage.arrays import Docs

#: Where more than this share of the documents are wanted, the order is walked until enough of them are found.
WALKED_SHARE = 16


class DocumentOrder:
    """An order of documents.

    Attributes:
        docs: (documents) all of them, in this order.
        ranks: (documents) the place of each.
    """

    def __init__(self, docs: Docs) -> None:
        self.docs = docs
        self.ranks: NDArray[np.int32] = np.empty(len(docs), dtype=np.int32)
        self.ranks[docs] = np.arange(len(docs), dtype=np.int32)

    def first(self, wanted: Docs, limit: int) -> Docs:
        """The first `limit` of the wanted documents, in this order."""
        if len(wanted) == len(self.docs):
            return self.docs[:limit]
        if len(wanted) * WALKED_SHARE > len(self.docs):
            return self._walked(wanted, limit)
        ranks = self.ranks.take(wanted)
        near = highest(-ranks, limit)
        return wanted[near[np.argsort(ranks[near])][:limit]]

    def _walked(self, wanted: Docs, limit: int) -> Docs:
        mask = np.zeros(len(self.docs), dtype=bool)
        mask[wanted] = True
        # Twice as far as needed where they lie evenly.
        reach = 2 * limit * len(self.docs) // len(wanted) + 1
        while True:
            stretch = self.docs[:reach]
            found = stretch[mask.take(stretch)]
            if len(found) >= limit or reach >= len(self.docs):
                return found[:limit]
            reach *= 4
