"""Whether one article is a copy of another, decided on their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from search.ingest.stories.words import compared_words, words

#: The overlap from which two articles are copies. A hundredth above the .7 of the definition: stories are chains of
#: copies, and a chain's ends differ more than its links.
MIN_OVERLAP = 0.71
#: Below this many words a few shared phrases make a high overlap, so the words must also stand in the same order.
ORDERED_BELOW_WORDS = 40
MIN_SHORT_ORDER = 0.7
#: Below this many words, reports of one form (dividends, rates, weather) differ by little but their figures.
FORM_BELOW_WORDS = 150
MIN_FORM_FIGURES = 3
MIN_SHARED_FIGURES = 0.67


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
    if a.words == b.words:
        return True
    if overlap_of(a, b) < MIN_OVERLAP:
        return False
    length = min(len(a.words), len(b.words))
    if length < ORDERED_BELOW_WORDS and _order(a, b) < MIN_SHORT_ORDER:
        return False
    return length >= FORM_BELOW_WORDS or not _other_figures(a, b)


def copies_of(article: Prepared, candidates: Iterable[tuple[int, Prepared]]) -> list[int]:
    """The ids of the candidates that are copies of the article, in the order given."""
    return [article_id for article_id, candidate in candidates if is_copy(article, candidate)]


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


def _order(a: Prepared, b: Prepared) -> float:
    pairs_a, pairs_b = set(pairwise(a.words)), set(pairwise(b.words))
    return _jaccard(len(pairs_a & pairs_b), len(pairs_a), len(pairs_b))


def _other_figures(a: Prepared, b: Prepared) -> bool:
    """Whether both give figures, and each in good part its own.

    Only the one with fewer has to have them in common: a page's date and counters may be added to a copy.
    """
    figures_a, figures_b = _figures(a), _figures(b)
    fewer = min(len(figures_a), len(figures_b))
    if fewer < MIN_FORM_FIGURES:
        return False
    return (Counter(figures_a) & Counter(figures_b)).total() < MIN_SHARED_FIGURES * fewer


def _figures(article: Prepared) -> list[str]:
    return [word for word in article.words if word[0].isdigit()]
