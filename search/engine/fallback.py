"""Queries the evaluator doesn't know, answered by Whoosh's own matchers over the same arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher

from search.engine.arrays import NO_DOCS, Docs, Scores
from search.engine.hits import Hits, listed


def whoosh_hits(whoosh_reader: Any, weighting: Any, query: Any, size: int, scored: bool) -> Hits:
    """Evaluate a query with a searcher of its own: Whoosh's searchers can't be shared between threads."""
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
