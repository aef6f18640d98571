"""The rows of `search.index.schema` as a Whoosh schema, and documents as its writer takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh import fields, formats
from whoosh.analysis import IDAnalyzer

from search.backends.base import IndexDocument
from search.index.analysis import fold, profile_of, terms_of, tokens
from search.index.schema import FIELDS, FieldRow

#: A term and the position of its token.
Term = tuple[str, int]


class AnalysedField(fields.FieldType):  # type: ignore[misc]
    """A field whose values are lists of (term, position), analysed already."""

    def index(self, value: list[Term], **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Term, frequency, weight and encoded positions of each distinct term."""
        places: dict[str, list[int]] = {}
        for term, position in value:
            places.setdefault(term, []).append(position)
        for term, positions in places.items():
            count = len(positions)
            yield term.encode("utf-8", "surrogatepass"), count, float(count), self.format.encode(positions)


def whoosh_schema() -> fields.Schema:
    """The schema of a new index."""
    return fields.Schema(**{row.name: _field(row) for row in FIELDS})


def _field(row: FieldRow) -> fields.FieldType:
    if row.kind == "key":
        return fields.ID(stored=True, unique=True)
    if row.kind == "stored":
        return fields.STORED()
    if row.kind == "day":
        return fields.NUMERIC(int, stored=True)
    if row.kind in ("code", "codes"):
        return AnalysedField(format=formats.Positions(), analyzer=IDAnalyzer(), stored=True)
    return AnalysedField(format=formats.Positions(), analyzer=IDAnalyzer(), scorable=True)


def index_row(document: IndexDocument) -> dict[str, Any]:
    """An article as keyword arguments of `IndexWriter.add_document`."""
    profile = profile_of(document.language)
    title, body = list(tokens(document.title)), list(tokens(document.body))
    row: dict[str, Any] = {
        "id": str(document.id),
        "hash": document.hash,
        "title": [(term, token.position) for token in title for term in terms_of(token.text, profile)],
        "body": [(term, token.position) for token in body for term in terms_of(token.text, profile)],
        "title_words": [(fold(token.text), token.position) for token in title],
        "body_words": [(fold(token.text), token.position) for token in body],
        "author": [(fold(token.text), token.position) for token in tokens(document.author)],
    }
    for name, values in (
        ("outlet", (document.outlet,) if document.outlet else ()),
        ("language", (document.language,) if document.language else ()),
        ("country", document.countries),
    ):
        row[name] = [(value, 0) for value in values]
        row[f"_stored_{name}"] = values if name == "country" else "".join(values)
    for name, day in (("first_day", document.first_day), ("last_day", document.last_day)):
        row[f"_stored_{name}"] = day
        if day is not None:
            row[name] = day
    return row
