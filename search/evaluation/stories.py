"""Stories against a comparison of every pair of articles."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from search.evaluation.counts import Figure, MatchCounts, share
from search.stories.comparing.words import words

#: Word overlap from which two articles are near copies.
NEAR_COPY = 0.7
#: Of two coefficients with a mean of `NEAR_COPY` or more none is lower.
LEAST_OF_TWO = 2 * NEAR_COPY - 1
ArticlePair = tuple[int, int]


def measure_stories(texts: Sequence[str], outlets: Sequence[str], stories: Sequence[Hashable]) -> list[Figure]:
    """Figures of stories over a collection.

    Args:
        stories: what names each article's story; ``None`` for one alone.
    """
    members: dict[Hashable, list[int]] = defaultdict(list)
    for number, story in enumerate(stories):
        if story is not None:
            members[story].append(number)
    found = pairs_in(members.values())
    groups = syndicated(texts, outlets)
    whole = sum(all(pair in found for pair in combinations(group, 2)) for group in groups)
    copies = MatchCounts()
    copies.add(found, near_copies(texts))
    return [
        Figure("syndicated texts found whole", share(whole, len(groups)), 1.0),
        Figure("near copies recall", copies.recall, 0.95),
        Figure("near copies precision", copies.precision, 0.97),
    ]


def stories_of_report(entries: Iterable[Mapping[str, Any]]) -> dict[str, Hashable]:
    """The story of each id; a repeat that was left out has that of the article kept in its place,
    made one where it had none."""
    entries = list(entries)
    stories: dict[str, Hashable] = {entry["id"]: entry["story"] for entry in entries}
    for entry in entries:
        kept = entry["duplicate_of"]
        if kept is not None and entry["story"] is None:
            if stories.get(kept) is None:
                stories[kept] = ("repeats of", kept)
            stories[entry["id"]] = stories[kept]
    return stories


def pairs_in(stories: Iterable[Sequence[int]]) -> set[ArticlePair]:
    """Every pair of members of one story."""
    return {pair for members in stories for pair in combinations(sorted(members), 2)}


def syndicated(texts: Sequence[str], outlets: Sequence[str]) -> list[list[int]]:
    """Groups of articles of several outlets with one text, spaces, case and punctuation aside."""
    by_text: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        bare = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
        by_text.setdefault(bare, []).append(number)
    return [members for members in by_text.values() if len({outlets[member] for member in members}) > 1]


def near_copies(texts: Sequence[str]) -> set[ArticlePair]:
    """Every pair whose word overlap, the mean of that of running and of different words, is
    `NEAR_COPY` or more."""
    in_words = [words(text) for text in texts]
    running = exact_pairs([as_often_as_written(text) for text in in_words], LEAST_OF_TWO)
    different = exact_pairs([set(text) for text in in_words], LEAST_OF_TWO)
    return {pair for pair in running.keys() & different.keys() if (running[pair] + different[pair]) / 2 >= NEAR_COPY}


def as_often_as_written(found: Iterable[str]) -> set[tuple[str, int]]:
    """Words as a set that keeps repeats apart: each with how many times it came before."""
    counts: dict[str, int] = {}
    kept = set()
    for word in found:
        counts[word] = counts.get(word, 0) + 1
        kept.add((word, counts[word]))
    return kept


def exact_pairs(documents: Sequence[Collection[Hashable]], least: float = LEAST_OF_TWO) -> dict[ArticlePair, float]:
    """The Jaccard coefficient of every pair of sets that reaches ``least``, exactly.

    A row at a time of the product of the incidence matrix with itself: the postings of a document's
    terms, counted.
    """
    numbers: dict[Hashable, int] = {}
    terms = [
        np.fromiter((numbers.setdefault(term, len(numbers)) for term in document), dtype=np.int64, count=len(document))
        for document in documents
    ]
    sizes = np.array([len(document) for document in documents], dtype=np.int64)
    flat = np.concatenate(terms) if terms else np.empty(0, dtype=np.int64)
    by_term = np.argsort(flat, kind="stable")
    postings = np.repeat(np.arange(len(documents)), sizes)[by_term]
    starts = np.searchsorted(flat[by_term], np.arange(len(numbers) + 1))
    lengths = np.diff(starts)
    found: dict[ArticlePair, float] = {}
    for number, own in enumerate(terms):
        of_many = own[lengths[own] > 1]
        count = lengths[of_many]
        skipped = starts[of_many] - np.concatenate(([0], np.cumsum(count)[:-1]))[: len(count)]
        places = np.repeat(skipped, count) + np.arange(count.sum())
        shared = np.bincount(postings[places], minlength=number)[:number]
        overlaps = shared / np.maximum(sizes[:number] + sizes[number] - shared, 1)
        for other in np.flatnonzero(overlaps >= least):
            found[int(other), number] = float(overlaps[other])
    return found
