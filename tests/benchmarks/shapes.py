"""The shapes of query that are timed, independent of any engine."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.benchmarks.corpus import DAYS, FIRST_DAY, VOCABULARY, WORDS_AN_ARTICLE, vocabulary


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of search.

    Attributes:
        name: as shown in the table.
        kind: ``all``, ``any``, ``phrase``, ``prefix``, ``fuzzy``, ``days`` or ``everything``.
        words: of the query.
        filters: facet → ticked values; a facet's own count ignores them.
        days: first and last day of a range, both included.
    """

    name: str
    kind: str
    words: tuple[str, ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    days: tuple[int, int] = (0, 0)


def _rank_for(share: float) -> int:
    """Rank of the word that stands in about this share of the articles."""
    weight = sum(1.0 / rank for rank in range(1, VOCABULARY + 1))
    expected = [1 - (1 - 1.0 / rank / weight) ** WORDS_AN_ARTICLE for rank in range(1, 5_000)]
    return min(range(len(expected)), key=lambda place: abs(expected[place] - share))


def shapes() -> list[Shape]:
    """ENGINE.md's seven shapes and five more."""
    words = vocabulary()
    common, middling, rare = _rank_for(0.985), _rank_for(0.11), _rank_for(0.0009)
    half, most = _rank_for(0.557), _rank_for(0.61)
    return [
        Shape("common word", "all", (words[common],)),
        Shape("middling word", "all", (words[middling],)),
        Shape("rare word", "all", (words[rare],)),
        Shape("two words, all", "all", (words[half], words[half + 1])),
        Shape("three words, any", "any", (words[most], words[most + 1], words[most + 2])),
        Shape("phrase of two common words", "phrase", (words[2], words[3])),
        Shape("word + language + country", "all", (words[half],), {"language": ("de",), "countries": ("c012", "c020")}),
        Shape("prefix", "prefix", (words[middling][:3],)),
        Shape("fuzzy", "fuzzy", (words[middling],)),
        Shape("date range", "days", (), {}, (FIRST_DAY + DAYS // 3, FIRST_DAY + DAYS // 2)),
        Shape(
            "everything, three facets ticked",
            "everything",
            (),
            {"outlet": ("outlet01", "outlet02"), "language": ("ar", "de"), "countries": ("c003", "c010")},
        ),
        Shape("five words, any", "any", tuple(words[middling + 7 * step] for step in range(5))),
    ]
