"""How the names that CLDR gives are written in running text: stems, endings, prefixes, mutations.

One row a language in ``inflections.tsv``; a name and its language's row give the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from search.countries.folding import fold_key, fold_with_offsets
from search.countries.patterns import Case, PatternEntry
from search.countries.tables import DATA, read_table

#: Shorter words of scripts with capitals are taken as they are: Mali, Peru and their endings are other words.
MIN_INFLECTED = 4
# What stands in parentheses tells them apart: Kongo (Brazavila).
_TOLD_APART = frozenset({"CD", "CG"})
#: How much a name as it is weighs more than one with an ending.
EXACT = 100
#: Letters that an ending written with ``*`` may go on with.
MAX_FREE = 12
_ARTICLE = re.compile(r"[^\W\d_]{1,4}['’ -]+")


@dataclass(frozen=True, slots=True)
class Inflection:
    """One row: ``changes`` of a name's last letters, ``endings`` as a pattern, whether every word
    takes them, what is written before a name, and how its first letter changes."""

    changes: tuple[tuple[str, str], ...] = ()
    endings: str = ""
    every_word: bool = False
    proclitics: tuple[str, ...] = ("",)
    initials: tuple[tuple[str, str], ...] = ()


@cache
def inflections() -> dict[str, Inflection]:
    """Language → its row of ``inflections.tsv``."""
    found = {}
    for _, (languages, words, proclitics, initials, changes, endings) in read_table(DATA / "inflections.tsv", 6):
        row = Inflection(
            _pairs(changes),
            _slots(endings),
            words == "every",
            ("", *(fold_key(piece) for piece in _cells(proclitics))),
            _pairs(initials),
        )
        found.update(dict.fromkeys(languages.split(), row))
    return found


def _cells(cell: str) -> list[str]:
    return [] if cell == "-" else cell.split()


def _pairs(cell: str) -> tuple[tuple[str, str], ...]:
    """``a:e s:-`` as pairs of folded letters; ``-`` is none."""
    pairs = []
    for piece in _cells(cell):
        old, _, new = piece.partition(":")
        pairs.append(("" if old == "-" else _fold(old), "" if new == "-" else _fold(new)))
    return tuple(pairs)


def _fold(letters: str) -> str:
    return fold_with_offsets(letters).text


def _slots(cell: str) -> str:
    """Endings between spaces, slots that follow one another between slashes, each of them optional;
    ``*``: any letters go on."""
    pattern = ""
    for slot in [] if cell == "-" else cell.split("/"):
        pieces = sorted(set(slot.split()), key=len, reverse=True)
        folded = dict.fromkeys(
            re.escape(_fold(piece.rstrip("*"))) + (f"[^ ]{{0,{MAX_FREE}}}" if piece.endswith("*") else "")
            for piece in pieces
        )
        pattern += f"(?:{'|'.join(folded)})?"
    return pattern


def name_entries(
    country: str, name: str, row: Inflection, *, needs_company: bool, kind: str = "name"
) -> Iterator[PatternEntry]:
    """The patterns of one name of a ``country`` in a language inflected as ``row`` says.

    An empty ``country`` takes the text and names none.

    ``needs_company``: the name is also a word, so that other evidence decides.
    """
    whole = name if country in _TOLD_APART else name.split("(")[0]
    last, comma, first = whole.partition(", ")
    written = _without_article((f"{first} {last}" if comma else whole).strip())
    tokens = fold_key(written).split()
    if not tokens:
        return
    letters = [char for char in written if char.isalpha()]
    case = Case.ANY
    if letters[0].isupper():
        case = Case.UPPER if len(letters) > 1 and all(char.isupper() for char in letters) else Case.CAPITAL
    base = PatternEntry(
        country=country,
        kind=kind,
        pattern=written,
        literal=f" {tokens[0]} ",
        case=case,
        doubtful=False,
        first_name=False,
        surname=False,
        inside_sentence=needs_company,
        tail="".join(f" *{re.escape(token)}" for token in tokens[1:]) + ("(?= )" if tokens[1:] else ""),
        ends_capital=False,
        weight=sum(map(len, tokens)) + EXACT,
        capital=case is not Case.ANY,
    )
    # A name as it is goes before one of the same length that an ending makes (Niger, Nigeri-a).
    yield base
    for first in _initials(tokens[0], row):
        words = [first, *tokens[1:]]
        literal, tail = _pattern(words, row, inflected=case is not Case.UPPER, cased=case is not Case.ANY)
        if tail or first != tokens[0]:
            yield replace(base, literal=literal, tail=tail, weight=base.weight - EXACT)


def _without_article(name: str) -> str:
    """``an Rúis`` and ``il-Ġermanja`` without what is written small before the name."""
    found = _ARTICLE.match(name)
    if found is None or not found[0].islower() or not name[found.end() : found.end() + 1].isupper():
        return name
    return name[found.end() :]


def _initials(word: str, row: Inflection) -> list[str]:
    """The word, and as its first letter changes (``Ffrainc``, ``Rwsia``, ``Thwrci``)."""
    changed = [new + word[len(old) :] for old, new in row.initials if word.startswith(old)]
    return list(dict.fromkeys([word, *changed]))


def _common_start(words: set[str]) -> str:
    first, last = min(words), max(words)
    same = (number for number, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return first[: next(same, min(len(first), len(last)))]


def _pattern(words: list[str], row: Inflection, *, inflected: bool, cased: bool) -> tuple[str, str]:
    """Literal for the automaton and tail for the check behind it."""
    shortest = MIN_INFLECTED if cased else 2
    pieces = []
    for number, word in enumerate(words):
        takes = inflected and len(word) >= shortest and (row.every_word or number == len(words) - 1)
        stems = {word} | {word[: -len(old)] + new for old, new in row.changes if takes and word.endswith(old)}
        stems = {stem for stem in stems if len(stem) >= shortest - 1} or {word}
        start = _common_start(stems)
        rests = sorted((re.escape(stem[len(start) :]) for stem in stems), key=len, reverse=True)
        pieces.append((start, (f"(?:{'|'.join(rests)})" if any(rests) else "") + (row.endings if takes else "")))
    literal, tail = f" {pieces[0][0]}", pieces[0][1]
    for start, rest in pieces[1:]:
        tail += f" +{re.escape(start)}{rest}"
    if not tail:
        return f"{literal} ", ""
    return literal, f"{tail}(?= )"
