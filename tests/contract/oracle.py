"""A search engine of a few loops, slow and obvious: what every backend is compared with.

It shares the analysis (what a term is) with the product and nothing else: filters, counts and order
are its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from whoosh import query

from search.analysis.forms import query_terms
from search.analysis.stemming import profile_of
from search.analysis.terms import fold_word, term_of, tokens
from search.backends.base import FACETS, MISSING, BackendQuery, FacetFilter, IndexDocument


def values_of(document: IndexDocument, facet: str) -> tuple[str, ...]:
    if facet == "country":
        return document.countries
    value = document.outlet if facet == "outlet" else document.language
    return (value,) if value else ()


def in_facet(document: IndexDocument, facet: str, chosen: frozenset[str]) -> bool:
    own = values_of(document, facet)
    return any(value in own for value in chosen) or (MISSING in chosen and not own)


def in_dates(document: IndexDocument, asked: BackendQuery) -> bool:
    dates = asked.dates
    if document.first_day is None or document.last_day is None:
        return dates.missing or not dates.active
    if dates.missing and not dates.has_range:
        return False
    return in_range(document.first_day, document.last_day, asked)


def matches(document: IndexDocument, node: query.Query | None) -> bool:
    """Whether the document matches a tree of public fields."""
    if node is None or isinstance(node, query.Every):
        return True
    if isinstance(node, query.And):
        return all(matches(document, child) for child in node.subqueries)
    if isinstance(node, query.Or):
        return any(matches(document, child) for child in node.subqueries)
    if isinstance(node, query.Not):
        return not matches(document, node.query)
    if node.fieldname in FACETS:
        return node.text in values_of(document, node.fieldname)
    if isinstance(node, query.NumericRange):
        if document.first_day is None or document.last_day is None:
            return False
        return (node.start is None or document.last_day >= node.start) and (
            node.end is None or document.first_day <= node.end
        )
    texts = {"text": (document.title, document.body), "title": (document.title,), "author": (document.author,)}
    return any(_in_text(text, document.language, node) for text in texts[node.fieldname])


def _in_text(text: str, language: str, node: query.Query) -> bool:
    own = list(tokens(text))
    if isinstance(node, query.Prefix):
        return any(fold_word(token.text).startswith(fold_word(node.text)) for token in own)
    if isinstance(node, query.Wildcard):
        pattern = "".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in fold_word(node.text))
        return any(re.fullmatch(pattern, fold_word(token.text), re.DOTALL) for token in own)
    words = node.words if isinstance(node, query.Phrase) else [node.text]
    wanted = [token for word in words for token in tokens(word)]
    if any(token.unspaced for token in wanted):
        # Text without spaces: a phrase of pairs is a substring.
        return "".join(words) in text
    if node.fieldname == "author":
        folded, sought = [fold_word(token.text) for token in own], [fold_word(token.text) for token in wanted]
        return any(folded[at : at + len(sought)] == sought for at in range(len(folded)))
    profile = profile_of(language)
    if len(wanted) == 1:
        return any(term_of(token.text, profile) in query_terms(wanted[0].text, profile) for token in own)
    stems = [term_of(token.text, profile) for token in own]
    phrase = [term_of(token.text, profile) for token in wanted]
    return any(stems[at : at + len(phrase)] == phrase for at in range(len(stems)))


def found(documents: Iterable[IndexDocument], asked: BackendQuery, ignoring: str = "") -> list[IndexDocument]:
    """The documents that match, ticks of one facet (or the range of dates) left out of account."""
    kept = []
    for document in documents:
        ok = matches(document, asked.tree) and (ignoring == "date" or in_dates(document, asked))
        for facet in FACETS:
            chosen = asked.filters.get(facet, FacetFilter())
            if chosen.any_of and facet != ignoring:
                ok = ok and in_facet(document, facet, chosen.any_of)
            if chosen.none_of:
                ok = ok and not in_facet(document, facet, chosen.none_of)
        if ok:
            kept.append(document)
    return kept


def facet_counts(documents: Iterable[IndexDocument], asked: BackendQuery, facet: str) -> tuple[dict[str, int], int]:
    """Counts by value, and of those without one."""
    inside = found(documents, asked, ignoring=facet)
    counts = Counter(value for document in inside for value in values_of(document, facet))
    return dict(counts), sum(1 for document in inside if not values_of(document, facet))


def histogram(documents: Iterable[IndexDocument], asked: BackendQuery, interval: str) -> tuple[dict[str, int], int]:
    """Counts by year, month or day from the first to the last that the range of dates touches, each
    whole, and of those without a date; the range itself does not exclude anything."""
    inside = found(documents, asked, ignoring="date")
    periods = [(d.first_day, d.last_day) for d in inside if d.first_day is not None and d.last_day is not None]
    letters = {"year": 4, "month": 7, "day": 10}[interval]
    low = _label(asked.dates.first_day or 1, letters)
    high = _label(asked.dates.last_day or date.max.toordinal(), letters)
    counts: Counter[str] = Counter()
    for first, last in periods:
        labels = {_label(day, letters) for day in range(first, last + 1)}
        counts.update(label for label in labels if low <= label <= high)
    return dict(sorted(counts.items())), len(inside) - len(periods)


def in_range(first: int, last: int, asked: BackendQuery) -> bool:
    low, high = asked.dates.first_day, asked.dates.last_day
    return (low is None or last >= low) and (high is None or first <= high)


def _label(day: int, letters: int) -> str:
    return date.fromordinal(day).isoformat()[:letters]


def in_order(documents: list[IndexDocument], newest: bool) -> list[int]:
    """Ids by date, undated last; ties by the later id for newest first, by the earlier for oldest
    first."""
    dated = [d for d in documents if d.first_day is not None]
    undated = [d for d in documents if d.first_day is None]
    sign = -1 if newest else 1
    dated.sort(key=lambda d: (sign * (d.first_day or 0), d.last_day or 0, sign * d.id))
    undated.sort(key=lambda d: sign * d.id)
    return [d.id for d in [*dated, *undated]]
