"""What Whoosh's reader says of terms, postings, lengths and documents: the same over these arrays
as over Whoosh's own codec."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

NAMES = ("id", "body", "note", "word", "n", "plain", "when", "flag", "outlet", "countries", "day")
READINGS: dict[str, Callable[[Any], Any]] = {
    "all_terms": lambda r: list(r.all_terms()),
    "terms_from": lambda r: list(r.terms_from("body", b"q")),
    "lexicon": lambda r: [list(r.lexicon(name)) for name in NAMES],
    "field_terms": lambda r: [list(r.field_terms(name)) for name in ("body", "note", "flag", "outlet", "day")],
    "expand_prefix": lambda r: list(r.expand_prefix("body", "b")),
    "iter_from": lambda r: [(term, info.weight(), info.doc_frequency()) for term, info in r.iter_from("body", "f")],
    "iter_field": lambda r: [(term, info.doc_frequency()) for term, info in r.iter_field("note")],
    "iter_prefix": lambda r: [(term, info.doc_frequency()) for term, info in r.iter_prefix("body", "t")],
    "term_info": lambda r: [
        (info.weight(), info.max_weight(), info.doc_frequency(), info.min_id(), info.max_id(), info.max_length())
        for _, info in r
    ],
    "postings": lambda r: [
        (term, list(r.postings(*term).items_as("frequency"))) for term in r.all_terms() if term[0] in ("body", "note")
    ],
    "positions": lambda r: [(term, list(r.postings("body", term).items_as("positions"))) for term in r.lexicon("body")],
    "characters": lambda r: [
        (term, list(r.postings("body", term).items_as("characters"))) for term in r.lexicon("body")
    ],
    "iter_postings": lambda r: [
        (name, term, docnum, weight)
        for leaf, _ in r.leaf_readers()
        for name, term, docnum, weight, _ in leaf.iter_postings()
    ],
    "frequency": lambda r: [(r.frequency(*term), r.doc_frequency(*term)) for term in r.all_terms()],
    "first_id": lambda r: [r.first_id("body", word) for word in ("quick", "grain")],
    "lengths": lambda r: [
        (r.field_length(name), r.min_field_length(name), r.max_field_length(name)) for name in ("body", "note")
    ],
    "doc_field_length": lambda r: [r.doc_field_length(number, "body") for number in range(r.doc_count_all())],
    "documents": lambda r: (r.doc_count_all(), r.doc_count(), r.has_deletions(), list(r.all_doc_ids())),
    "is_deleted": lambda r: [r.is_deleted(number) for number in range(r.doc_count_all())],
    "stored": lambda r: sorted((values["id"], sorted(map(str, values.items()))) for values in r.all_stored_fields()),
    "iter_docs": lambda r: [(number, values["id"]) for number, values in r.iter_docs()],
    "contains": lambda r: [("body", "fox") in r, ("body", "nosuch") in r, ("nosuch", "fox") in r],
    "terms_within": lambda r: sorted(r.terms_within("body", "fax", 1)),
    "suggest": lambda r: r.corrector("body").suggest("quikc", limit=2, maxdist=2),
    "most_frequent_terms": lambda r: sorted(r.most_frequent_terms("body", 5)),
    "most_distinctive_terms": lambda r: sorted(r.most_distinctive_terms("body", 5)),
    "indexed_field_names": lambda r: sorted(r.indexed_field_names()),
    "columns": lambda r: [list(r.column_reader(name)) for name in ("id", "n", "when")],
}


@pytest.mark.parametrize("name", READINGS)
def test_reader_says_the_same(searchers: tuple[Any, Any], name: str) -> None:
    ours, stock = (READINGS[name](searcher.reader()) for searcher in searchers)
    assert ours == stock
    assert ours
