"""tantivy-py in the benchmark."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import Stemmer
import tantivy

from tests.benchmarks.corpus import Article
from tests.benchmarks.shapes import Shape

AGGREGATIONS: dict[str, Any] = {
    "outlet": {"terms": {"field": "outlet", "size": 50}},
    "language": {"terms": {"field": "language", "size": 6}},
    "countries": {"terms": {"field": "countries", "size": 200}},
    "day": {"histogram": {"field": "day", "interval": 30, "min_doc_count": 1}},
}


class TantivyContender:
    """Two indexing threads; the search with its count, then aggregations (one more for each ticked
    facet)."""

    name = "tantivy"

    def __init__(self, path: str) -> None:
        self.path = path
        os.makedirs(path, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("body", tokenizer_name="en_stem", index_option="position")
        for name in ("outlet", "language", "countries"):
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("day", indexed=True, fast=True)
        self.schema = builder.build()
        self._index = tantivy.Index(self.schema, path=path)
        self._stem = Stemmer.Stemmer("english").stemWord
        self._searcher: Any = None

    def index(self, source: Iterable[Article]) -> None:
        """Everything in one commit."""
        writer = self._index.writer(heap_size=512_000_000, num_threads=2)
        for article in source:
            writer.add_document(
                tantivy.Document(
                    id=[str(article.number)],
                    body=[article.text],
                    outlet=[article.outlet],
                    language=[article.language],
                    countries=article.countries,
                    day=article.day,
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """Open the last commit."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def query(self, shape: Shape, skip: str | None = None) -> Any:
        """The shape as a tantivy query, without the filter of one facet."""
        queries, occur, schema = tantivy.Query, tantivy.Occur, self.schema
        words = [self._stem(word) for word in shape.words]
        terms = [queries.term_query(schema, "body", word) for word in words]
        if shape.kind == "all":
            main = terms[0] if len(terms) == 1 else queries.boolean_query([(occur.Must, term) for term in terms])
        elif shape.kind == "any":
            main = queries.boolean_query([(occur.Should, term) for term in terms])
        elif shape.kind == "phrase":
            main = queries.phrase_query(schema, "body", list(words))
        elif shape.kind == "prefix":
            main = queries.regex_query(schema, "body", shape.words[0] + ".*")
        elif shape.kind == "fuzzy":
            main = queries.fuzzy_term_query(schema, "body", words[0], 1, False)
        elif shape.kind == "days":
            main = queries.range_query(schema, "day", tantivy.FieldType.Integer, shape.days[0], shape.days[1])
        else:
            main = queries.all_query()
        masks = [
            queries.const_score_query(queries.term_set_query(schema, name, list(values)), 0.0)
            for name, values in shape.filters.items()
            if name != skip
        ]
        return queries.boolean_query([(occur.Must, part) for part in (main, *masks)]) if masks else main

    def search(self, shape: Shape) -> tuple[int, dict[str, dict[str, int]]]:
        """Top 10, total, four facets."""
        main = self.query(shape)
        result = self._searcher.search(main, 10, count=True)
        shared = {name: value for name, value in AGGREGATIONS.items() if name not in shape.filters}
        found = self._searcher.aggregate(main, shared)
        for name in shape.filters:
            found |= self._searcher.aggregate(self.query(shape, skip=name), {name: AGGREGATIONS[name]})
        counts = {
            name: {str(bucket["key"]): bucket["doc_count"] for bucket in found[name]["buckets"]}
            for name in AGGREGATIONS
        }
        return result.count, counts
