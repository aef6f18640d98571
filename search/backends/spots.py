"""What stands in one place of a sequence, by words as they are written."""

from __future__ import annotations

from whoosh import query

from search.analysis.terms import TAG, WRITTEN, fold_word, written_term
from search.backends.chains import Chain, Slot
from search.engine.searching.sequence import Spot, WordSequence


def written_spot(name: str, slot: Slot) -> Spot:
    """A pattern, or a word as it is written, in a field of stems and its field of words."""
    words = f"{name}_words"
    if slot.kind in ("prefix", "wildcard"):
        return _pattern(words, slot)
    mark, folded = written_term(slot.text), fold_word(slot.text)
    if mark is not None:
        return Spot((query.Term(name, mark),))
    # Written as it is folded: none of the other ways of writing it is marked there.
    return Spot((query.Term(words, folded),), (query.Prefix(name, f"{folded}{TAG}{WRITTEN}"),))


def as_written(name: str, chain: Chain) -> query.Query:
    """A chain in a field that holds words as they are written and nothing else."""
    return WordSequence([_pattern(name, slot) for slot in chain.slots], chain.reach)


def _pattern(name: str, slot: Slot) -> Spot:
    if slot.kind == "prefix":
        return Spot((query.Prefix(name, slot.text),))
    if slot.kind == "wildcard":
        return Spot((query.Wildcard(name, slot.text),))
    return Spot((query.Term(name, fold_word(slot.text)),))
