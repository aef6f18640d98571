"""What the leaf of a query looks for, as chains of words: what is compiled, and what is marked.

A single word is a chain of one. A phrase, a word with a hyphen and a run without spaces are chains
of several tokens, each at most `reach` tokens after the one before. A word that may be written in
several ways is a chain for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, product
from typing import Any, Literal

from whoosh import query

from search.analysis.forms import is_arabic, joined_words, persian_parts, spellings
from search.analysis.terms import fold_word, has_runs, query_tokens
from search.backends.exact import Exact

#: Pairs of an unspaced run stand one position apart; a single character more than that lies between two runs.
RUN_SLOP = 2
#: Ways of writing a whole phrase that are tried, the one typed first.
MOST_WAYS = 12
#: Analyses of the languages that write half-spaces.
PERSIAN = ("fa", "xx")
Kind = Literal["word", "exact", "prefix", "wildcard", "fuzzy"]
_WILD = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a chain: `text` is the word as typed, for patterns folded; `distance` is a fuzzy
    word's. `alone` where it is the only one: parts of compounds are found for such a word."""

    text: str
    kind: Kind = "word"
    distance: int = 0
    alone: bool = False

    @property
    def single(self) -> bool:
        """Whether it is one character of a text without spaces."""
        return self.kind == "word" and len(self.text) == 1 and has_runs(self.text)


@dataclass(frozen=True, slots=True)
class Chain:
    """Words one after another; `near` when they were asked for near each other only, so that each
    is marked by itself. `profiles` are the analyses it is meant in; none: all."""

    slots: tuple[Slot, ...]
    reach: int = 1
    near: bool = False
    profiles: tuple[str, ...] = ()

    def meant_in(self, profile: str) -> bool:
        """Whether it is meant in texts of an analysis."""
        return not self.profiles or profile in self.profiles


class Joined(query.Term):  # type: ignore[misc]
    """Words of a question that may be one word, written together."""


def chains_of(leaf: Any) -> tuple[Chain, ...]:
    """The chains of a leaf over a public text field; any of them will do. None for other leaves."""
    if isinstance(leaf, Exact):
        exact = [Slot(token.text, "exact") for word in leaf.words for token in query_tokens(word)]
        return _some(_chain(exact, " ".join(leaf.words), 1))
    if isinstance(leaf, query.Phrase):
        return _phrase_chains(tuple(leaf.words), leaf.slop)
    if isinstance(leaf, query.FuzzyTerm):
        return (Chain((Slot(fold_word(leaf.text), "fuzzy", leaf.maxdist),)),)
    if isinstance(leaf, query.Prefix):
        return (Chain((Slot(fold_word(leaf.text), "prefix"),)),)
    if isinstance(leaf, query.Wildcard):
        return (Chain((Slot(fold_word(leaf.text), "wildcard"),)),)
    if isinstance(leaf, Joined):
        chains = _word_chains(leaf.text)
        return tuple(replace(chain, profiles=PERSIAN) for chain in chains) if is_arabic(leaf.text) else chains
    if isinstance(leaf, query.Term):
        return _word_chains(leaf.text)
    return ()


def joined_leaves(node: query.Query) -> Iterator[tuple[int, int, query.Term]]:
    """Words next to each other below an AND or OR that may be one word: first, last-plus-one, and
    the leaf for it."""
    children = list(node.subqueries)
    at = 0
    while at < len(children):
        end = at
        while end < len(children) and is_word(children[end]) and children[end].fieldname == children[at].fieldname:
            end += 1
        for first, last, joined in joined_words(tuple(child.text for child in children[at:end])):
            yield at + first, at + last, Joined(children[at].fieldname, joined)
        at = max(end, at + 1)


def is_word(node: query.Query) -> bool:
    """Whether a node is a plain word of a text."""
    return type(node) is query.Term and node.fieldname in ("text", "title")


@lru_cache(maxsize=4096)
def _word_chains(text: str) -> tuple[Chain, ...]:
    one = len(text.split()) == 1
    ways = spellings(text) if one else (text,)
    chains = _distinct(_chain([Slot(token.text) for token in query_tokens(way)], way, 1) for way in ways)
    parts = (_chain([Slot(part) for part in way.split()], way, 1) for way in (persian_parts(text) if one else ()))
    return (*chains, *(replace(chain, profiles=PERSIAN) for chain in _distinct(parts)))


def _phrase_chains(words: tuple[str, ...], slop: int) -> tuple[Chain, ...]:
    ways = product(*(_ways(word) for word in words))
    return _distinct(
        _chain([slot for word in way for slot in _slots(word)], " ".join(way), slop) for way in islice(ways, MOST_WAYS)
    )


def _ways(word: str) -> tuple[str, ...]:
    if _WILD.search(word.rstrip("?")) or len(word.split()) > 1:
        return (word,)
    return spellings(word)


def _slots(word: str) -> list[Slot]:
    """The slots of one word of a phrase, in which wildcards may stand."""
    pattern = word.rstrip("?")
    if not _WILD.search(pattern):
        return [Slot(token.text) for token in query_tokens(word)]
    *before, last = re.split(r"[^\w*?]+", pattern.strip("'-.,;:!()")) or [pattern]
    slots = [Slot(token.text) for part in before for token in query_tokens(part)]
    start = last.rstrip("*")
    if not start.strip("*?"):
        return slots
    return [*slots, Slot(fold_word(last), "wildcard") if _WILD.search(start) else Slot(fold_word(start), "prefix")]


def _chain(slots: Sequence[Slot], text: str, slop: int) -> Chain | None:
    if not slots:
        return None
    if len(slots) == 1:
        (slot,) = slots
        return Chain((Slot(slot.text, slot.kind, slot.distance, alone=True),))
    # A run's last character, left out here, holds a place in the text.
    found = query_tokens(text)
    runs_end = bool(found) and found[-1].position > len(found) - 1
    return Chain(tuple(slots), max(slop, RUN_SLOP) if runs_end else slop, near=slop > 1)


def _some(chain: Chain | None) -> tuple[Chain, ...]:
    return () if chain is None else (chain,)


def _distinct(chains: Iterator[Chain | None]) -> tuple[Chain, ...]:
    return tuple(dict.fromkeys(chain for chain in chains if chain is not None))
