"""tantivy-py in the benchmark over real articles: the search with its count, then four
aggregations.

One text field (title and body) with tantivy's English stemmer whatever the language: the least work
it can have. Corpus looks a word up in the title and in the body, in every language there is.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from tests.benchmarks.real_questions import Question

HITS = 20
AGGREGATIONS: dict[str, Any] = {
    "outlet": {"terms": {"field": "outlet", "size": 100}},
    "language": {"terms": {"field": "language", "size": 100}},
    "country": {"terms": {"field": "country", "size": 250}},
    "day": {"histogram": {"field": "day", "interval": 365, "min_doc_count": 1}},
}


class RealTantivy:
    """Built once in a folder; asked from memory-mapped files."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="en_stem", index_option="position")
        for name in ("outlet", "language", "country"):
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("day", indexed=True, fast=True)
        self._schema = builder.build()
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._searcher = self._index.searcher()

    @property
    def size(self) -> int:
        """Articles in it."""
        return int(self._searcher.num_docs)

    def load(self, articles: Iterable[tuple[str, str, list[str], int | None, str]]) -> None:
        """Everything in one commit: outlet, language, countries, day, text of each."""
        writer = self._index.writer(heap_size=512_000_000, num_threads=2)
        for outlet, language, countries, day, text in articles:
            days = {} if day is None else {"day": [day]}
            writer.add_document(
                tantivy.Document(text=[text], outlet=[outlet], language=[language], country=countries, **days)
            )
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def ask(self, question: Question) -> tuple[float, int]:
        """Milliseconds and total. The query is built before the clock starts, as Corpus parses its
        own before `took_ms`."""
        main = self._query(question)
        aggregations = [(main, {name: it for name, it in AGGREGATIONS.items() if name not in question.filters})]
        aggregations += [(self._query(question, name), {name: AGGREGATIONS[name]}) for name in question.filters]
        began = time.perf_counter()
        found: Any = self._searcher.search(main, HITS, count=True, order_by_field="day" if question.newest else None)
        for query, wanted in aggregations:
            self._searcher.aggregate(query, wanted)
        return (time.perf_counter() - began) * 1000, int(found.count)

    def _query(self, question: Question, skip: str = "") -> Any:
        """The question as a tantivy query, without the filter of one facet."""
        queries, occur = tantivy.Query, tantivy.Occur
        parts = [(occur.Must, self._words(question))]
        for name, values in question.filters.items():
            if name != skip:
                ticked = queries.term_set_query(self._schema, name, list(values))
                parts.append((occur.Must, queries.const_score_query(ticked, 0.0)))
        if question.without:
            parts.append((occur.MustNot, queries.term_query(self._schema, "country", question.without)))
        if question.year:
            first, last = ((date(question.year, *day) - date(1970, 1, 1)).days for day in ((1, 1), (12, 31)))
            days = queries.range_query(self._schema, "day", tantivy.FieldType.Integer, first, last)
            parts.append((occur.Must, queries.const_score_query(days, 0.0)))
        return parts[0][1] if len(parts) == 1 else queries.boolean_query(parts)

    def _words(self, question: Question) -> Any:
        queries, words = tantivy.Query, [word.lower() for word in question.words]
        if question.form == "everything":
            return queries.all_query()
        if question.form == "prefix":
            return queries.regex_query(self._schema, "text", words[0] + ".*")
        if question.form == "fuzzy":
            return queries.fuzzy_term_query(self._schema, "text", words[0], 1, False)
        if question.form == "phrase":
            return self._index.parse_query('"' + " ".join(words) + '"', ["text"])
        return self._index.parse_query(" ".join(words), ["text"], conjunction_by_default=question.form == "all")
