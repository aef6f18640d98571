"""A brute-force index: what every engine under test must answer, written to be read, not to be
fast."""

from __future__ import annotations

import fnmatch
import math
import re
from dataclasses import dataclass, field
from typing import Any

from whoosh import query
from whoosh.query import spans

from tests.engine.layouts import EXTREME, Layout
from tests.engine.spanmodel import span_scores

Words = list[str]


@dataclass
class Doc:
    """One document of the model: terms of each field by position, numbers and facets by field."""

    key: str
    text: dict[str, Words] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    alive: bool = True
    serial: int = 0

    def terms(self, fieldname: str) -> list[Any]:
        """Everything a term query finds in the field."""
        if fieldname in self.text:
            return self.text[fieldname]
        value = self.values.get(fieldname)
        if fieldname == "id":
            return [self.key]
        if isinstance(value, bool | str):
            return [value]
        return list(dict.fromkeys(value)) if isinstance(value, list) else []


class Model:
    """Documents in index order. Deleted ones stay, and count in statistics, until :meth:`optimize`."""

    k1 = 1.2
    b = 0.75

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.docs: list[Doc] = []

    def delete(self, key: str) -> None:
        """Delete by key."""
        for doc in self.docs:
            if doc.key == key:
                doc.alive = False

    def add(self, doc: Doc) -> None:
        """Add or, where keys are unique, replace."""
        if self.layout.unique:
            self.delete(doc.key)
        self.docs.append(doc)

    def optimize(self) -> None:
        """Drop deleted documents."""
        self.docs = [doc for doc in self.docs if doc.alive]

    def search(self, node: Any) -> dict[int, float]:
        """Live document number → score."""
        return {number: score for number, score in self.scores(node).items() if self.docs[number].alive}

    def term(self, fieldname: str, term: Any, boost: float = 1.0) -> dict[int, float]:
        """BM25F of one term; in a field without scores, how often it stands there."""
        found = {
            number: self.weight(fieldname, doc.terms(fieldname).count(term))
            for number, doc in enumerate(self.docs)
            if term in doc.terms(fieldname)
        }
        if fieldname not in self.layout.scorable:
            return {number: boost * weight for number, weight in found.items()}
        if not found:
            return {}
        idf = math.log(len(self.docs) / (len(found) + 1)) + 1
        average = sum(len(doc.terms(fieldname)) for doc in self.docs) / len(self.docs) or 1
        scores = {}
        for number, tf in found.items():
            length = len(self.docs[number].terms(fieldname))
            norm = self.k1 * ((1 - self.b) + self.b * length / average)
            scores[number] = boost * idf * tf * (self.k1 + 1) / (tf + norm)
        return scores

    def weight(self, fieldname: str, count: int) -> float:
        """What a term weighs that stands in a field so many times."""
        if fieldname == "title":
            return count * self.layout.title_boost
        return 1.0 if fieldname == "note" and self.layout.note == "list of ids" else float(count)

    def every(self, fieldname: str | None) -> set[int]:
        """Documents with anything in a field."""
        return {
            number
            for number, doc in enumerate(self.docs)
            if fieldname is None or doc.terms(fieldname) or doc.values.get(fieldname) is not None
        }

    def any_term(self, node: Any, keep: Any) -> dict[int, float]:
        """Documents with any term that ``keep`` accepts."""
        terms = {term for doc in self.docs for term in doc.terms(node.fieldname) if keep(term)}
        if not node.constantscore:
            return _sum([self.term(node.fieldname, term, node.boost) for term in sorted(terms)])
        matched = {number for term in terms for number in self.term(node.fieldname, term)}
        return dict.fromkeys(matched, node.boost)

    def scores(self, node: Any) -> dict[int, float]:
        """Document number → score, deleted ones included."""
        if isinstance(node, spans.SpanQuery):
            return span_scores(self, node)
        kind = type(node).__name__
        method = getattr(self, f"_{kind.strip('_').lower()}")
        result: dict[int, float] = method(node)
        return result

    def _term(self, node: Any) -> dict[int, float]:
        return self.term(node.fieldname, node.text, node.boost)

    def _nullquery(self, node: Any) -> dict[int, float]:
        return {}

    def _and(self, node: Any) -> dict[int, float]:
        children = [self.scores(child) for child in node.subqueries]
        if len(children) < 2:
            return children[0] if children else {}
        return {
            number: node.boost * sum(child[number] for child in children)
            for number in set(children[0]).intersection(*children)
        }

    def _or(self, node: Any) -> dict[int, float]:
        children = [self.scores(child) for child in node.subqueries]
        if len(children) < 2:
            return children[0] if children else {}
        return {number: node.boost * score for number, score in _sum(children).items()}

    def _disjunctionmax(self, node: Any) -> dict[int, float]:
        children = [self.scores(child) for child in node.subqueries]
        if len(children) < 2:
            return children[0] if children else {}
        numbers = {number for child in children for number in child}
        return {number: node.boost * max(child.get(number, 0.0) for child in children) for number in numbers}

    def _not(self, node: Any) -> dict[int, float]:
        return dict.fromkeys(set(range(len(self.docs))) - set(self.scores(node.query)), 1.0)

    def _andnot(self, node: Any) -> dict[int, float]:
        dropped = self.scores(node.b)
        return {number: score for number, score in self.scores(node.a).items() if number not in dropped}

    def _andmaybe(self, node: Any) -> dict[int, float]:
        extra = self.scores(node.b)
        return {number: score + extra.get(number, 0.0) for number, score in self.scores(node.a).items()}

    def _require(self, node: Any) -> dict[int, float]:
        required = self.scores(node.b)
        return {number: score for number, score in self.scores(node.a).items() if number in required}

    def _constantscorequery(self, node: Any) -> dict[int, float]:
        return dict.fromkeys(self.scores(node.child), node.score)

    def _every(self, node: Any) -> dict[int, float]:
        return dict.fromkeys(self.every(node.fieldname), node.boost)

    def _phrase(self, node: Any) -> dict[int, float]:
        scores = [self.term(node.fieldname, word, node.boost) for word in node.words]
        found = {}
        for number in set(scores[0]).intersection(*scores):
            words = self.docs[number].terms(node.fieldname)
            ends = {place for place, word in enumerate(words) if word == node.words[0]}
            for wanted in node.words[1:]:
                ends = {
                    place
                    for place, word in enumerate(words)
                    if word == wanted and any(place - distance in ends for distance in range(1, node.slop + 1))
                }
            if ends:
                found[number] = sum(score[number] for score in scores)
        return found

    def _prefix(self, node: Any) -> dict[int, float]:
        return self.any_term(node, lambda term: term.startswith(node.text))

    def _wildcard(self, node: Any) -> dict[int, float]:
        return self.any_term(node, lambda term: fnmatch.fnmatchcase(term, node.text))

    def _regex(self, node: Any) -> dict[int, float]:
        return self.any_term(node, lambda term: re.match(node.text, term))

    def _fuzzyterm(self, node: Any) -> dict[int, float]:
        start = node.text[: node.prefixlength]
        return self.any_term(node, lambda term: term.startswith(start) and distance(term, node.text) <= node.maxdist)

    def _termrange(self, node: Any) -> dict[int, float]:
        def inside(term: str) -> bool:
            key = term.encode()
            low = node.start is None or (key > node.start.encode() if node.startexcl else key >= node.start.encode())
            high = node.end is None or (key < node.end.encode() if node.endexcl else key <= node.end.encode())
            return low and high

        return self.any_term(node, inside)

    def _numericrange(self, node: Any) -> dict[int, float]:
        return self._numbers(node, node.start, node.end)

    def _daterange(self, node: Any) -> dict[int, float]:
        return self._numbers(node, node.startdate, node.enddate)

    def _numbers(self, node: Any, low: Any, high: Any) -> dict[int, float]:
        found = {}
        for number, doc in enumerate(self.docs):
            value = doc.values.get(node.fieldname)
            for item in value if isinstance(value, list) else [value]:
                if item is None:
                    continue
                above = low is None or (item > low if node.startexcl else item >= low)
                below = high is None or (item < high if node.endexcl else item <= high)
                if above and below:
                    found[number] = node.boost
        return found


