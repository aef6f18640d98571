"""Measures of a ranking against relevance judgements; a query without hits scores zero."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def ndcg(hits: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain at a depth: gain 2^grade - 1, discount log2 (Järvelin
    and Kekäläinen 2002).

    `hits` are document ids, best first; `grades` the judged ones, 0 for irrelevant.
    """

    def gain(ranked: Sequence[int]) -> float:
        return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(ranked[:depth]))

    ideal = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(hit, 0) for hit in hits]) / ideal if ideal else 0.0


def average_precision(hits: Sequence[str], grades: Mapping[str, int]) -> float:
    """Mean over the relevant documents of the precision at the place where each is found."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    found, total = 0, 0.0
    for place, hit in enumerate(hits, 1):
        if hit in relevant:
            found += 1
            total += found / place
    return total / len(relevant) if relevant else 0.0


def recall(hits: Sequence[str], grades: Mapping[str, int], depth: int = 100) -> float:
    """Share of the relevant documents among the first hits."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant & set(hits[:depth])) / len(relevant) if relevant else 0.0
