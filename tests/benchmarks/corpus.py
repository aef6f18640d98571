"""The seeded synthetic corpus all engines index: Zipf-distributed words, four facets, a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

VOCABULARY = 200_000
WORDS_AN_ARTICLE = 250
OUTLETS = tuple(f"outlet{number:02}" for number in range(50))
LANGUAGES = ("ar", "de", "en", "es", "fr", "ru")
COUNTRIES = tuple(f"c{number:03}" for number in range(200))
DAYS = 1_800
FIRST_DAY = 18_262
MOST_COUNTRIES = 12
CHUNK = 10_000
SEED = 4


@dataclass(frozen=True, slots=True)
class Article:
    """One article; ``day`` counts from 1970-01-01."""

    number: int
    text: str
    outlet: str
    language: str
    day: int
    countries: list[str]


@cache
def vocabulary() -> tuple[str, ...]:
    """Distinct made-up words, the frequent ones first; none ends in what an English stemmer cuts
    off."""
    rng = np.random.default_rng(SEED)
    consonants, vowels = "bdfgklmnprtvz", "aiou"
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        size = int(rng.integers(2, 5))
        syllables = (consonants[int(rng.integers(13))] + vowels[int(rng.integers(4))] for _ in range(size))
        words["".join(syllables) + consonants[int(rng.integers(9))]] = None
    return tuple(words)


@cache
def _cumulative() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    weights = 1.0 / np.arange(1, VOCABULARY + 1)
    total: np.ndarray[tuple[int], np.dtype[np.float64]] = np.cumsum(weights)
    total /= total[-1]
    return total


def articles(count: int) -> Iterator[Article]:
    """The first ``count`` articles, the same for every caller."""
    words = vocabulary()
    for start in range(0, count, CHUNK):
        rng = np.random.default_rng([SEED, start])
        size = min(CHUNK, count - start)
        # Whole chunks are drawn, so that a smaller corpus is the beginning of a larger one.
        ranks = np.searchsorted(_cumulative(), rng.random((CHUNK, WORDS_AN_ARTICLE)))
        outlets = (rng.random(CHUNK) ** 2 * len(OUTLETS)).astype(int).tolist()
        languages = (rng.random(CHUNK) ** 2 * len(LANGUAGES)).astype(int).tolist()
        days = rng.integers(0, DAYS, CHUNK).tolist()
        amounts = rng.integers(0, MOST_COUNTRIES + 1, CHUNK).tolist()
        countries = (rng.random((CHUNK, MOST_COUNTRIES)) ** 2 * len(COUNTRIES)).astype(int).tolist()
        for place in range(size):
            yield Article(
                start + place,
                " ".join([words[rank] for rank in ranks[place].tolist()]),
                OUTLETS[outlets[place]],
                LANGUAGES[languages[place]],
                FIRST_DAY + days[place],
                [COUNTRIES[number] for number in dict.fromkeys(countries[place][: amounts[place]])],
            )
