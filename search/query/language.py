"""Query syntax → an immutable `whoosh.query` tree over the public field names, with words as they
were typed.

The syntax is Whoosh's own, trimmed: words, "phrases", OR, NOT and -, parentheses, prefix*,
wild?cards, fuzzy~, and the fields of `search.analysis.schema`. What cannot be parsed is searched as
plain words, and the answer says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from whoosh import qparser, query
from whoosh.qparser import plugins

from search.analysis.terms import tokens
from search.exceptions import QueryError
from search.query.patterns import fuzzy_query, pattern_query
from search.query.values import FIELD_VALUES, FieldValues

MAX_QUERY_CHARACTERS = 2000
MAX_QUERY_WORDS = 250
MAX_QUERY_DEPTH = 40
#: Each looks through the dictionary; a query of hundreds would hold the server for seconds.
MAX_PATTERNS = 10
TEXT_FIELDS = ("text", "title", "author")
#: What a word, phrase or value that was typed is in the query; None for what has no word.
ReadLeaf = Callable[[query.Query], query.Query | None]

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
# The quotation marks that phones and word processors put in for us.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_FIELD = r"(?P<text>title|outlet|author|country|language|date):"
# An operator before another one, a closing parenthesis or the end; AND or OR at the start. The parser trips over them.
_DANGLING = re.compile(
    r"(?:^|[\s(])(?:AND|OR|NOT)\s*(?:$|\)|(?<=\s)(?:AND|OR)(?=\s|$))|(?:^|[\s(])NOT\s+(?:NOT(?=\s|$)|-)|"
    r"(?:^|\()\s*(?:AND|OR)(?=\s|$)|(?:^|[\s(])-(?:NOT|AND|OR)(?=\s|$)"
)
_OPERATORS = plugins.OperatorsPlugin(
    AndNot=None,
    AndMaybe=None,
    Require=None,
    Not=r"((^|(?<=[\s(]))NOT(?=\s))|((^|(?<=[\s(]))-(?=[^\s-]))",
)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """`tree` is None when nothing restricts the articles. `notices` tell people how the query was
    understood."""

    tree: query.Query | None
    notices: tuple[str, ...] = ()


def parse_query(text: str, match: Literal["all", "any"], values: FieldValues = FIELD_VALUES) -> ParsedQuery:
    """Parse what was typed. Raises QueryError (field `q`) for a query that is too long or names
    what does not exist.

    ``values`` reads the values of fields such as `country:`.
    """
    if len(text) > MAX_QUERY_CHARACTERS:
        raise QueryError(
            _("The query has %(length)d characters; at most %(most)d can be searched. Shorten it.")
            % {"length": len(text), "most": MAX_QUERY_CHARACTERS}
        )
    typed = _CONTROL.sub(" ", text).translate(_QUOTES).strip()
    if not typed:
        return ParsedQuery(None)
    notices = []
    problem = _problem(typed)
    if problem:
        notices.append(problem)
        tree = _plain_words(typed, match)
    else:
        tree = _parser(match).parse(typed)
    understood = _understood(tree, match, lambda node: _leaf(node, values))
    if understood is None:
        notices.append(_("The query has no word to search for; all articles are shown."))
    return ParsedQuery(understood, tuple(notices))


def plain_query(text: str, match: Literal["all", "any"]) -> query.Query | None:
    """The words of a text as a query, whatever looks like an operator in it; None when there is no
    word."""
    return _understood(_plain_words(text, match), match, _text_leaf)


def _understood(tree: query.Query, match: Literal["all", "any"], read: ReadLeaf) -> query.Query | None:
    """The tree with leaves as they are read. Raises QueryError for what does not exist and for too
    many words."""
    leaves = patterns = 0

    def leaf(node: query.Query) -> query.Query | None:
        nonlocal leaves, patterns
        understood = read(node)
        if match == "any" and type(understood) is query.Term:
            understood = _any_token(understood)
        leaves += len(understood.subqueries) if isinstance(understood, query.Or) else 1
        patterns += isinstance(node, query.FuzzyTerm | query.Prefix | query.Wildcard)
        if leaves > MAX_QUERY_WORDS:
            raise QueryError(_("The query has over %(most)d words. Shorten it.") % {"most": MAX_QUERY_WORDS})
        if patterns > MAX_PATTERNS:
            raise QueryError(
                _("The query has over %(most)d words with * ? or ~. Write some of them out.") % {"most": MAX_PATTERNS}
            )
        return understood

    return _rebuild(tree, leaf)


def _parser(match: Literal["all", "any"]) -> qparser.QueryParser:
    return qparser.QueryParser(
        "text",
        schema=None,
        plugins=[
            plugins.WhitespacePlugin(),
            plugins.PhrasePlugin(),
            plugins.GroupPlugin(),
            plugins.FieldsPlugin(expr=_FIELD, remove_unknown=False),
            plugins.WildcardPlugin(),
            plugins.FuzzyTermPlugin(),
            _OPERATORS,
        ],
        group=qparser.OrGroup if match == "any" else qparser.AndGroup,
    )


def _problem(typed: str) -> str | None:
    """Why this cannot be parsed as it stands, for people; None when it can."""
    if typed.count('"') % 2:
        return _("A quotation mark is not closed; the words were searched without operators.")
    if _DANGLING.search(re.sub(r'"[^"]*"', '""', typed)):
        return _("An operator (AND, OR, NOT, -) has nothing to work on; the words were searched without operators.")
    depth = deepest = 0
    for character in re.sub(r'"[^"]*"', "", typed):
        depth += {"(": 1, ")": -1}.get(character, 0)
        deepest = max(deepest, depth)
        if depth < 0:
            break
    if depth:
        return _("The parentheses do not match; the words were searched without operators.")
    if deepest > MAX_QUERY_DEPTH:
        return _("The parentheses are nested too deeply; the words were searched without operators.")
    return None


def _plain_words(typed: str, match: Literal["all", "any"]) -> query.Query:
    words = [query.Term("text", word) for word in re.sub(r'[()"*?~]+', " ", typed).split()]
    words = [word for word in words if word.text not in ("AND", "OR", "NOT")]
    return query.Or(words) if match == "any" else query.And(words)


def _rebuild(node: query.Query, leaf: ReadLeaf) -> query.Query | None:
    """The tree with every leaf replaced, and what became empty left out."""
    if isinstance(node, query.Not):
        inner = _rebuild(node.query, leaf)
        return None if inner is None else query.Not(inner)
    if isinstance(node, query.And | query.Or):
        children = [child for child in (_rebuild(child, leaf) for child in node.subqueries) if child is not None]
        if not children:
            return None
        if isinstance(node, query.Or):
            children = [
                part for child in children for part in (child.subqueries if type(child) is query.Or else [child])
            ]
        return children[0] if len(children) == 1 else type(node)(children)
    if node == query.NullQuery:
        return None
    return leaf(node)


def _leaf(node: query.Query, values: FieldValues) -> query.Query | None:
    field = node.fieldname
    if isinstance(node, query.Every):
        # `country:*` is what has a country; a star alone is everything.
        return query.Every() if field in (None, "text") else query.Every(field)
    if field in TEXT_FIELDS:
        return _text_leaf(node)
    if isinstance(node, query.Phrase):
        return values.query(field, " ".join(node.words))
    if type(node) is not query.Term:
        raise QueryError(
            _("“%(field)s:” takes a whole value, without * ? or ~.") % {"field": field},
        )
    return values.query(field, node.text)


def _text_leaf(node: query.Query) -> query.Query | None:
    """Words and patterns of words."""
    field = node.fieldname
    if isinstance(node, query.Phrase):
        kept = [word for word in node.words if _has_token(word)]
        if len(kept) == 1 and node.slop == 1:
            return query.Phrase(field, kept)
        return query.Phrase(field, kept, slop=min(node.slop, 100)) if kept else None
    if isinstance(node, query.FuzzyTerm):
        return fuzzy_query(field, node.text, node.maxdist)
    if isinstance(node, query.Prefix):
        return pattern_query(field, f"{node.text}*")
    if isinstance(node, query.Wildcard):
        return pattern_query(field, node.text)
    return query.Term(field, node.text) if _has_token(node.text) else None


def _any_token(word: query.Term) -> query.Query:
    """Where any word will do, each part of `two-dimensional` or `l'Arménie` will; a run without
    spaces stays one word."""
    found = list(tokens(word.text))
    if word.fieldname != "text" or len(found) == 1 or any(token.unspaced for token in found):
        return word
    return query.Or([query.Term(word.fieldname, token.text) for token in found])


def _has_token(text: str) -> bool:
    return next(tokens(text), None) is not None
