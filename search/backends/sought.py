"""What a query looks for in a text, as chains of words: what snippets are marked by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from whoosh import query

from search.analysis.compounds import PART, part_terms
from search.analysis.forms import bare_words, query_terms
from search.analysis.terms import term_of
from search.backends.chains import Chain, chains_of, joined_leaves


def sought(tree: query.Query | None, fields: Sequence[str]) -> tuple[Chain, ...]:
    """What a tree over public fields looks for in some of them; what it excludes is left out."""
    leaves = (leaf for leaf in positive_leaves(tree) if getattr(leaf, "fieldname", None) in fields)
    return tuple(dict.fromkeys(chain for leaf in leaves for chain in chains_of(leaf)))


def positive_leaves(node: query.Query | None, *, wanted: bool = True) -> Iterator[query.Query]:
    """The leaves of a tree that are asked for, and those that several of them are together; those
    under a NOT are not, those under two are."""
    if node is None:
        return
    if isinstance(node, query.Not):
        yield from positive_leaves(node.query, wanted=not wanted)
    elif isinstance(node, query.AndNot):
        yield from positive_leaves(node.a, wanted=wanted)
        yield from positive_leaves(node.b, wanted=not wanted)
    elif isinstance(node, query.Phrase) or not list(node.children()):
        if wanted:
            yield node
    else:
        if wanted and isinstance(node, query.And | query.Or):
            yield from (leaf for _first, _last, leaf in joined_leaves(node))
        for child in node.children():
            yield from positive_leaves(child, wanted=wanted)


def terms_meant(word: str, profile: str, *, alone: bool = False) -> set[str]:
    """The terms that are marked where a word is sought: those of the word, and without what is
    written onto it; of one alone also those of compounds with it."""
    terms = {term for form in (word, *bare_words(word, profile)) for term in query_terms(form, profile)}
    return terms | {term + PART for term in terms} if alone else terms


def token_terms(token: str, profile: str) -> tuple[str, ...]:
    """The terms by which a token of a text is found: its own, and those of its parts."""
    return term_of(token, profile), *part_terms(token, profile)


def linked(places: Sequence[NDArray[np.int64]], reach: int) -> list[NDArray[np.int64]]:
    """Of the places of each slot of a chain (sorted token numbers), those that are part of a whole
    one."""
    kept = [places[0]]
    for following in places[1:]:
        kept.append(following[_has_before(kept[-1], following, reach)])
    for at in range(len(kept) - 2, -1, -1):
        kept[at] = kept[at][_has_after(kept[at + 1], kept[at], reach)]
    return kept


def _has_before(fronts: NDArray[np.int64], places: NDArray[np.int64], reach: int) -> NDArray[np.bool_]:
    """Whether one of the fronts stands 1 to `reach` tokens before each place."""
    if not len(fronts):
        return np.zeros(len(places), dtype=bool)
    last = np.searchsorted(fronts, places) - 1
    return (last >= 0) & (places - fronts[np.maximum(last, 0)] <= reach)


def _has_after(ends: NDArray[np.int64], places: NDArray[np.int64], reach: int) -> NDArray[np.bool_]:
    if not len(ends):
        return np.zeros(len(places), dtype=bool)
    first = np.searchsorted(ends, places, side="right")
    return (first < len(ends)) & (ends[np.minimum(first, len(ends) - 1)] - places <= reach)
