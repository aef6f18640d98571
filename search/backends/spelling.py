"""Words of the index that are spelled nearly like one that is not in it."""

from __future__ import annotations

from collections import Counter

import numpy as np

from search.analysis.schema import WORD_FIELDS
from search.analysis.terms import fold_word
from search.engine.reader import EngineReader
from search.engine.searching.budget import ExpansionBudget
from search.engine.searching.expand import decode_terms, edit_distances, near_terms

#: Time for one word; a dictionary too large for it is looked through in part.
SECONDS = 0.1
MOST = 3
#: Shorter words are near too many others to be corrected.
LEAST_CHARACTERS = 4
#: From here on two slips are as likely as one in a shorter word.
LONG_CHARACTERS = 7
#: How many correct occurrences one misspelt by one letter is as likely as.
SLIP = 100


def near_words(reader: EngineReader, word: str) -> tuple[str, ...]:
    """At most three words of titles and bodies near `word`, the likeliest first, folded.

    They begin with the same letter. A word that stands in some text is only given up for a far more
    frequent one: another letter is as unlikely as a hundredth of the occurrences. None for short
    words.
    """
    wanted = fold_word(word)
    if len(wanted) < LEAST_CHARACTERS:
        return ()
    limit = 2 if len(wanted) >= LONG_CHARACTERS else 1
    budget = ExpansionBudget.seconds(SECONDS)
    found: Counter[str] = Counter()
    for name in WORD_FIELDS["text"]:
        field = reader.field(name)
        for part in field.parts if field is not None else ():
            first, last = part.arrays.prefix_range(wanted[0].encode("utf-8", "surrogatepass"))
            for number in near_terms(part.arrays, first, last, wanted, 2, budget, word).tolist():
                (term,) = decode_terms([part.arrays.term(number)])
                found[term] += int(np.diff(part.arrays.posting_starts(number, number + 1))[0])
    if not found:
        return ()
    words = list(found)
    distances = edit_distances(wanted, words).tolist()
    slips = {near: 1 if _swapped(wanted, near) else count for near, count in zip(words, distances, strict=True)}
    likely = {near: found[near] / SLIP**count for near, count in slips.items() if count <= limit}
    better = [near for near in likely if near != wanted and likely[near] > likely.get(wanted, 0)]
    return tuple(sorted(better, key=lambda near: (-likely[near], near))[:MOST])


def _swapped(one: str, other: str) -> bool:
    """Whether two neighbouring letters changed places."""
    differing = [place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]]
    return (
        len(one) == len(other)
        and len(differing) == 2
        and differing[1] == differing[0] + 1
        and one[differing[0]] == other[differing[1]]
        and one[differing[1]] == other[differing[0]]
    )
