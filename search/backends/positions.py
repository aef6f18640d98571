"""Which tokens of the articles shown a query looks for, read from the positions in the index."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from whoosh import query

from search.analysis.terms import fold_word
from search.backends.base import MatchPlaces
from search.backends.chains import Chain, Slot
from search.backends.compile import in_words
from search.backends.sought import linked, sought, terms_meant
from search.engine.occurrences import Positions, pattern_occurrences, prefix_occurrences, term_occurrences
from search.engine.reader import EngineReader

FIELD, WORDS_FIELD = "body", "body_words"
#: For the terms of a wildcard or a misspelling; the evaluation has just looked through the same part of the dictionary.
PATTERN_SECONDS = 0.05
#: Of each word in an article, the first ones: a snippet needs two.
MOST_PLACES = 5_000


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
    chosen = tuple(profiles)
    found = []
    for chain in sought(tree, ("text",)):
        places = _chain_places(reader, chain, set(documents.values()), chosen)
        if places is None:
            return {}
        found.append(places)
    return {
        article: MatchPlaces(frozenset(token for places in found for token in places.get(doc, ())))
        for article, doc in documents.items()
    }


def _chain_places(reader: EngineReader, chain: Chain, docs: set[int], profiles: tuple[str, ...]) -> Positions | None:
    """Document → the tokens that are part of the chain; None when the index does not tell."""
    profiles = tuple(profile for profile in profiles if chain.meant_in(profile))
    by_slot: list[Positions] = []
    for slot in chain.slots:
        its = _slot_places(reader, slot, docs, profiles, alone=len(chain.slots) == 1)
        if its is None:
            return None
        by_slot.append(its)
        docs = docs.intersection(its)
    kept: Positions = {}
    for doc in docs:
        places = linked([np.unique(np.array(its[doc], dtype=np.int64)) for its in by_slot], chain.reach)
        kept[doc] = sorted({token for tokens in places for token in tokens[:MOST_PLACES].tolist()})
    return kept


def _slot_places(
    reader: EngineReader, slot: Slot, docs: set[int], profiles: tuple[str, ...], *, alone: bool
) -> Positions | None:
    if slot.kind == "prefix":
        return prefix_occurrences(reader, WORDS_FIELD, slot.text, docs)
    if slot.kind == "wildcard":
        return pattern_occurrences(reader, query.Wildcard(WORDS_FIELD, slot.text), docs, PATTERN_SECONDS)
    if slot.kind == "fuzzy":
        misspelt = query.FuzzyTerm(WORDS_FIELD, slot.text, maxdist=slot.distance)
        return pattern_occurrences(reader, in_words(WORDS_FIELD, misspelt), docs, PATTERN_SECONDS)
    # Words as they are written are among those of the same term; the text tells which.
    terms = {term for profile in profiles for term in terms_meant(slot.text, profile, alone=slot.alone)}
    found = term_occurrences(reader, FIELD, terms, docs)
    if not (slot.single and alone):
        return found
    starting = prefix_occurrences(reader, FIELD, fold_word(slot.text), docs)
    if starting is None:
        return None
    return {doc: [*found.get(doc, ()), *starting.get(doc, ())] for doc in {*found, *starting}}
