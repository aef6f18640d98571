"""Whether the language of a title alone is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from search.evaluation.counts import Figure, share
from search.languages.detect import detect_language

#: Fewer say nothing about a language; more say nothing new.
LEAST_TITLES, MOST_TITLES = 20, 500


def measure_titles(titles: Iterable[tuple[str, str]]) -> list[Figure]:
    """Share of titles whose language is told, for each language and as the mean of the languages.

    Args:
        titles: title and its language; of a language with more than `MOST_TITLES`, evenly spread
            ones are asked.
    """
    by_language: dict[str, list[str]] = defaultdict(list)
    for title, language in titles:
        by_language[language].append(title)
    figures = []
    for language, every in sorted(by_language.items()):
        if len(every) < LEAST_TITLES:
            continue
        some = every[:: -(-len(every) // MOST_TITLES)]
        figures.append(
            Figure(language, share(sum(detect_language(title).code == language for title in some), len(some)))
        )
    return [Figure("mean", share(sum(figure.value for figure in figures), len(figures))), *figures] if figures else []
