"""What no grammar takes: operators with nothing to work on, parentheses without their pair."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from search.query.typed.pieces import Piece
from search.query.typed.reading import Reading

MAX_QUERY_DEPTH = 40

_CLAUSE = ("word", "phrase", "open", "field", "exact", "not")
_ENDS = ("word", "phrase", "close")


def too_deep(pieces: Sequence[Piece]) -> bool:
    """Whether parentheses stand inside one another over MAX_QUERY_DEPTH deep."""
    depth = deepest = 0
    for piece in pieces:
        depth += {"open": 1, "close": -1}.get(piece.kind, 0)
        deepest = max(deepest, depth)
    return deepest > MAX_QUERY_DEPTH


def mended(pieces: Sequence[Piece], reading: Reading) -> list[Piece]:
    """Pieces of which a tree can be made."""
    kept = _with_pairs(pieces, reading)
    while True:
        again = _with_work(kept, reading)
        if len(again) == len(kept):
            return _without_twofold(again, reading)
        kept = again


def _with_pairs(pieces: Sequence[Piece], reading: Reading) -> list[Piece]:
    """Without parentheses that are not closed, or not opened."""
    opened: list[int] = []
    alone = set()
    for at, piece in enumerate(pieces):
        if piece.kind == "open":
            opened.append(at)
        elif piece.kind == "close":
            if opened:
                opened.pop()
            else:
                alone.add(at)
    alone.update(opened)
    if alone:
        reading.tell(_("The parentheses do not match; those without a pair were left out."))
    return [piece for at, piece in enumerate(pieces) if at not in alone]


def _with_work(pieces: Sequence[Piece], reading: Reading) -> list[Piece]:
    """Without operators and fields that have nothing to work on, and empty parentheses."""
    kept: list[Piece] = []
    for at, piece in enumerate(pieces):
        after = pieces[at + 1].kind if at + 1 < len(pieces) else None
        before = kept[-1].kind if kept else None
        if piece.kind in ("and", "or", "near"):
            idle = before not in _ENDS or after not in _CLAUSE
        elif piece.kind in ("not", "field"):
            idle = after not in _CLAUSE or (piece.kind == "field" and after in ("not", "field"))
        elif piece.kind == "exact":
            idle = after not in ("word", "phrase")
        elif piece.kind == "close" and before == "open":
            kept.pop()
            continue
        else:
            idle = False
        if not idle:
            kept.append(piece)
        elif piece.text.isalpha() or piece.kind == "near":
            reading.tell(_("An operator (AND, OR, NOT, -) has nothing to work on and was left out."))
    return kept


def _without_twofold(pieces: Sequence[Piece], reading: Reading) -> list[Piece]:
    """Without pairs of negations, which say nothing."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.kind == "not" and kept and kept[-1].kind == "not":
            kept.pop()
            reading.tell(_("Two operators NOT in a row cancel each other."))
        else:
            kept.append(piece)
    return kept
