"""This project's engine in the benchmark."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import Stemmer
from whoosh import fields, query

from search.engine.reader import EngineReader
from search.engine.searching.globalcolumn import CodesColumn
from search.engine.storage.arrays import narrowest
from search.engine.storage.fields import FacetField, IntField
from search.engine.writer import BulkWriter, create_index
from search.engine.writing.batch import EngineDocument
from search.engine.writing.splitter import CharacterSplitter
from search.engine.writing.tokens import Profile, Text
from tests.benchmarks.corpus import Article
from tests.benchmarks.shapes import Shape

# At most a gigabyte at the peak in each of two processes: 100,000 articles become two segments. tantivy gets 512 MB for
# its buffers alone.
BATCH_TOKENS = 32_000_000
FACETS = ("outlet", "language", "countries")


class EngineContender:
    """Indexes with stemming, positions and all columns; searches one snapshot."""

    name = "engine"

    def __init__(self, path: str) -> None:
        self.path = path
        self._stem = Stemmer.Stemmer("english", 0).stemWord
        self.reader: EngineReader | None = None
        self._periods: tuple[EngineReader, CodesColumn] | None = None

    def index(self, source: Iterable[Article]) -> None:
        """Everything in one commit."""
        schema = fields.Schema(
            id=fields.ID(unique=True, stored=True),
            body=fields.TEXT(),
            outlet=FacetField(),
            language=FacetField(),
            countries=FacetField(multi=True),
            day=IntField(),
        )
        create_index(self.path, schema)
        with BulkWriter(self.path, self.profiles(), batch_tokens=BATCH_TOKENS, helped=True) as writer:
            for article in source:
                writer.add(
                    EngineDocument(
                        str(article.number),
                        {"body": Text(article.text, "en")},
                        {
                            "outlet": article.outlet,
                            "language": article.language,
                            "countries": article.countries,
                            "day": article.day,
                        },
                    )
                )

    def profiles(self) -> dict[str, Profile]:
        """How texts are analysed."""
        return {"en": Profile(CharacterSplitter(), self._stem)}

    def open(self) -> None:
        """Open a fresh snapshot."""
        self.reader = EngineReader.open(self.path)

    def query(self, shape: Shape) -> Any:
        """The shape as a Whoosh tree."""
        words = [self._stem(word) for word in shape.words]
        terms = [query.Term("body", word) for word in words]
        if shape.kind == "all":
            return terms[0] if len(terms) == 1 else query.And(terms)
        if shape.kind == "any":
            return query.Or(terms)
        if shape.kind == "phrase":
            return query.Phrase("body", words)
        if shape.kind == "prefix":
            return query.Prefix("body", shape.words[0])
        if shape.kind == "fuzzy":
            return query.FuzzyTerm("body", words[0])
        if shape.kind == "days":
            return query.NumericRange("day", *shape.days)
        return query.Every()

    def search(self, shape: Shape) -> tuple[int, dict[str, dict[str, int]]]:
        """Top 10, total, four facets."""
        reader = self.reader
        assert reader is not None
        matches = reader.evaluate(self.query(shape))
        masks = {name: reader.codes(name).mask(values) for name, values in shape.filters.items()}
        selection = matches.filtered(masks)
        selection.top(10)
        counts = {name: selection.facet(reader.codes(name), name) for name in FACETS}
        counts["day"] = selection.facet(self._periods_of(reader), "day")
        return selection.total, counts

    def _periods_of(self, reader: EngineReader) -> CodesColumn:
        """Periods of 30 days as a facet, made once a snapshot, as the product makes its months."""
        if self._periods is None or self._periods[0] is not reader:
            starts, codes = np.unique(reader.ints("day").ints // 30 * 30, return_inverse=True)
            self._periods = reader, CodesColumn([str(start) for start in starts], narrowest(codes + 1))
        return self._periods[1]
