"""A word, phrase or value that was typed, as the leaf of a query."""

from __future__ import annotations

import re
from typing import Literal

from django.utils.translation import gettext as _
from whoosh import query

from search.analysis.terms import tokens
from search.backends.exact import Exact
from search.exceptions import QueryError
from search.query.patterns import fuzzy_query, pattern_query
from search.query.values import FieldValues

MAX_QUERY_WORDS = 250
#: Each looks through the dictionary; a query of hundreds would hold the server for seconds.
MAX_PATTERNS = 10
TEXT_FIELDS = ("text", "title", "author")

_FUZZY = re.compile(r"~(\d?)$")
_WILD = re.compile(r"[*?]")


class Leaves:
    """Makes the leaves of one query. Raises QueryError for what does not exist and for too many
    words."""

    def __init__(self, match: Literal["all", "any"], values: FieldValues) -> None:
        self._match = match
        self._values = values
        self._words = self._patterns = 0

    def word(self, field: str, text: str) -> query.Query | None:
        """A word as typed; None for what has no word."""
        if text == "*":
            # `country:*` is what has a country; a star alone is everything.
            return self._counted(query.Every() if field == "text" else query.Every(field))
        fuzzy = _FUZZY.search(text)
        wild = not fuzzy and _WILD.search(text)
        if field not in TEXT_FIELDS:
            if fuzzy or wild:
                raise QueryError(_("“%(field)s:” takes a whole value, without * ? or ~.") % {"field": field})
            return self._counted(self._values.query(field, text))
        self._patterns += bool(fuzzy or wild)
        if self._patterns > MAX_PATTERNS:
            raise QueryError(
                _("The query has over %(most)d words with * ? or ~. Write some of them out.") % {"most": MAX_PATTERNS}
            )
        if fuzzy:
            return self._counted(fuzzy_query(field, text[: fuzzy.start()], int(fuzzy.group(1) or 1)))
        if wild:
            return self._counted(pattern_query(field, text))
        return self.plain(field, text)

    def plain(self, field: str, text: str) -> query.Query | None:
        """A word without wildcards."""
        word = query.Term(field, text) if has_token(text) else None
        return self._counted(_any_token(word) if word and self._match == "any" else word)

    def phrase(self, field: str, text: str, words_apart: int) -> query.Query | None:
        """Words next to each other, or in this order with so many words between them at most."""
        if field not in TEXT_FIELDS:
            return self._counted(self._values.query(field, " ".join(text.split())))
        kept = [word for word in text.split() if has_token(word)]
        slop = max(1, min(words_apart, MAX_SLOP))
        return self._counted(query.Phrase(field, kept, slop=slop) if kept else None)

    def exact(self, field: str, text: str) -> query.Query | None:
        """Words as they are written, next to each other."""
        if field not in TEXT_FIELDS:
            return self.phrase(field, text, 0)
        kept = [word for word in text.split() if has_token(word)]
        return self._counted(Exact(field, kept) if kept else None)

    def counted(self, node: query.Query) -> query.Query:
        """A node made of leaves again: its parts count anew. Raises QueryError."""
        self._counted(node)
        return node

    def _counted(self, node: query.Query | None) -> query.Query | None:
        self._words += len(node.subqueries) if isinstance(node, query.Or) else 1
        if self._words > MAX_QUERY_WORDS:
            raise QueryError(_("The query has over %(most)d words. Shorten it.") % {"most": MAX_QUERY_WORDS})
        return node


#: The farthest that words of a phrase are looked for from one another.
MAX_SLOP = 100


def has_token(text: str) -> bool:
    """Whether there is a word in a text."""
    return next(tokens(text), None) is not None


def _any_token(word: query.Term) -> query.Query:
    """Where any word will do, each part of `two-dimensional` or `l'Arménie` will; a run without
    spaces stays one word."""
    found = list(tokens(word.text))
    if word.fieldname != "text" or len(found) == 1 or any(token.unspaced for token in found):
        return word
    return query.Or([query.Term(word.fieldname, token.text) for token in found])
