"""Whether the text below a line goes on with what the text above it is about, by the words they
share; in any language."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .lines import Line, word_beginnings

NEAR, FAR = 3, 8  # paragraphs on either side
_MANY_WORDS = 8  # in a title; more say no more
MIN_COHESION_WORDS = 12  # fewer on one side say nothing
_PARAGRAPH_CHARS = 1_200  # of a paragraph that count
_UNSPACED = frozenset({"han", "kana", "thai", "lao", "khmer", "burmese"})  # scripts that show no words


@dataclass(frozen=True, slots=True)
class Weights:
    """What the log odds of a title are the sum of."""

    bias: float
    near: float
    """For all words shared between the paragraphs near above and below."""
    far: float
    title: float
    """For a title all of whose words are below and none above."""
    length: float
    """For a title of many words."""
    basis: str


WEIGHTS = Weights(
    bias=-1.9,
    near=-17.9,
    far=-22.4,
    title=4.4,
    length=3.6,
    basis="logistic regression over 2,900 lines between real texts, one under the other or with subheads; docs/quality.md",
)


@dataclass(frozen=True, slots=True)
class Cohesion:
    """The words of a page's paragraphs (indexes of ``prose``, ascending), weighted by how few
    paragraphs have them."""

    prose: Sequence[int]
    words: Sequence[frozenset[str]]
    weights: dict[str, float]
    _last: dict[int, tuple[float, float, frozenset[str], frozenset[str]] | None] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Sequence[Line], prose: Sequence[int]) -> Cohesion:
        """Of the paragraphs at these indexes."""
        words = [
            frozenset() if lines[index].script in _UNSPACED else word_beginnings(lines[index].text[:_PARAGRAPH_CHARS])
            for index in prose
        ]
        counts = Counter(word for each in words for word in each)
        total = max(1, len(words))
        return cls(prose, words, {word: math.log((1 + total) / count) for word, count in counts.items()})

    def log_odds_of_title(self, place: int, title: Line) -> float | None:
        """How likely a line above the paragraph numbered ``place`` begins another subject; ``None``
        when unclear.

        Positive: rather a title; negative: rather a subhead. What counts is how few words the
        paragraphs above and below
        share, that the line has words of those below and not of those above, and its length.
        """
        if not 0 < place < len(self.prose):
            return None
        if place not in self._last:
            # Asked again for each line of a stretch, so the last one is kept.
            self._last.clear()
            self._last[place] = self._around(place)
        around = self._last[place]
        if around is None:
            return None
        near, far, above, below = around
        own = word_beginnings(title.text)
        relation = len(own & below) / len(own) - len(own & above) / len(own) if own else 0.0
        long = min(title.words, _MANY_WORDS) / _MANY_WORDS
        of = WEIGHTS
        return of.bias + of.near * near + of.far * far + of.title * relation + of.length * long

    def _around(self, place: int) -> tuple[float, float, frozenset[str], frozenset[str]] | None:
        """The shares of `_shared`, near and far, and the words near above and below."""
        near, far = self._shared(place, NEAR), self._shared(place, FAR)
        if near is None or far is None:
            return None
        return near, far, self._union(place - NEAR, place), self._union(place, place + NEAR)

    def _shared(self, place: int, width: int) -> float | None:
        """The share of weighted words that the paragraphs on both sides of a place have in
        common."""
        above, below = self._union(place - width, place), self._union(place, place + width)
        if min(len(above), len(below)) < MIN_COHESION_WORDS:
            return None
        least = min(self._weight(above), self._weight(below))
        return self._weight(above & below) / least if least else None

    def _union(self, first: int, last: int) -> frozenset[str]:
        return frozenset().union(*self.words[max(0, first) : last])

    def _weight(self, words: frozenset[str]) -> float:
        return sum(self.weights[word] for word in words)
