"""Fields as people write them, with spaces around the colon; and those there are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from search.exceptions import QueryError
from search.query.typed.leaves import TEXT_FIELDS
from search.query.typed.pieces import FIELDS, Kind, Piece
from search.query.typed.reading import Reading
from search.query.typed.sentences import SENTENCE_WORDS, word_count
from search.query.values import FieldValues

#: Words of a value such as the name of a country.
MOST_VALUE_WORDS = 4
_AROUND = ",;.!?"


def with_spaced_fields(pieces: list[Piece], values: FieldValues, reading: Reading) -> list[Piece]:
    """Pieces in which a field with a space at its colon is a field where its value tells, else a
    word; in a sentence it may be either."""
    sentence = word_count(pieces) + sum(piece.kind == "field" for piece in pieces) >= SENTENCE_WORDS
    kept: list[Piece] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if piece.kind != "field" or not piece.spaced:
            kept.append(piece)
            continue
        following = pieces[at : at + MOST_VALUE_WORDS]
        if following and following[0].kind in ("open", "exact") and not sentence:
            reading.reread(_("“%(typed)s” was read as a field.") % {"typed": piece.text})
            kept.append(piece)
            continue
        value, taken = _value(piece.name, following, values)
        if not taken:
            if not sentence:
                reading.tell(_no_value(piece, following))
            kept.append(_word(piece))
            continue
        shown = f"{piece.name}:{_quoted(value)}"
        reading.reread(_("“%(typed)s” was read as %(field)s.") % {"typed": f"{piece.text} {value}", "field": shown})
        kept += [replace(piece, both=sentence), replace(following[0], text=value, kind=_kind(following[0], taken))]
        at += taken
    return kept


def without_idle(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in which a field that nothing follows is a word."""
    following = [*(piece.kind for piece in pieces[1:]), "close"]
    return [
        _word(piece) if piece.kind == "field" and after not in ("word", "phrase", "open", "exact") else piece
        for piece, after in zip(pieces, following, strict=True)
    ]


def to_the_letter(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in which only a field without spaces is one."""
    return [_word(piece) if piece.kind == "field" and piece.spaced else piece for piece in pieces]


def with_clean_values(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in which the punctuation after a field's value is none of it."""
    kept: list[Piece] = []
    for piece in pieces:
        named = bool(kept) and kept[-1].kind == "field" and kept[-1].name not in TEXT_FIELDS
        if named and piece.kind == "word" and piece.text.rstrip(_AROUND):
            kept.append(replace(piece, text=piece.text.rstrip(_AROUND)))
        else:
            kept.append(piece)
    return kept


def tell_unknown(pieces: Sequence[Piece], reading: Reading) -> None:
    """Say of each field that there is not what was searched in its place."""
    sentence = word_count(pieces) >= SENTENCE_WORDS
    for at, piece in enumerate(pieces):
        name = piece.name if piece.kind == "word" else ""
        if not name and at == 0 and piece.kind == "word" and piece.text.endswith(":") and len(pieces) > 1:
            # `Update: …` is how a headline begins; in small letters it may have been meant.
            name = piece.text[:-1] if piece.text.islower() and piece.text[:-1].isalpha() and not sentence else ""
        if name and name.lower() not in FIELDS and (name.islower() or not sentence):
            reading.tell(
                _("There is no field “%(name)s”; its words were searched. The fields are %(fields)s.")
                % {"name": name, "fields": ", ".join(FIELDS)}
            )


def _value(name: str, following: Sequence[Piece], values: FieldValues) -> tuple[str, int]:
    """The value that follows a field, and the pieces it takes; 0 where it is none."""
    if not following or following[0].kind not in ("word", "phrase"):
        return "", 0
    first = following[0]
    if name in TEXT_FIELDS:
        return first.text, 1
    if first.kind == "phrase":
        return (first.text, 1) if _is_value(name, first.text, values) else ("", 0)
    words = []
    for piece in following:
        if piece.kind != "word" or piece.text.endswith(":"):
            break
        words.append(piece.text)
        if piece.text[-1] in _AROUND:
            break
    for most in range(len(words), 0, -1):
        value = " ".join(words[:most]).rstrip(_AROUND)
        if value and _is_value(name, value, values):
            return value, most
    return "", 0


def _is_value(name: str, value: str, values: FieldValues) -> bool:
    if value == "*":
        return True
    try:
        values.query(name, value)
    except QueryError:
        return False
    return True


def _kind(piece: Piece, taken: int) -> Kind:
    return "phrase" if taken > 1 else piece.kind


def _word(piece: Piece) -> Piece:
    return replace(piece, kind="word", text=piece.name, spaced=False)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _no_value(piece: Piece, following: Sequence[Piece]) -> str:
    value = following[0].text if following and following[0].kind in ("word", "phrase") else ""
    return _("“%(typed)s” was searched as words: nothing has this %(field)s.") % {
        "typed": f"{piece.text} {value}".strip(),
        "field": piece.name,
    }
