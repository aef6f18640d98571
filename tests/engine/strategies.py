"""Random documents, histories and queries over a small vocabulary, so that everything meets
everything."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st
from whoosh import query
from whoosh.query import spans

from tests.engine.layouts import EXTREME, Layout, layouts
from tests.engine.model import Doc

WORDS = ("a", "ab", "abc", "abd", "b", "ba", "bac", "cab", "été", "日本", "日本語", "x y")
TAGS = ("red", "green", "blue", "bluish")
QUERIES_A_CASE = 8
FIRST_DAY = datetime.datetime(2020, 1, 1)

word = st.sampled_from(WORDS)
text_field = st.sampled_from(("title", "body"))
term_field = st.sampled_from(("title", "body", "title", "body", "note", "tag", "tags", "code"))
numbers = st.integers(-EXTREME, EXTREME)
bounds = st.one_of(
    st.none(),
    numbers,
    numbers,
    st.sampled_from(
        sorted({sign * 2**bits + step for sign in (1, -1) for bits in (7, 8, 31, 32, 63, 64) for step in (-1, 0, 1)})
    ),
)
dates = st.integers(0, 20).map(lambda days: FIRST_DAY + datetime.timedelta(days=days))
boosts = st.sampled_from((1.0, 1.0, 2.0, 0.5))


@dataclass(frozen=True)
class Commit:
    """Deletions, then additions, then perhaps a merge: of everything, or of what the writer's
    policy chooses."""

    deleted: list[str]
    added: list[Doc]
    optimize: bool
    merge: bool = False


@dataclass(frozen=True)
class Case:
    """What one test builds and asks."""

    layout: Layout
    history: list[Commit]
    asked: list[Any]


def _doc(key: int, title: list[str], body: list[str], note: list[str], values: dict[str, Any]) -> Doc:
    return Doc(
        str(key),
        {"title": title, "body": body, "note": note},
        {name: value for name, value in values.items() if value not in (None, [])},
    )


def fitted(layout: Layout, history: list[Commit]) -> list[Commit]:
    """The history as the layout can take it: numbers of its type, documents numbered, no deletions
    without a unique field."""
    serial = itertools.count(1)
    return [
        replace(
            commit,
            deleted=commit.deleted if layout.unique else [],
            added=[
                replace(
                    doc,
                    serial=next(serial),
                    values={name: layout.fits(value) if name == "n" else value for name, value in doc.values.items()},
                )
                for doc in commit.added
            ],
        )
        for commit in history
    ]


values = st.fixed_dictionaries(
    {
        "tag": st.one_of(st.none(), st.sampled_from(TAGS)),
        "tags": st.lists(st.sampled_from(TAGS), max_size=3),
        "n": st.one_of(st.none(), numbers),
        "day": st.one_of(st.none(), st.integers(-400, 400)),
        "when": st.one_of(st.none(), dates),
        "code": st.one_of(st.none(), word),
        "flag": st.one_of(st.none(), st.booleans()),
    }
)
docs = st.builds(
    _doc,
    st.integers(0, 9),
    st.lists(word, max_size=3),
    st.lists(word, max_size=10),
    st.lists(word, max_size=4),
    values,
)
commits = st.builds(
    Commit,
    st.lists(st.integers(0, 9).map(str), max_size=2),
    st.lists(docs, max_size=6),
    st.sampled_from((False, False, True)),
)
histories = st.lists(commits, min_size=1, max_size=4)
# Many commits of few documents, some of which merge what the policy says.
busy_commits = st.builds(
    Commit,
    st.lists(st.integers(0, 9).map(str), max_size=1),
    st.lists(docs, max_size=2),
    st.sampled_from((False, False, False, True)),
    st.sampled_from((True, True, False)),
)
busy_histories = st.lists(busy_commits, min_size=2, max_size=10)


def cases(asked: st.SearchStrategy[Any], pasts: st.SearchStrategy[Any] = histories) -> st.SearchStrategy[Case]:
    """A layout, a history that fits it, and up to ``QUERIES_A_CASE`` of the queries."""
    return st.builds(
        lambda layout, history, nodes: Case(layout, fitted(layout, history), nodes),
        layouts,
        pasts,
        st.lists(asked, min_size=1, max_size=QUERIES_A_CASE),
    )


terms = st.one_of(
    st.builds(query.Term, term_field, st.one_of(word, st.sampled_from(TAGS)), boosts),
    st.builds(query.Term, term_field, st.one_of(word, st.sampled_from(TAGS)), boosts),
    st.builds(query.Term, st.just("flag"), st.booleans(), boosts),
)
phrases = st.builds(query.Phrase, text_field, st.lists(word, min_size=1, max_size=3), st.integers(1, 6), boosts)
prefixes = st.builds(
    query.Prefix, term_field, st.sampled_from(("a", "ab", "b", "日", "é", "zz", "r")), boosts, st.booleans()
)
wildcards = st.builds(
    query.Wildcard,
    term_field,
    st.sampled_from(("a*", "*b*", "?b", "[ab]?c", "日*", "*")).filter(lambda t: t != "*"),
    boosts,
    st.booleans(),
)
regexes = st.builds(
    query.Regex,
    term_field,
    st.sampled_from(("a", "ab?c", "[ab]+c", "a|b", "日本", "^ba", "b.*l")),
    boosts,
    st.booleans(),
)
fuzzies = st.builds(query.FuzzyTerm, term_field, word, boosts, st.integers(1, 2), st.integers(0, 1), st.booleans())
termranges = st.builds(
    query.TermRange,
    term_field,
    st.one_of(st.none(), word),
    st.one_of(st.none(), word),
    st.booleans(),
    st.booleans(),
    boosts,
    st.booleans(),
)
ranges = st.builds(
    query.NumericRange,
    st.sampled_from(("n", "day")),
    bounds,
    bounds,
    st.booleans(),
    st.booleans(),
    boosts,
)
dateranges = st.builds(
    query.DateRange,
    st.just("when"),
    st.one_of(st.none(), dates),
    st.one_of(st.none(), dates),
    st.booleans(),
    st.booleans(),
    boosts,
)
everything = st.builds(
    query.Every, st.one_of(st.none(), st.sampled_from(("title", "body", "note", "tag", "n", "flag"))), boosts
)
span_leaves = st.builds(query.Term, st.just("body"), word, boosts)


def _spans(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    slop, pairs = st.integers(1, 5), (children, children)
    return st.one_of(
        st.builds(spans.SpanNear, *pairs, slop, st.booleans(), st.just(1)),
        st.builds(spans.SpanNear2, st.lists(span_leaves, min_size=2, max_size=3), slop, st.booleans(), st.just(1)),
        st.builds(spans.SpanFirst, children, st.integers(0, 5)),
        st.builds(spans.SpanOr, st.lists(children, min_size=2, max_size=3)),
        st.builds(spans.SpanNot, *pairs),
        st.builds(spans.SpanContains, *pairs),
        st.builds(spans.SpanBefore, *pairs),
        st.builds(spans.SpanCondition, *pairs),
    )


span_queries = st.one_of(_spans(span_leaves), _spans(st.one_of(span_leaves, _spans(span_leaves))))
leaves = st.one_of(
    terms,
    terms,
    terms,
    phrases,
    prefixes,
    wildcards,
    regexes,
    fuzzies,
    termranges,
    ranges,
    dateranges,
    everything,
    st.just(query.NullQuery),
)


def _nodes(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(children, min_size=1, max_size=4)
    return st.one_of(
        st.builds(query.And, several, boosts),
        st.builds(query.Or, several, boosts),
        st.builds(query.DisjunctionMax, several, boosts),
        st.builds(query.Not, children),
        st.builds(query.AndNot, children, children),
        st.builds(query.AndMaybe, children, children),
        st.builds(query.Require, children, children),
        st.builds(query.ConstantScoreQuery, children, st.sampled_from((1.0, 2.5))),
    )


# Trees on which Whoosh's own matchers are right: see test_whoosh_bugs.py for what is left out and why.
plain_leaves = st.one_of(terms, phrases, prefixes, wildcards, regexes, termranges, ranges, dateranges)
plain_queries = st.one_of(
    plain_leaves,
    st.builds(query.And, st.lists(plain_leaves, min_size=2, max_size=3), boosts),
    st.builds(query.Or, st.lists(plain_leaves, min_size=2, max_size=3), boosts),
    st.builds(query.AndMaybe, plain_leaves, plain_leaves),
    st.builds(query.Require, plain_leaves, plain_leaves),
    st.builds(query.ConstantScoreQuery, plain_leaves, st.just(2.5)),
)
queries = st.recursive(st.one_of(leaves, leaves, _spans(span_leaves)), _nodes, max_leaves=6)
# Whoosh's own matchers refuse an And with a span query in it.
queries_without_spans = st.recursive(leaves, _nodes, max_leaves=6)
