"""Whether one article is a copy of another, decided on their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from search.stories.comparing.words import compared_words, words

#: The overlap from which two articles are copies.
MIN_OVERLAP = 0.7


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text cut into words once, to be compared with several others: the words in order, and how often each is."""

    words: tuple[str, ...]
    counts: Counter[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """How an article differs from the first of its story.

    ``share`` is 1 − overlap: 0 for the same words, 1 for none in common. ``added`` and ``dropped`` count running words.
    """

    share: float
    added: int
    dropped: int


def prepare(title: str, body: str) -> Prepared:
    """An article ready to be compared."""
    return _prepared(compared_words(title, body))


def overlap(text_a: str, text_b: str) -> float:
    """The word overlap of two texts, 0 to 1: the mean of two Jaccard coefficients.

    One counts each different word once, the other as often as it is written. The first alone is lenient with long texts
    on one subject, the second with texts that share only common words. Two texts without words have overlap 1.
    """
    return overlap_of(_prepared(words(text_a)), _prepared(words(text_b)))


def overlap_of(a: Prepared, b: Prepared) -> float:
    """``overlap`` of texts already cut into words."""
    return (_jaccard(len(a.counts.keys() & b.counts.keys()), len(a.counts), len(b.counts)) + _shared(a, b)) / 2


def is_copy(a: Prepared, b: Prepared) -> bool:
    """Whether two articles are one text, give or take an edit."""
    return bool(copies_of(a, [(0, b)]))


def copies_of(article: Prepared, candidates: Iterable[tuple[int, Prepared]]) -> dict[int, float]:
    """Those of the candidates (id, text) that are copies of the article, each with its overlap."""
    overlaps = (
        (number, 1.0 if each.words == article.words else overlap_of(article, each)) for number, each in candidates
    )
    return {number: value for number, value in overlaps if value >= MIN_OVERLAP}


def difference(first: Prepared, other: Prepared) -> Difference:
    """What a later version changed."""
    shared = (first.counts & other.counts).total()
    return Difference(
        share=1 - overlap_of(first, other), added=len(other.words) - shared, dropped=len(first.words) - shared
    )


def _prepared(found: list[str]) -> Prepared:
    return Prepared(tuple(found), Counter(found))


def _jaccard(shared: int, size_a: int, size_b: int) -> float:
    together = size_a + size_b - shared
    return shared / together if together else 1.0


def _shared(a: Prepared, b: Prepared) -> float:
    few, many = (a.counts, b.counts) if len(a.counts) <= len(b.counts) else (b.counts, a.counts)
    common = sum(min(count, many[word]) for word, count in few.items() if word in many)
    return _jaccard(common, len(a.words), len(b.words))
