"""Whether one article is a copy of another, decided on their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from search.stories.comparing.words import compared_words

#: The overlap from which two articles are copies.
MIN_OVERLAP = 0.7


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text cut into words once, to be compared with several others: the words in order, and how
    often each is."""

    words: tuple[str, ...]
    counts: Counter[str]


def prepare(title: str, body: str) -> Prepared:
    """An article ready to be compared."""
    found = compared_words(title, body)
    return Prepared(tuple(found), Counter(found))


def overlap_of(a: Prepared, b: Prepared) -> float:
    """The word overlap of two texts, 0 to 1: the mean of two Jaccard coefficients.

    One counts each different word once, the other as often as it is written. The first alone is
    lenient with long texts on one subject, the second with texts that share only common words. Two
    texts without words have overlap 1.
    """
    return (_jaccard(len(a.counts.keys() & b.counts.keys()), len(a.counts), len(b.counts)) + _shared(a, b)) / 2


def copies_of(article: Prepared, candidates: Iterable[tuple[int, Prepared]]) -> dict[int, float]:
    """Those of the candidates (id, text) that are copies of the article, each with its overlap."""
    overlaps = (
        (number, 1.0 if each.words == article.words else overlap_of(article, each)) for number, each in candidates
    )
    return {number: value for number, value in overlaps if value >= MIN_OVERLAP}


def _jaccard(shared: int, size_a: int, size_b: int) -> float:
    together = size_a + size_b - shared
    return shared / together if together else 1.0


def _shared(a: Prepared, b: Prepared) -> float:
    few, many = (a.counts, b.counts) if len(a.counts) <= len(b.counts) else (b.counts, a.counts)
    common = sum(min(count, many[word]) for word, count in few.items() if word in many)
    return _jaccard(common, len(a.words), len(b.words))
