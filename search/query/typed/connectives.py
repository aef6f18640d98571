"""`or`, `and` and `not` in small letters, where they are plainly meant as operators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from search.query.typed.pieces import Kind, Piece
from search.query.typed.reading import Reading
from search.query.typed.sentences import SENTENCE_WORDS, word_count

_SMALL: dict[str, Kind] = {"or": "or", "and": "and", "not": "not"}
#: What only a question has beside an operator.
_FORMED = ("field", "open", "close", "phrase")


def with_small_operators(pieces: list[Piece], reading: Reading) -> list[Piece]:
    """Pieces whose `or`, `and` and `not` are operators where the clauses around them tell."""
    if not any(_is_small(piece) for piece in pieces):
        return pieces
    meant = {at for first, last in _groups(pieces) for at in _meant(pieces, first, last)}
    kept = []
    for at, piece in enumerate(pieces):
        if at in meant:
            word = piece.text
            reading.reread(_("“%(word)s” was read as %(operator)s.") % {"word": word, "operator": word.upper()})
            kept.append(replace(piece, kind=_SMALL[word]))
        else:
            kept.append(piece)
    return kept


def _is_small(piece: Piece) -> bool:
    return piece.kind == "word" and piece.text in _SMALL and not piece.name


def _groups(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """First and last-plus-one piece inside each pair of parentheses, and of the whole."""
    opened, found = [0], []
    for at, piece in enumerate(pieces):
        if piece.kind == "open":
            opened.append(at + 1)
        elif piece.kind == "close" and len(opened) > 1:
            found.append((opened.pop(), at))
    return [*found, (opened[0], len(pieces))]


def _meant(pieces: Sequence[Piece], first: int, last: int) -> set[int]:
    """The places of a group's own small words that are operators."""
    units = _units(pieces, first, last)
    own = [unit[0] for unit in units if len(unit) == 1 and _is_small(pieces[unit[0]])]
    short = word_count(pieces) < SENTENCE_WORDS
    if _takes_turns(pieces, units):
        # A sentence may say what is not, too; only a short question excludes it.
        whole = last - first == len(pieces)
        return {at for at in own if pieces[at].text != "not" or (whole and short)}
    return {at for at in own if _between(pieces, at, short=short)}


def _units(pieces: Sequence[Piece], first: int, last: int) -> list[list[int]]:
    """Clauses and connectives of a group: what belongs to one clause together, groups in it as
    one."""
    units: list[list[int]] = []
    depth, joined = 0, False
    for at in range(first, last):
        kind = pieces[at].kind
        if joined or depth:
            units[-1].append(at)
        else:
            units.append([at])
        depth += {"open": 1, "close": -1}.get(kind, 0)
        joined = depth > 0 or kind in ("field", "exact") or pieces[at].text in ("-", "NOT")
    return units


def _takes_turns(pieces: Sequence[Piece], units: list[list[int]]) -> bool:
    """Whether clauses and connectives take turns: ``a or b``, ``a and not b``, ``a not b``."""
    shape = "".join(_letter(pieces, unit) for unit in units)
    if shape == "cnc":
        before, after = pieces[units[0][0]], pieces[units[2][0]]
        return before.text[:1].isupper() == after.text[:1].isupper()
    clauses = shape.replace("jn", "j").removeprefix("n")
    return len(clauses) > 2 and len(clauses) % 2 == 1 and clauses == "cj" * (len(clauses) // 2) + "c"


def _letter(pieces: Sequence[Piece], unit: list[int]) -> str:
    piece = pieces[unit[0]]
    if len(unit) == 1 and (piece.kind in ("and", "or") or (_is_small(piece) and piece.text != "not")):
        return "j"
    return "n" if len(unit) == 1 and _is_small(piece) else "c"


def _between(pieces: Sequence[Piece], at: int, *, short: bool) -> bool:
    """Whether what stands beside a small word tells that it is an operator."""
    before = pieces[at - 1].kind if at else None
    after = pieces[at + 1].kind if at + 1 < len(pieces) else None
    if before is None or after is None:
        return False
    if pieces[at].text == "not":
        return after == "field"
    # Of a clause with a field its name stands before the word.
    beside = (pieces[at - 2].kind if at > 1 else None, after)
    return "field" in beside or (short and before in _FORMED and after in _FORMED)
