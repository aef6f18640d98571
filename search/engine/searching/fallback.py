"""Queries the evaluator doesn't know, answered by Whoosh's own matchers over the same arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from whoosh.query import spans
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher

from search.engine.searching.hits import Hits, listed
from search.engine.storage.arrays import NO_DOCS, Docs, Scores


class _SpanNot(spans.SpanNot):  # type: ignore[misc]
    """Whoosh's own asks the excluded part for its document even after its last one, and fails."""

    class _Matcher(spans.SpanNot._Matcher):  # type: ignore[misc]
        def _get_spans(self) -> Any:
            return super()._get_spans() if self.b.is_active() else self.a.spans()


def _mended(query: Any) -> Any:
    """A span query with Whoosh's ``SpanNot`` replaced wherever it stands; any other query as it
    is."""
    if not isinstance(query, spans.SpanQuery):
        return query
    mended = query.apply(_mended)
    return _SpanNot(mended.a, mended.b) if type(mended) is spans.SpanNot else mended


def whoosh_hits(whoosh_reader: Any, weighting: Any, query: Any, size: int, scored: bool) -> Hits:
    """Evaluate a query with a searcher of its own: Whoosh's searchers can't be shared between
    threads."""
    query = _mended(query)
    searcher = Searcher(whoosh_reader, weighting=weighting, closereader=False)
    docs: list[Docs] = []
    scores: list[Scores] = []
    for leaf, offset in searcher.leaf_searchers():
        context = leaf.context() if scored else leaf.boolean_context()
        try:
            matcher = query.matcher(leaf, context)
        except TermNotFound:
            continue
        found, its_scores = [], []
        while matcher.is_active():
            found.append(matcher.id())
            if scored:
                its_scores.append(matcher.score())
            matcher.next()
        docs.append(np.array(found, dtype=np.int32) + np.int32(offset))
        scores.append(np.array(its_scores, dtype=np.float32))
    every = np.concatenate(docs) if docs else NO_DOCS
    if not scored:
        return Hits(size, every)
    return listed(every, np.concatenate(scores) if scores else np.zeros(0, dtype=np.float32), size)
