"""What a query looks for in a text, as chains of words: what snippets are marked by.

A single word is a chain of one. A phrase, a word with a hyphen and a run without spaces are chains
of several tokens, each at most `reach` tokens after the one before, as the engine matches them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from whoosh import query

from search.analysis.terms import JOINERS, bare_words, fold_word, has_runs, query_terms, query_tokens
from search.backends.compile import RUN_SLOP
from search.backends.exact import Exact

Kind = Literal["word", "exact", "prefix", "wildcard", "fuzzy"]
_WILD = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a chain: `text` is the word as typed, for patterns folded; `distance` is a fuzzy
    word's."""

    text: str
    kind: Kind = "word"
    distance: int = 0

    @property
    def single(self) -> bool:
        """Whether it is one character of a text without spaces."""
        return self.kind == "word" and len(self.text) == 1 and has_runs(self.text)


@dataclass(frozen=True, slots=True)
class Chain:
    """Words one after another; `near` when they were asked for near each other only, so that each
    is marked by itself."""

    slots: tuple[Slot, ...]
    reach: int = 1
    near: bool = False


def sought(tree: query.Query | None, fields: Sequence[str]) -> tuple[Chain, ...]:
    """What a tree over public fields looks for in some of them; what it excludes is left out."""
    chains = (_chain(leaf) for leaf in positive_leaves(tree) if getattr(leaf, "fieldname", None) in fields)
    return tuple(dict.fromkeys(chain for chain in chains if chain is not None))


def positive_leaves(node: query.Query | None, *, wanted: bool = True) -> Iterator[query.Query]:
    """The leaves of a tree that are asked for; those under a NOT are not, those under two are."""
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
        for child in node.children():
            yield from positive_leaves(child, wanted=wanted)


def terms_meant(word: str, profile: str) -> set[str]:
    """The terms that are marked where a word is sought: those of the word, and without what Arabic
    writes onto it."""
    return {term for form in (word, *bare_words(word, profile)) for term in query_terms(form, profile)}


@lru_cache(maxsize=50_000)
def as_written(word: str) -> str:
    """A word with its accents and endings; only capitals, forms of encoding and joiners are
    gone."""
    kept = "".join(character for character in word if character not in JOINERS)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", kept).casefold())


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


def _chain(leaf: Any) -> Chain | None:
    if isinstance(leaf, Exact):
        exact = [Slot(token.text, "exact") for word in leaf.words for token in query_tokens(word)]
        return _of(exact, " ".join(leaf.words), 1)
    if isinstance(leaf, query.Phrase):
        slots = [slot for word in leaf.words for slot in _slots(word)]
        return _of(slots, " ".join(leaf.words), leaf.slop)
    if isinstance(leaf, query.FuzzyTerm):
        return Chain((Slot(fold_word(leaf.text), "fuzzy", leaf.maxdist),))
    if isinstance(leaf, query.Prefix):
        return Chain((Slot(fold_word(leaf.text), "prefix"),))
    if isinstance(leaf, query.Wildcard):
        return Chain((Slot(fold_word(leaf.text), "wildcard"),))
    if isinstance(leaf, query.Term):
        return _of([Slot(token.text) for token in query_tokens(leaf.text)], leaf.text, 1)
    return None


def _slots(word: str) -> list[Slot]:
    """The slots of one word of a phrase, in which wildcards may stand."""
    pattern = word.rstrip("?")
    if not _WILD.search(pattern):
        return [Slot(token.text) for token in query_tokens(word)]
    start = pattern.rstrip("*")
    return [Slot(fold_word(pattern), "wildcard") if _WILD.search(start) else Slot(fold_word(start), "prefix")]


def _of(slots: list[Slot], text: str, slop: int) -> Chain | None:
    if not slots:
        return None
    if len(slots) == 1:
        return Chain(tuple(slots))
    # As the compiler does: a run's last character holds a place in the text.
    found = query_tokens(text)
    runs_end = bool(found) and found[-1].position > len(found) - 1
    return Chain(tuple(slots), max(slop, RUN_SLOP) if runs_end else slop, near=slop > 1)
