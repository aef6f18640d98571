"""Whether the text below a line goes on with what the text above it is about, by the words they share; in any language."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .lines import Line, word_beginnings

WINDOW = 3  # paragraphs on either side
MIN_WORDS = 12  # fewer on one side say nothing
_PARAGRAPH_CHARS = 1_200  # of a paragraph that count
_UNSPACED = frozenset({"han", "kana", "thai", "lao", "khmer", "burmese"})  # scripts that show no words


@dataclass(frozen=True, slots=True)
class Cohesion:
    """The words of a page's paragraphs (indexes of ``prose``, ascending), weighted by how few paragraphs have them."""

    prose: Sequence[int]
    words: Sequence[frozenset[str]]
    weights: dict[str, float]

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

    def across(self, place: int, before: int, after: int) -> float | None:
        """The share of weighted words that the paragraphs on both sides of a place have in common; ``None`` when unclear.

        ``place`` numbers the first paragraph below; at most ``before`` and ``after`` paragraphs are looked at.
        """
        above = self._union(max(0, place - min(before, WINDOW)), place)
        below = self._union(place, min(len(self.words), place + min(after, WINDOW)))
        if min(len(above), len(below)) < MIN_WORDS:
            return None
        least = min(self._weight(above), self._weight(below))
        return self._weight(above & below) / least if least else None

    def relation(self, title: frozenset[str], first: int, last: int) -> float:
        """The share of a title's words that some of the paragraphs numbered ``first`` to ``last`` (exclusive) have."""
        if not title:
            return 0.0
        return len(title & self._union(max(0, first), min(len(self.words), last))) / len(title)

    def _union(self, first: int, last: int) -> frozenset[str]:
        return frozenset().union(*self.words[first:last])

    def _weight(self, words: frozenset[str]) -> float:
        return sum(self.weights[word] for word in words)
