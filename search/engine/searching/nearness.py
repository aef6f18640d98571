"""Words that stand near each other score more.

Only the best documents by the words alone are looked at: reading positions costs more than scores.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from whoosh import query

from search.engine.searching.globalfield import GlobalField
from search.engine.searching.hits import Hits
from search.engine.searching.sequence import Run, occurrences
from search.engine.storage.arrays import Docs, Scores
from search.engine.storage.postings import FieldPart

#: The best documents by the words alone, among which nearness counts.
LOOKED_AT = 300
# No words are further from each other, in tokens, than what counts.
_FAR = 1 << 20


class Near(query.Query):  # type: ignore[misc]
    """What a node matches, scored more where words stand near each other.

    Args:
        child: the node.
        words: of each word its ``whoosh.query`` ``Term`` nodes, in fields that keep positions.
        weights: what each pair of neighbouring words adds where they stand side by side; it falls
            with their distance.
    """

    def __init__(self, child: query.Query, words: Sequence[Sequence[query.Term]], weights: Sequence[float]) -> None:
        self.child = child
        self.words = tuple(map(tuple, words))
        self.weights = tuple(weights)
        self.boost = 1.0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Near) and (self.child, self.words, self.weights) == (
            other.child, other.words, other.weights
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash((Near, self.child, self.words))

    def __repr__(self) -> str:
        return f"Near({self.child!r}, {self.words!r})"


def near_hits(
    node: Near,
    hits: Hits,
    fields: Callable[[str], GlobalField | None],
    encoded: Callable[[str, str], bytes | None],
) -> Hits:
    """The hits of the node's child with the scores of the node."""

    def score(subset: Docs) -> Scores:
        scores = hits.scores(subset)
        chosen = np.arange(len(subset))
        if len(subset) > LOOKED_AT:
            chosen = np.sort(np.argpartition(scores, -LOOKED_AT)[-LOOKED_AT:])
        if len(chosen):
            scores = scores.copy()
            scores[chosen] += _added(node, subset.take(chosen), fields, encoded)
        return scores

    return Hits(hits.size, hits.docs, score=score)


def _added(
    node: Near,
    docs: Docs,
    fields: Callable[[str], GlobalField | None],
    encoded: Callable[[str, str], bytes | None],
) -> Scores:
    """(documents) what nearness adds."""
    best = [np.full(len(docs), _FAR, dtype=np.int64) for _ in node.weights]
    for name in sorted({str(term.fieldname) for word in node.words for term in word}):
        field = fields(name)
        if field is None:
            continue
        runs = [
            [found for term in word if term.fieldname == name for found in _numbers(field, encoded(name, term.text))]
            for word in node.words
        ]
        for part in field.parts:
            first, last = np.searchsorted(docs, [part.base, part.base + part.arrays.doc_count]).tolist()
            if first == last:
                continue
            rows = np.full(part.arrays.doc_count, -1, dtype=np.int32)
            rows[docs[first:last] - part.base] = np.arange(last - first, dtype=np.int32)
            keys = [_keys([Run(part.arrays, n, n + 1) for own, n in its if own is part], rows) for its in runs]
            for pair, nearest in enumerate(best):
                _shorten(nearest[first:last], keys[pair], keys[pair + 1])
    added = np.zeros(len(docs), dtype=np.float32)
    for weight, nearest in zip(node.weights, best, strict=True):
        added += np.float32(weight) / nearest.astype(np.float32)
    added[added < 1e-4] = 0
    return added


def _numbers(field: GlobalField, term: bytes | None) -> list[tuple[FieldPart, int]]:
    return [] if term is None else field.numbers(term)


def _keys(runs: Sequence[Run], rows: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Occurrences on one axis, on which documents lie further apart than any words within one."""
    parts = [
        own * (2 * _FAR) + np.minimum(places, _FAR - 1) for own, places in (occurrences(run, rows) for run in runs)
    ]
    return np.unique(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)


def _shorten(nearest: npt.NDArray[np.int64], one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> None:
    """Lower the distances (documents) to those between two words."""
    if not len(one) or not len(other):
        return
    after = np.searchsorted(other, one)
    for at in (np.minimum(after, len(other) - 1), np.maximum(after - 1, 0)):
        distances = np.abs(other.take(at) - one)
        # A place that both words may fill says nothing of their distance.
        distances[distances == 0] = _FAR
        np.minimum.at(nearest, one // (2 * _FAR), np.minimum(distances, _FAR))
