"""BM25F with Whoosh's formula and exact lengths."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import scoring

from search.engine.storage.arrays import Scores


@dataclass(frozen=True, slots=True)
class Bm25:
    """Parameters of BM25F.

    Attributes:
        k1: saturation of term frequency.
        b: how much long fields are discounted, 0 to 1.
        field_k1: ``k1`` for single fields.
        field_b: ``b`` for single fields.
    """

    k1: float = 1.2
    b: float = 0.75
    field_k1: Mapping[str, float] = field(default_factory=dict)
    field_b: Mapping[str, float] = field(default_factory=dict)

    def k1_of(self, fieldname: str) -> float:
        """``k1`` of a field."""
        return self.field_k1.get(fieldname, self.k1)

    def b_of(self, fieldname: str) -> float:
        """``b`` of a field."""
        return self.field_b.get(fieldname, self.b)

    def whoosh(self) -> scoring.WeightingModel:
        """The same parameters as a Whoosh weighting, for its own matchers."""
        return _Weighting(self)


class _Weighting(scoring.BM25F):  # type: ignore[misc]
    """Whoosh's BM25F with ``K1`` by field too."""

    def __init__(self, parameters: Bm25) -> None:
        super().__init__(B=parameters.b, K1=parameters.k1)
        self._parameters = parameters

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> Any:
        if not searcher.schema[fieldname].scorable:
            return scoring.WeightScorer.for_(searcher, fieldname, text)
        b, k1 = self._parameters.b_of(fieldname), self._parameters.k1_of(fieldname)
        return scoring.BM25FScorer(searcher, fieldname, text, b, k1, qf=qf)


def whoosh_idf(doc_count: int, doc_frequency: int) -> float:
    """Whoosh's inverse document frequency; deleted documents count in both."""
    return math.log(doc_count / (doc_frequency + 1)) + 1


def length_norms(lengths: npt.NDArray[Any], average: float, k1: float, b: float) -> Scores:
    """(documents) what is added to the term frequency in BM25's denominator."""
    norms = lengths.astype(np.float32)
    norms *= k1 * b / (average or 1)
    norms += k1 * (1 - b)
    return norms


def bm25(frequencies: Scores, norms: Scores, factor: float) -> Scores:
    """``factor * tf / (tf + norm)``; overwrites ``norms``.

    Args:
        frequencies: (n) weights of the term in each document.
        norms: (n) :func:`length_norms` of those documents.
        factor: idf times (k1 + 1) times boost.
    """
    norms += frequencies
    np.divide(frequencies, norms, out=norms)
    norms *= np.float32(factor)
    return norms
