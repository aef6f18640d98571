"""Which tokens of the articles shown a query looks for, read from the positions in the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from whoosh import query

from search.analysis.terms import bare_words, fold_word, has_runs, query_terms, query_tokens, term_of
from search.backends.base import MatchPlaces
from search.backends.compile import in_words
from search.engine.occurrences import Positions, pattern_occurrences, prefix_occurrences, term_occurrences
from search.engine.reader import EngineReader

FIELD, WORDS_FIELD = "body", "body_words"
#: For the terms of a wildcard or a misspelling; the evaluation has just looked through the same part of the dictionary.
PATTERN_SECONDS = 0.05
#: Of each kind in an article, the first ones: a snippet needs two.
MOST_PLACES = 5_000


@dataclass(frozen=True, slots=True)
class Sought:
    """What the positive leaves of a tree look for in a body: single words, phrases (consecutive
    words), folded prefixes.

    `others` are leaves that stand for words only a look at the dictionary tells: wildcards,
    misspellings.
    """

    words: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    prefixes: tuple[str, ...]
    others: tuple[query.Query, ...]


def sought(tree: query.Query | None, fields: tuple[str, ...]) -> Sought:
    """What a tree over public fields looks for in some of them."""
    words: set[str] = set()
    phrases: list[tuple[str, ...]] = []
    prefixes: list[str] = []
    others: list[query.Query] = []
    for leaf in _positive_leaves(tree):
        if getattr(leaf, "fieldname", None) not in fields:
            continue
        if isinstance(leaf, query.Phrase):
            texts = [token.text for word in leaf.words for token in query_tokens(word)]
        elif isinstance(leaf, query.FuzzyTerm):
            others.append(leaf)
            continue
        elif isinstance(leaf, query.Prefix):
            prefixes.append(fold_word(leaf.text))
            continue
        elif isinstance(leaf, query.Wildcard):
            others.append(leaf)
            continue
        elif isinstance(leaf, query.Term):
            texts = [token.text for token in query_tokens(leaf.text)]
        else:
            continue
        if len(texts) == 1:
            words.add(texts[0])
        elif texts:
            phrases.append(tuple(texts))
    return Sought(frozenset(words), tuple(phrases), tuple(prefixes), tuple(others))


def terms_meant(word: str, profile: str) -> set[str]:
    """The terms that are marked where a word is sought: those of the word, and without what Arabic
    writes onto it."""
    return {term for form in (word, *bare_words(word, profile)) for term in query_terms(form, profile)}


def _positive_leaves(node: query.Query | None) -> Iterator[query.Query]:
    if node is None or isinstance(node, query.Not):
        return
    if isinstance(node, query.And | query.Or):
        for child in node.subqueries:
            yield from _positive_leaves(child)
    else:
        yield node


def match_places(
    reader: EngineReader, tree: query.Query | None, documents: dict[int, int], profiles: Iterable[str]
) -> dict[int, MatchPlaces]:
    """The places of each article.

    Args:
        reader: the snapshot.
        tree: over public fields, with words as they were typed.
        documents: article → global document number.
        profiles: the analyses of these articles.

    Returns:
        article → places; empty when positions alone do not tell.
    """
    wanted = sought(tree, ("text",))
    docs = set(documents.values())
    chosen = tuple(profiles)
    terms = {term for word in wanted.words for profile in chosen for term in terms_meant(word, profile)}
    words = [term_occurrences(reader, FIELD, terms, docs)]
    for prefix in wanted.prefixes:
        found = prefix_occurrences(reader, WORDS_FIELD, prefix, docs)
        if found is None:
            return {}
        words.append(found)
    for leaf in wanted.others:
        found = pattern_occurrences(reader, in_words(WORDS_FIELD, leaf), docs, PATTERN_SECONDS)
        if found is None:
            return {}
        words.append(found)
    starts = []
    for single in (word for word in wanted.words if len(word) == 1 and has_runs(word)):
        found = prefix_occurrences(reader, FIELD, fold_word(single), docs)
        if found is None:
            return {}
        starts.append(found)
    phrases = [
        _phrase(reader, [term_of(word, profile) for word in phrase], docs)
        for phrase in wanted.phrases
        for profile in chosen
    ]
    return {
        article: MatchPlaces(
            words=_first(_together(words, doc)),
            starts=_first(_together(starts, doc)),
            phrases=_first(place for found in phrases for place in found.get(doc, ())),
        )
        for article, doc in documents.items()
    }


Place = TypeVar("Place", int, tuple[int, int])


def _first(places: Iterable[Place]) -> frozenset[Place]:
    return frozenset(sorted(set(places))[:MOST_PLACES])


def _together(found: list[Positions], doc: int) -> Iterator[int]:
    for positions in found:
        yield from positions.get(doc, ())


def _phrase(reader: EngineReader, terms: list[str], docs: set[int]) -> dict[int, list[tuple[int, int]]]:
    """First and last token of each place where the terms stand one after another."""
    by_term: dict[str, Positions] = {}
    first = term_occurrences(reader, FIELD, [terms[0]], docs)
    places = {doc: set(positions) for doc, positions in first.items()}
    for step, term in enumerate(terms[1:], 1):
        if term not in by_term:
            by_term[term] = term_occurrences(reader, FIELD, [term], places)
        following = by_term[term]
        places = {
            doc: kept
            for doc, begins in places.items()
            if (kept := begins & {position - step for position in following.get(doc, ())})
        }
    return {doc: [(begin, begin + len(terms) - 1) for begin in begins] for doc, begins in places.items()}
