"""Matches of one evaluation: top hits, totals and facets, with filters whose own facet ignores
them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import numpy as np
import numpy.typing as npt

from search.engine.searching.bitrows import pack
from search.engine.searching.budget import Cut
from search.engine.searching.collect import top_scores
from search.engine.searching.globalcolumn import FacetColumn
from search.engine.searching.hits import Hits
from search.engine.storage.arrays import Docs, Mask, Scores


class Matches:
    """Live documents that match a query.

    Args:
        hits: documents of the query, deleted ones among them.
        size: documents in the snapshot, deleted ones among them.
        live: (documents in the snapshot) True where not deleted; None where none is.
        scored: whether the hits have scores.
        cuts: see below.

    Attributes:
        docs: ascending global document numbers.
        cuts: expansions that ran out of time; empty where the answer is complete.
    """

    def __init__(self, hits: Hits, size: int, live: Mask | None, scored: bool, cuts: list[Cut]) -> None:
        self._hits = hits
        self._size = size
        self._scored = scored
        self.cuts = cuts
        self._scores: Scores | None = None
        if live is None or not hits.count_at_most():
            self.docs: Docs = hits.docs
            self._mask = hits.mask if hits.has_mask else None
        elif hits.has_mask:
            self._mask = hits.mask & live
            self.docs = np.flatnonzero(self._mask).astype(np.int32)
        else:
            self._mask = None
            self.docs = hits.docs.compress(live.take(hits.docs))

    def __len__(self) -> int:
        return len(self.docs)

    @property
    def mask(self) -> Mask:
        """(documents in the snapshot) True where matched."""
        if self._mask is None:
            self._mask = np.zeros(self._size, dtype=bool)
            self._mask[self.docs] = True
        return self._mask

    @property
    def scores(self) -> Scores:
        """Scores aligned with ``docs``; zeros for an evaluation without scores."""
        if self._scores is None:
            self._scores = self._hits.scores(self.docs) if self._scored else np.zeros(len(self.docs), dtype=np.float32)
        return self._scores

    def filtered(self, filters: Mapping[str, Mask] | None = None) -> FilteredMatches:
        """The matches under filters, one mask (documents in the snapshot) for each filtered
        facet."""
        return FilteredMatches(self._size, self, dict(filters or {}))


class FilteredMatches:
    """Matches under filters; counts of a facet ignore the filter of the same name.

    Made by :meth:`Matches.filtered`. Sets of documents shared by several facets are computed once.
    """

    def __init__(self, size: int, matches: Matches, filters: dict[str, Mask]) -> None:
        self._size = size
        self._matches = matches
        self._filters = filters
        self._without: dict[str | None, Docs] = {}
        self._others: dict[str | None, Docs] = {}
        self._words: dict[str | None, npt.NDArray[np.uint64]] = {}

    def docs_ignoring(self, name: str | None) -> Docs:
        """Ascending global document numbers under all filters but the one named."""
        key = name if name in self._filters else None
        found = self._without.get(key)
        if found is None:
            masks = [mask for other, mask in self._filters.items() if other != key or key is None]
            found = self._select(masks)
            self._without[key] = found
        return found

    def _select(self, masks: list[Mask]) -> Docs:
        docs = self._matches.docs
        if not masks:
            return docs
        # Whole masks are cheaper than one look-up a match unless the matches are few.
        if len(docs) * 8 > self._size:
            return np.flatnonzero(reduce(np.logical_and, masks, self._matches.mask)).astype(np.int32)
        for mask in masks:
            docs = docs.compress(mask.take(docs))
        return docs

    @property
    def docs(self) -> Docs:
        """Ascending global document numbers under all filters."""
        return self.docs_ignoring(None)

    @property
    def total(self) -> int:
        """Number of documents under all filters."""
        return len(self.docs)

    def scores(self) -> Scores:
        """Scores aligned with :attr:`docs`."""
        docs = self.docs
        if len(docs) == len(self._matches.docs):
            return self._matches.scores
        if not self._matches._scored:
            return np.zeros(len(docs), dtype=np.float32)
        return self._matches._hits.scores(docs)

    def top(self, limit: int, offset: int = 0) -> tuple[Docs, Scores]:
        """Best documents first, of equal scores the lower number first: (documents, scores)."""
        scores = self.scores()
        places = top_scores(scores, offset + limit)[offset:]
        return self.docs.take(places), scores.take(places)

    def counts(self, column: FacetColumn, name: str | None = None) -> npt.NDArray[np.int64]:
        """(values + 1) documents with each code of a facet; the first counts those without a value.

        Args:
            column: of the facet.
            name: of the facet's own filter, which is ignored.
        """
        docs = self.docs_ignoring(name)
        everything = self._size
        if len(docs) == everything:
            return column.totals().copy()
        most = len(docs) * 2 > everything
        if column.rows_pay(everything - len(docs) if most else len(docs)):
            return column.count_words(self._words_ignoring(name))
        if not most:
            return column.counts(docs)
        # Most documents are there: count those that aren't.
        return column.totals() - column.counts(self._absent(name))

    def _absent(self, name: str | None) -> Docs:
        """The documents that aren't among those under all filters but the one named."""
        key = name if name in self._filters else None
        found = self._others.get(key)
        if found is None:
            absent = np.ones(self._size, dtype=bool)
            absent[self.docs_ignoring(name)] = False
            found = self._others[key] = np.flatnonzero(absent).astype(np.int32)
        return found

    def _words_ignoring(self, name: str | None) -> npt.NDArray[np.uint64]:
        """Bits of the documents under all filters but the one named."""
        key = name if name in self._filters else None
        found = self._words.get(key)
        if found is None:
            mask = np.zeros(self._size, dtype=bool)
            mask[self.docs_ignoring(name)] = True
            found = self._words[key] = pack(mask)
        return found

    def facet(self, column: FacetColumn, name: str | None = None) -> dict[str, int]:
        """Value → documents, values nobody has left out; :meth:`counts` as a mapping."""
        numbers = self.counts(column, name).tolist()
        return {value: number for value, number in zip(column.values, numbers[1:], strict=True) if number}