def _sum(children: list[dict[int, float]]) -> dict[int, float]:
    total: dict[int, float] = {}
    for child in children:
        for number, score in child.items():
            total[number] = total.get(number, 0.0) + score
    return total


def distance(a: str, b: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(b) + 1))
    for x, left in enumerate(a, 1):
        following = [x]
        for y, right in enumerate(b, 1):
            following.append(min(row[y - 1] + (left != right), row[y] + 1, following[y - 1] + 1))
        row = following
    return row[-1]


def scored_by_whoosh(node: Any) -> bool:
    """Whether Whoosh's own score for a query is the documented one.

    It isn't for expanded terms: with ``constantscore`` Whoosh gives 1, or BM25F, depending on how
    many terms there are and on the size of the segment, and it drops the boost where only one term
    is left.
    """
    if isinstance(node, query.Prefix | query.Wildcard | query.Regex | query.FuzzyTerm | query.TermRange):
        return not node.constantscore and node.boost == 1.0
    if isinstance(node, query.Not | query.ConstantScoreQuery):
        return True
    if isinstance(node, query.AndNot | query.Require):
        return scored_by_whoosh(node.a)
    return all(scored_by_whoosh(child) for child in node.children())


def ranges_are_right(node: Any, layout: Layout) -> bool:
    """Whether Whoosh's own matchers find the right documents for every range in the query.

    They don't over unsigned numbers, and bounds outside the field's type are errors to them.
    """
    if isinstance(node, query.NumericRange) and not isinstance(node, query.DateRange):
        if any(bound is not None and abs(bound) > EXTREME for bound in (node.start, node.end)):
            return False
        return layout.signed or node.fieldname != "n"
    return all(ranges_are_right(child, layout) for child in node.children())
