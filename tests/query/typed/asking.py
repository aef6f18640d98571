"""Queries parsed without a database, and a reader of trees so plain that it can be the oracle."""

from __future__ import annotations

import re

from whoosh import query

from search.analysis.terms import fold_word, query_tokens
from search.exceptions import QueryError
from search.query.language import ParsedQuery, parse_query
from search.query.values import FieldValues

OUTLETS = {"south front": "7", "south": "7"}


class Values(FieldValues):
    """Values that need no database: one outlet."""

    def query(self, field: str, text: str) -> query.Query:
        if field == "outlet" and text.casefold() != "none":
            if text.casefold() not in OUTLETS:
                raise QueryError("no outlet")
            return query.Term("outlet", OUTLETS[text.casefold()])
        return super().query(field, text)


def asked(text: str, match: str = "all", *, letter: bool = False) -> ParsedQuery:
    return parse_query(text, "any" if match == "any" else "all", Values(), letter=letter)


def tree(text: str, match: str = "all", *, letter: bool = False) -> query.Query | None:
    return asked(text, match, letter=letter).tree


def word(text: str, field: str = "text") -> query.Query:
    return query.Term(field, text)


def finds(node: query.Query | None, text: str) -> bool:
    """Whether an article with only this text, without forms of words, answers a query."""
    if node is None or isinstance(node, query.Every):
        return True
    if isinstance(node, query.Not):
        return not finds(node.query, text)
    if isinstance(node, query.And):
        return all(finds(child, text) for child in node.subqueries)
    if isinstance(node, query.Or):
        return any(finds(child, text) for child in node.subqueries)
    if node.fieldname != "text":
        return False
    words = [fold_word(token.text) for token in query_tokens(text)]
    if isinstance(node, query.Prefix):
        return any(found.startswith(fold_word(node.text)) for found in words)
    if isinstance(node, query.Wildcard):
        pattern = re.escape(fold_word(node.text)).replace(r"\*", ".*").replace(r"\?", ".")
        return any(re.fullmatch(pattern, found) for found in words)
    if isinstance(node, query.FuzzyTerm):
        return fold_word(node.text) in words
    sought = " ".join(node.words) if isinstance(node, query.Phrase) else node.text
    its = [fold_word(token.text) for token in query_tokens(sought)]
    return any(words[at : at + len(its)] == its for at in range(len(words)))
