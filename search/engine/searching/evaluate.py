"""Whoosh's query trees over whole arrays: each node gives the documents it matches and, when asked,
their scores."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any, Protocol

import numpy as np
from whoosh import fields, query
from whoosh.query import QueryError

from search.engine.searching.budget import Cut, ExpansionBudget
from search.engine.searching.combined import Combined, combined_hits
from search.engine.searching.expansion import term_numbers
from search.engine.searching.fallback import whoosh_hits
from search.engine.searching.globalfield import GlobalField
from search.engine.searching.hits import Hits, all_of, any_of, intersect, nothing, positions_in, sum_of
from search.engine.searching.nearness import Near, near_hits
from search.engine.searching.phrases import phrase_docs
from search.engine.searching.ranges import number_range, term_range
from search.engine.searching.scoring import Bm25
from search.engine.searching.sequence import WordSequence, sequence_docs
from search.engine.searching.termruns import Slices, runs, union
from search.engine.searching.union import TermPostings, any_term
from search.engine.storage.arrays import Docs, Scores
from search.engine.storage.postings import FieldPart

# Work between two looks at the clock where terms are scored one by one, in postings, and what a term costs beside its own.
SCORED_STEP = 1 << 18
SCORED_TERM_COST = 1 << 12


class EvaluatedReader(Protocol):
    """What the evaluator needs of a reader."""

    schema: Any
    doc_count_all: int
    weighting: Any
    parameters: Bm25

    def field(self, name: str) -> GlobalField | None:
        """Postings of a field, or None where no segment has any."""

    def live_hits(self) -> Hits:
        """Every document not deleted."""

    def whoosh_reader(self) -> Any:
        """Whoosh's reader of the same segments."""


