"""Query syntax → an immutable `whoosh.query` tree over the public field names, with words as they
were typed.

Words, "phrases", OR, NOT and -, NEAR, parentheses, prefix*, wild?cards, fuzzy~, ="words as
written", and the fields of `search.analysis.schema`. What is no query is text, pasted or typed: its
words are searched, and where it was read otherwise than to the letter the answer says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from whoosh import query

from search.exceptions import QueryError
from search.query.typed.connectives import with_small_operators
from search.query.typed.fields import tell_unknown, to_the_letter, with_clean_values, with_spaced_fields, without_idle
from search.query.typed.grammar import Grammar
from search.query.typed.leaves import Leaves
from search.query.typed.mending import mended, too_deep
from search.query.typed.pieces import Piece, pieces_of, widened
from search.query.typed.quotes import quotes_of
from search.query.typed.reading import Reading
from search.query.typed.sentences import as_sentence, with_plain_marks, without_bullets
from search.query.values import FIELD_VALUES, FieldValues

MAX_QUERY_CHARACTERS = 2000

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_OPERATORS = ("AND", "OR", "NOT")


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """`tree` is None when nothing restricts the articles. `notices` tell people how the query was
    understood; `otherwise` whether to the letter it would be understood in another way."""

    tree: query.Query | None
    notices: tuple[str, ...] = ()
    otherwise: bool = False


def parse_query(
    text: str, match: Literal["all", "any"], values: FieldValues = FIELD_VALUES, *, letter: bool = False
) -> ParsedQuery:
    """Parse what was typed. Raises QueryError (field `q`) for a query that is too long or names
    what does not exist.

    ``values`` reads the values of fields such as `country:`; with ``letter`` every operator is one.
    """
    if len(text) > MAX_QUERY_CHARACTERS:
        raise QueryError(
            _("The query has %(length)d characters; at most %(most)d can be searched. Shorten it.")
            % {"length": len(text), "most": MAX_QUERY_CHARACTERS}
        )
    reading = Reading()
    typed = _CONTROL.sub(" ", text if letter else without_bullets(text, reading)).strip()
    if not typed:
        return ParsedQuery(None)
    tree = _tree(widened(typed), match, values, reading, letter=letter)
    if tree is None:
        reading.tell(_("The query has no word to search for; all articles are shown."))
    return ParsedQuery(tree, tuple(reading.notices), reading.otherwise)


def plain_query(text: str, match: Literal["all", "any"]) -> query.Query | None:
    """The words of a text as a query, whatever looks like an operator in it; None when there is no
    word."""
    words = [word for word in re.sub(r'[()"*?~]+', " ", text).split() if word not in _OPERATORS]
    leaves = Leaves(match, FIELD_VALUES)
    found = [leaf for leaf in (leaves.plain("text", word) for word in words) if leaf is not None]
    parts = [part for leaf in found for part in (leaf.subqueries if isinstance(leaf, query.Or) else [leaf])]
    joined = query.Or if match == "any" else query.And
    return joined(parts) if len(parts) > 1 else parts[0] if parts else None


def _tree(
    typed: str, match: Literal["all", "any"], values: FieldValues, reading: Reading, *, letter: bool
) -> query.Query | None:
    quotes = quotes_of(typed)
    if quotes.alone:
        reading.tell(_("A quotation mark is not closed; it was left out."))
    pieces = without_idle(pieces_of(typed, quotes))
    if too_deep(pieces):
        reading.tell(_("The parentheses are nested too deeply; the words were searched without operators."))
        return plain_query(typed, match)
    tell_unknown(pieces, reading)
    pieces = to_the_letter(pieces) if letter else _as_people_write(pieces, values, reading)
    grammar = Grammar(mended(pieces, reading), match, Leaves(match, values))
    tree = grammar.tree()
    if grammar.far:
        reading.tell(_("NEAR joins up to three words or phrases; what it joins here was searched anywhere."))
    for piece in pieces:
        if piece.kind == "phrase" and piece.number > 1:
            reading.tell(
                _("“%(words)s”~%(number)d finds these words in this order, each at most %(number)d words further.")
                % {"words": piece.text, "number": piece.number}
            )
        elif piece.kind == "near" and not grammar.far:
            reading.tell(
                _("NEAR/%(number)d finds its words in any order, at most %(number)d words from one to the next.")
                % {"number": piece.number}
            )
    return tree


def _as_people_write(pieces: list[Piece], values: FieldValues, reading: Reading) -> list[Piece]:
    pieces = with_spaced_fields(as_sentence(pieces, reading), values, reading)
    return with_clean_values(with_plain_marks(with_small_operators(pieces, reading), reading))
