"""Words of the index that are spelled nearly like one that is not in it, or hardly ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

import numpy as np

from search.analysis.schema import WORD_FIELDS
from search.analysis.terms import fold_word
from search.engine.reader import EngineReader
from search.engine.searching.budget import ExpansionBudget
from search.engine.searching.expand import decode_terms, edit_distances, near_terms
from search.engine.storage.postings import FieldPart
from search.languages.scripts import script_of

#: Time for one word; a dictionary too large for it is looked through in part.
SECONDS = 0.02
MOST = 3
#: Shorter words are near too many others to be corrected.
LEAST_CHARACTERS = 4
#: From here on two slips are as likely as one in a shorter word.
LONG_CHARACTERS = 7
#: How many correct occurrences one misspelt by one letter is as likely as.
SLIP = 100
#: A word of so many letters that stands in some text is given up for one over so many times as frequent, of one slip.
OFTENER = ((4, 10), (5, 4), (6, 1))
#: Letters that a word may begin with instead, by script.
ALPHABETS = {
    "latin": "abcdefghijklmnopqrstuvwxyz",
    "cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєўјљњћџ",
    "greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ",
    "hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
    "armenian": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "georgian": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
}


def near_words(reader: EngineReader, word: str, field: str) -> tuple[str, ...]:
    """At most three words of a public text field near `word`, the likeliest first, folded.

    They are of the same script. A word that stands in some text is only given up for a far more
    frequent one, the shorter it is the more so. None for short words.
    """
    wanted = fold_word(word)
    if len(wanted) < LEAST_CHARACTERS:
        return ()
    limit = 2 if len(wanted) >= LONG_CHARACTERS else 1
    found = _near(reader, wanted, field, limit)
    if not found:
        return ()
    words = list(found)
    distances = edit_distances(wanted, words).tolist()
    slips = {near: 1 if _swapped(wanted, near) else count for near, count in zip(words, distances, strict=True)}
    # Two slips are as much less likely than one as one is than none.
    least = {1: found[wanted] * _oftener(wanted), 2: found[wanted] * _oftener(wanted) * SLIP}
    better = [near for near, count in slips.items() if 0 < count <= limit and found[near] > least[count]]
    return tuple(sorted(better, key=lambda near: (-found[near] / SLIP ** slips[near], near))[:MOST])


def _near(reader: EngineReader, wanted: str, field: str, limit: int) -> Counter[str]:
    """Words near the one wanted, itself included, with the articles that have each."""
    budget = ExpansionBudget.seconds(SECONDS)
    found: Counter[str] = Counter()
    others = [term.encode("utf-8", "surrogatepass") for term in _looked_up(wanted)]
    for name in WORD_FIELDS[field]:
        its = reader.field(name)
        for part in its.parts if its is not None else ():
            numbers = [number for number in map(part.arrays.find, others) if number >= 0]
            first, last = part.arrays.prefix_range(wanted[0].encode("utf-8", "surrogatepass"))
            numbers += near_terms(part.arrays, first, last, wanted, limit, budget, wanted).tolist()
            for number in dict.fromkeys(numbers):
                (term,) = decode_terms([part.arrays.term(number)])
                found[term] += _articles(part, number)
    script = script_of(wanted)
    return Counter({term: count for term, count in found.items() if script_of(term) == script})


def _articles(part: FieldPart, number: int) -> int:
    return int(np.diff(part.arrays.posting_starts(number, number + 1))[0])


def _looked_up(wanted: str) -> Iterator[str]:
    """Words of one slip in the first letter, for the words of every letter would be too many to
    look through, and those with two neighbours exchanged, which are two slips to the engine."""
    first, rest = wanted[0], wanted[1:]
    yield rest
    for at in range(len(wanted) - 1):
        yield wanted[:at] + wanted[at + 1] + wanted[at] + wanted[at + 2 :]
    for letter in _alphabet(script_of(first)):
        yield letter + rest
        yield letter + wanted


@cache
def _alphabet(script: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(fold_word, ALPHABETS.get(script or "", ""))))


def _oftener(word: str) -> int:
    return next((times for characters, times in OFTENER if len(word) <= characters), OFTENER[-1][1])


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
