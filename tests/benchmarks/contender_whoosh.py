"""Stock Whoosh, on a slice of the corpus, in the benchmark."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from whoosh import analysis, fields, index, query, sorting

from tests.benchmarks.corpus import Article
from tests.benchmarks.shapes import Shape


class WhooshContender:
    """Its own codec, its own stemmer, its own facets."""

    name = "whoosh"

    def __init__(self, path: str) -> None:
        os.makedirs(path, exist_ok=True)
        self.path = path
        self._analyzer = analysis.StemmingAnalyzer(stoplist=None)
        self._searcher: Any = None

    def index(self, source: Iterable[Article]) -> None:
        """Everything in one commit."""
        schema = fields.Schema(
            id=fields.ID(stored=True),
            body=fields.TEXT(analyzer=self._analyzer),
            outlet=fields.ID(sortable=True),
            language=fields.ID(sortable=True),
            countries=fields.KEYWORD(sortable=True),
            day=fields.NUMERIC(sortable=True),
        )
        writer = index.create_in(self.path, schema).writer(limitmb=512)
        for article in source:
            writer.add_document(
                id=str(article.number),
                body=article.text,
                outlet=article.outlet,
                language=article.language,
                countries=" ".join(article.countries),
                day=article.day,
            )
        writer.commit()

    def open(self) -> None:
        """Open a searcher."""
        self._searcher = index.open_dir(self.path).searcher()

    def query(self, shape: Shape) -> Any:
        """The shape as a Whoosh tree, filters included."""
        words = [next(iter(self._analyzer(word))).text for word in shape.words]
        terms = [query.Term("body", word) for word in words]
        main: Any = {
            "all": lambda: query.And(terms) if len(terms) > 1 else terms[0],
            "any": lambda: query.Or(terms),
            "phrase": lambda: query.Phrase("body", words),
            "prefix": lambda: query.Prefix("body", shape.words[0]),
            "fuzzy": lambda: query.FuzzyTerm("body", words[0]),
            "days": lambda: query.NumericRange("day", *shape.days),
            "everything": query.Every,
        }[shape.kind]()
        for name, ticked in shape.filters.items():
            main = query.Require(main, query.Or([query.Term(name, value) for value in ticked]))
        return main

    def search(self, shape: Shape) -> tuple[int, dict[str, dict[str, int]]]:
        """Top 10, total, four facets (which here don't ignore their own filter)."""
        facets = sorting.Facets()
        for name in ("outlet", "language"):
            facets.add_field(name, maptype=sorting.Count)
        facets.add_field("countries", allow_overlap=True, maptype=sorting.Count)
        facets.add_facet("day", sorting.RangeFacet("day", 18_000, 21_000, 30, maptype=sorting.Count))
        found = self._searcher.search(self.query(shape), limit=10, groupedby=facets)
        return len(found), {}