class Evaluator:
    """Evaluates one query tree; make one for each evaluation.

    Args:
        snapshot: what to search.
        budget: time for expanding prefixes, patterns and misspellings.
    """

    def __init__(self, snapshot: EvaluatedReader, budget: ExpansionBudget) -> None:
        self._snapshot = snapshot
        self._budget = budget
        self._size = snapshot.doc_count_all
        # Looked up once a query: Whoosh's schema looks for wildcards among its names each time.
        self._converters: dict[str, Callable[[Any], bytes]] = {}
        self._nodes: dict[type, Callable[[Any, bool], Hits]] = {
            query.Term: self._term,
            query.And: self._and,
            query.Or: self._or,
            Combined: self._combined,
            query.DisjunctionMax: self._dismax,
            query.Not: self._not,
            query.AndNot: self._andnot,
            query.AndMaybe: self._andmaybe,
            query.Require: self._require,
            query.ConstantScoreQuery: self._constant,
            query.Phrase: self._phrase,
            WordSequence: self._sequence,
            Near: self._near,
            query.Prefix: self._prefix,
            query.Wildcard: self._wildcard,
            query.Regex: self._regex,
            query.FuzzyTerm: self._fuzzy,
            query.TermRange: self._termrange,
            query.NumericRange: self._numericrange,
            query.DateRange: self._numericrange,
            query.Every: self._every,
            type(query.NullQuery): self._null,
        }

    def hits(self, node: Any, scored: bool) -> Hits:
        """What a node matches; deleted documents may be among them.

        Args:
            node: a ``whoosh.query`` object.
            scored: whether scores will be asked for.
        """
        return self._nodes.get(type(node), self._unknown)(node, scored)

    def _unknown(self, node: Any, scored: bool) -> Hits:
        snapshot = self._snapshot
        return whoosh_hits(snapshot.whoosh_reader(), snapshot.weighting, node, self._size, scored)

    def _null(self, node: Any, scored: bool) -> Hits:
        return nothing(self._size)

    def _field(self, name: str) -> GlobalField | None:
        return self._snapshot.field(name) if name in self._snapshot.schema else None

    def _bytes(self, fieldname: str, text: Any) -> bytes | None:
        convert = self._converters.get(fieldname)
        if convert is None:
            convert = self._converters[fieldname] = self._snapshot.schema[fieldname].to_bytes
        try:
            term: bytes = convert(text)
        except ValueError:
            return None
        return term

    def _term(self, node: Any, scored: bool) -> Hits:
        field = self._field(node.fieldname)
        term = None if field is None else self._bytes(node.fieldname, node.text)
        if field is None or term is None:
            return nothing(self._size)
        return field.term_hits(term, scored, node.boost) or nothing(self._size)

    def _and(self, node: Any, scored: bool) -> Hits:
        if len(node.subqueries) < 2:
            return self._alone(node, scored)
        children = [self.hits(child, scored) for child in node.subqueries]
        docs = all_of(children)
        if not scored:
            return Hits(self._size, docs)
        return Hits(self._size, docs, score=lambda subset: sum_of(children, subset, node.boost))

    def _alone(self, node: Any, scored: bool) -> Hits:
        """A compound of one child is that child: like Whoosh, without the compound's boost."""
        return self.hits(node.subqueries[0], scored) if node.subqueries else nothing(self._size)

    def _or(self, node: Any, scored: bool) -> Hits:
        if node.scale and scored:
            return self._unknown(node, scored)
        if len(node.subqueries) < 2:
            return self._alone(node, scored)
        terms, others = _apart(node)
        children = [self.hits(child, scored) for child in others]
        if found := self._postings(terms):
            children.insert(0, any_term(found, self._size, scored))
        if not children:
            return nothing(self._size)
        return children[0] if len(children) == 1 and node.boost == 1.0 else any_of(children, scored, node.boost)

    def _postings(self, terms: list[Any]) -> list[TermPostings]:
        """What the index has of some terms, field by field."""
        found = []
        for name, its in groupby(sorted(terms, key=lambda node: str(node.fieldname)), lambda node: node.fieldname):
            field = self._field(name)
            for node in () if field is None else its:
                term = self._bytes(name, node.text)
                postings = None if field is None or term is None else field.scored_postings(term, node.boost)
                if postings is not None:
                    found.append(postings)
        return found

    def _combined(self, node: Any, scored: bool) -> Hits:
        if not scored:
            return self._or(node, False)
        terms = []
        for name, children in groupby(node.subqueries, lambda child: child.fieldname):
            field = self._field(name)
            for child in () if field is None else children:
                term = self._bytes(name, child.text)
                if field is not None and term is not None and (numbers := field.numbers(term)):
                    terms.append(TermPostings(*field.postings(numbers), child.boost, field.norms()))
        return combined_hits(terms, self._size, node.idf, (self._snapshot.parameters.k1 + 1) * node.boost)

    def _dismax(self, node: Any, scored: bool) -> Hits:
        if len(node.subqueries) < 2:
            return self._alone(node, scored)
        children = [self.hits(child, scored) for child in node.subqueries]
        union = any_of(children, False, 1.0)
        if not scored:
            return union
        best = np.zeros(self._size, dtype=np.float32)
        for child in children:
            best[child.docs] = np.maximum(best[child.docs], child.scores(child.docs))
        best *= np.float32(node.boost)
        return Hits(self._size, union.docs, dense=best)

    def _not(self, node: Any, scored: bool) -> Hits:
        # As Whoosh scores it: what isn't there weighs 1.
        return Hits(self._size, mask=~self.hits(node.query, False).mask, constant=1.0)

    def _andnot(self, node: Any, scored: bool) -> Hits:
        kept = self.hits(node.a, scored)
        dropped = self.hits(node.b, False)
        docs = kept.docs.compress(~dropped.mask.take(kept.docs))
        return Hits(self._size, docs, score=kept.scores)

    def _require(self, node: Any, scored: bool) -> Hits:
        kept = self.hits(node.a, scored)
        return Hits(self._size, all_of([kept, self.hits(node.b, False)]), score=kept.scores)

    def _andmaybe(self, node: Any, scored: bool) -> Hits:
        kept = self.hits(node.a, scored)
        if not scored:
            return kept
        extra = self.hits(node.b, True)

        def score(subset: Docs) -> Scores:
            total = kept.scores(subset)
            both = (
                subset.compress(extra.mask.take(subset))
                if extra.has_mask
                else intersect(subset, extra.docs, self._size)
            )
            if len(both):
                total[positions_in(subset, both, self._size)] += extra.scores(both)
            return total

        return Hits(self._size, kept.docs, score=score)

    def _constant(self, node: Any, scored: bool) -> Hits:
        return self.hits(node.child, False).constant_score(node.score)

    def _every(self, node: Any, scored: bool) -> Hits:
        if node.fieldname is None:
            return self._snapshot.live_hits().constant_score(node.boost)
        field = self._field(node.fieldname)
        return nothing(self._size) if field is None else field.every().constant_score(node.boost)

    def _phrase(self, node: Any, scored: bool) -> Hits:
        schema = self._snapshot.schema
        if node.fieldname not in schema or not node.words:
            return nothing(self._size)
        format_ = schema[node.fieldname].format
        if not format_ or not format_.supports("positions"):
            raise QueryError(f"Phrase search: {node.fieldname!r} field has no positions")
        field = self._snapshot.field(node.fieldname)
        terms = [self._bytes(node.fieldname, word) for word in node.words]
        if field is None or None in terms:
            return nothing(self._size)
        words = [field.term_hits(term, scored, node.boost) for term in terms if term is not None]
        present = [word for word in words if word is not None]
        if len(present) < len(words):
            return nothing(self._size)
        found = []
        for part in field.parts:
            numbers = [part.arrays.find(term) for term in terms if term is not None]
            if min(numbers) >= 0:
                found.append(phrase_docs(part.arrays, numbers, node.slop) + np.int32(part.base))
        docs = np.concatenate(found) if found else nothing(self._size).docs
        return Hits(self._size, docs, score=lambda subset: sum_of(present, subset, 1.0))

    def _sequence(self, node: WordSequence, scored: bool) -> Hits:
        return Hits(self._size, sequence_docs(node, self._field, self._bytes, self._budget)).constant_score(0.0)

    def _near(self, node: Near, scored: bool) -> Hits:
        hits = self.hits(node.child, scored)
        return near_hits(node, hits, self._field, self._bytes) if scored else hits

    def _prefix(self, node: Any, scored: bool) -> Hits:
        field = self._field(node.fieldname)
        prefix = None if field is None else self._bytes(node.fieldname, node.text)
        if field is None or prefix is None:
            return nothing(self._size)
        if node.text == "":
            return field.every().constant_score(node.boost)
        slices = [(part, *part.arrays.prefix_range(prefix)) for part in field.parts]
        return self._slices(field, slices, node, scored)

    def _slices(self, field: GlobalField, slices: Slices, node: Any, scored: bool) -> Hits:
        if node.constantscore or not scored:
            return union(slices, self._size, self._budget, str(node)).constant_score(node.boost)
        chosen = [(part, np.arange(first, last)) for part, first, last in slices]
        return self._scored_terms(field, chosen, node)

    def _numbers(self, field: GlobalField, chosen: list[tuple[FieldPart, Any]], node: Any, scored: bool) -> Hits:
        if node.constantscore or not scored:
            slices = [run for part, numbers in chosen for run in runs(part, numbers)]
            return union(slices, self._size, self._budget, str(node)).constant_score(node.boost)
        return self._scored_terms(field, chosen, node)

    def _scored_terms(self, field: GlobalField, chosen: list[tuple[FieldPart, Any]], node: Any) -> Hits:
        """Expanded terms scored one by one, as far as time allows."""
        terms = sorted({part.arrays.term(number) for part, numbers in chosen for number in numbers.tolist()})
        total = np.zeros(self._size, dtype=np.float32)
        mask = np.zeros(self._size, dtype=bool)
        work = 0
        for place, term in enumerate(terms):
            if work >= SCORED_STEP:
                work = 0
                if not self._budget.may_take():
                    self._budget.cuts.append(Cut(str(node), place, len(terms)))
                    break
            hits = field.term_hits(term, True, node.boost)
            work += SCORED_TERM_COST
            if hits is not None and term:
                work += len(hits.docs)
                total[hits.docs] += hits.scores(hits.docs)
                mask[hits.docs] = True
        return Hits(self._size, mask=mask, dense=total)

    def _wildcard(self, node: Any, scored: bool) -> Hits:
        return self._pattern(node, scored, everything=node.text == "*")

    def _regex(self, node: Any, scored: bool) -> Hits:
        return self._pattern(node, scored, everything=node.text == ".*")

    def _fuzzy(self, node: Any, scored: bool) -> Hits:
        return self._pattern(node, scored, everything=False)

    def _pattern(self, node: Any, scored: bool, *, everything: bool) -> Hits:
        field = self._field(node.fieldname)
        if field is None:
            return nothing(self._size)
        if everything:
            return field.every().constant_score(node.boost)
        numbers = term_numbers(field, node, lambda text: self._bytes(field.name, text), self._budget)
        return self._numbers(field, numbers, node, scored)

    def _termrange(self, node: Any, scored: bool) -> Hits:
        field = self._field(node.fieldname)
        if field is None:
            return nothing(self._size)
        start = b"" if node.start is None else self._bytes(node.fieldname, node.start)
        end = None if node.end is None else self._bytes(node.fieldname, node.end)
        if start is None or (end is None and node.end is not None):
            return nothing(self._size)
        return self._slices(field, term_range(field, start, end, node.startexcl, node.endexcl), node, scored)

    def _numericrange(self, node: Any, scored: bool) -> Hits:
        schema = self._snapshot.schema
        if node.fieldname not in schema:
            return nothing(self._size)
        fieldobj = schema[node.fieldname]
        if not isinstance(fieldobj, fields.NUMERIC):
            raise QueryError(f"NumericRange: field {node.fieldname!r} is not numeric")
        field = self._snapshot.field(node.fieldname)
        if field is None:
            return nothing(self._size)
        return union(number_range(field, fieldobj, node), self._size).constant_score(node.boost)


def _apart(node: Any) -> tuple[list[Any], list[Any]]:
    """(terms, other nodes) of an *Or* and of those within it that only group."""
    terms: list[Any] = []
    others: list[Any] = []
    for child in node.subqueries:
        if type(child) is query.Term:
            terms.append(child)
        elif type(child) is query.Or and len(child.subqueries) > 1 and child.boost == 1.0 and not child.scale:
            for found, its in zip((terms, others), _apart(child), strict=True):
                found += its
        else:
            others.append(child)
    return terms, others
