"""Pieces → a tree. NOT binds most, then NEAR, AND and OR; what only stands side by side is joined
last, the way `match` says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations, product
from typing import Literal

from whoosh import query

from search.query.typed.leaves import Leaves
from search.query.typed.pieces import Kind, Piece

#: Words that NEAR may join, and ways to choose one of each side: all orders of them are looked for.
MOST_NEAR = 3
MOST_NEAR_CHOICES = 8
Match = Literal["all", "any"]
#: A clause and the operator before it; None where there is none.
Clause = tuple[Piece | None, query.Query | None]


class Grammar:
    """Makes the tree of pieces in which every operator has something to work on and every
    parenthesis its pair: see `search.query.typed.mending`."""

    def __init__(self, pieces: Sequence[Piece], match: Match, leaves: Leaves) -> None:
        self._pieces = pieces
        self._match = match
        self._leaves = leaves
        self._at = 0
        #: Whether a NEAR joins what cannot stand near: both sides are sought anywhere.
        self.far = False

    def tree(self) -> query.Query | None:
        """The tree; None where no word is. Raises QueryError."""
        return self._sequence("text")

    def _kind(self) -> Kind | None:
        return self._pieces[self._at].kind if self._at < len(self._pieces) else None

    def _next(self) -> Piece:
        self._at += 1
        return self._pieces[self._at - 1]

    def _sequence(self, field: str) -> query.Query | None:
        """Clauses up to the parenthesis that closes, or the end."""
        clauses: list[Clause] = []
        while self._kind() not in (None, "close"):
            operator = self._next() if self._kind() in ("and", "or", "near") else None
            clauses.append((operator, self._clause(field)))
        excluded: list[query.Query] = []
        if self._match == "any":
            clauses, excluded = _without_excluded(clauses)
        joined = [self._ored(run) for run in _runs(clauses, ("and", "or", "near"))]
        return _together([*(node for node in joined if node is not None), *excluded], self._match)

    def _ored(self, clauses: list[Clause]) -> query.Query | None:
        return _either([self._anded(run) for run in _runs(clauses, ("and", "near"))])

    def _anded(self, clauses: list[Clause]) -> query.Query | None:
        return _both([self._neared(run) for run in _runs(clauses, ("near",))])

    def _neared(self, clauses: list[Clause]) -> query.Query | None:
        nodes = [node for _, node in clauses if node is not None]
        if len(nodes) < 2:
            return nodes[0] if nodes else None
        apart = max(operator.number for operator, _ in clauses[1:] if operator)
        near = _near(nodes, apart)
        if near is None:
            self.far = True
            return _both(nodes)
        return self._leaves.counted(near)

    def _clause(self, field: str) -> query.Query | None:
        excluded = False
        while self._kind() == "not":
            self._next()
            excluded = not excluded
        node = self._wanted(field)
        return query.Not(node) if excluded and node is not None else node

    def _wanted(self, field: str) -> query.Query | None:
        named = self._next() if self._kind() == "field" else None
        field = named.name if named else field
        exact = self._next() if self._kind() == "exact" else None
        piece = self._next()
        if piece.kind == "open":
            node = self._sequence(field)
            self._next()
        elif exact:
            node = self._leaves.exact(field, piece.text)
        elif piece.kind == "phrase":
            node = self._leaves.phrase(field, piece.text, piece.number)
        else:
            node = self._leaves.word(field, piece.text)
        if named and named.both:
            words = [self._leaves.plain("text", word) for word in (named.name, *piece.text.split())]
            node = _either([node, _both(words)])
        return node


def _runs(clauses: list[Clause], operators: tuple[Kind, ...]) -> Iterable[list[Clause]]:
    """Clauses that only these operators join."""
    run: list[Clause] = []
    for clause in clauses:
        operator = clause[0]
        if run and not (operator and operator.kind in operators):
            yield run
            run = []
        run.append(clause)
    if run:
        yield run


def _without_excluded(clauses: list[Clause]) -> tuple[list[Clause], list[query.Query]]:
    """The clauses without those that NOT excludes and no OR or NEAR joins, and these."""
    kept: list[Clause] = []
    excluded: list[query.Query] = []
    followers = [*(operator for operator, _ in clauses[1:]), None]
    inherited: Piece | None = None
    taken = False
    for (operator, node), follower in zip(clauses, followers, strict=True):
        # `c -b AND a`: with b taken out, nothing joins a to c.
        joining = inherited if taken and operator and operator.kind == "and" else operator
        taken = isinstance(node, query.Not) and {found.kind for found in (operator, follower) if found} <= {"and"}
        if taken and node is not None:
            excluded.append(node)
            inherited = joining
        else:
            kept.append((joining, node))
    return kept, excluded


def _together(nodes: list[query.Query], match: Match) -> query.Query | None:
    """What stands side by side: any of the words will do where `any` says so, but what is excluded
    is, and a field is a condition."""
    if match == "all":
        return _both(nodes)
    by_field: dict[str, list[query.Query]] = {"text": []}
    excluded = []
    for node in nodes:
        if isinstance(node, query.Not):
            excluded.append(node)
        else:
            by_field.setdefault(_field_of(node), []).append(node)
    return _both([*(_either(its) for its in by_field.values()), *excluded])


def _field_of(node: query.Query) -> str:
    """The field that a node is about; `text` where it is about several."""
    if isinstance(node, query.Not):
        return _field_of(node.query)
    if isinstance(node, query.And | query.Or):
        fields = {_field_of(child) for child in node.subqueries}
        return fields.pop() if len(fields) == 1 else "text"
    return str(node.fieldname or "text")


def _both(nodes: Iterable[query.Query | None]) -> query.Query | None:
    return _compound(query.And, nodes)


def _either(nodes: Iterable[query.Query | None]) -> query.Query | None:
    return _compound(query.Or, nodes)


def _compound(kind: type[query.And] | type[query.Or], nodes: Iterable[query.Query | None]) -> query.Query | None:
    parts = [part for node in nodes if node is not None for part in (node.subqueries if type(node) is kind else [node])]
    return kind(parts) if len(parts) > 1 else parts[0] if parts else None


def _near(nodes: list[query.Query], apart: int) -> query.Query | None:
    """The words of all nodes within a distance, in any order; None for what cannot stand near."""
    sides = [_words_of(node) for node in nodes]
    choices = list(product(*sides)) if all(sides) and len(sides) <= MOST_NEAR else []
    fields = {field for side in sides for field, _ in side}
    if not 0 < len(choices) <= MOST_NEAR_CHOICES or len(fields) > 1:
        return None
    field = fields.pop()
    return _either(
        query.Phrase(field, [word for _, words in order for word in words], slop=apart)
        for choice in choices
        for order in permutations(choice)
    )


def _words_of(node: query.Query) -> list[tuple[str, list[str]]]:
    """The ways to write a side of NEAR, as field and words; empty where only an article tells."""
    if type(node) is query.Term:
        return [(node.fieldname, node.text.split())]
    if type(node) is query.Phrase:
        return [(node.fieldname, list(node.words))]
    if type(node) is query.Or:
        ways = [_words_of(child) for child in node.subqueries]
        return [way for its in ways for way in its] if all(ways) else []
    return []
