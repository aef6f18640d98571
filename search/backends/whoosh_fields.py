"""The rows of `search.index.schema` as a Whoosh schema of arrays, and articles as the bulk writer takes them."""

from __future__ import annotations

from whoosh import fields, formats
from whoosh.analysis import IDAnalyzer

from search.backends.base import IndexDocument
from search.engine.batch import EngineDocument
from search.engine.fields import FacetField, IntField
from search.engine.tokens import Profile, Text
from search.index.analysis import PROFILES, fold, profile_of, term_of, token_texts
from search.index.schema import FIELDS, FieldRow

#: The profile of words as written.
WORDS = "="


def whoosh_schema() -> fields.Schema:
    """The schema of a new index."""
    return fields.Schema(**{row.name: _field(row) for row in FIELDS})


def _field(row: FieldRow) -> fields.FieldType:
    if row.kind == "key":
        return fields.ID(stored=True, unique=True)
    if row.kind == "stored":
        return fields.STORED()
    if row.kind == "number":
        return IntField()
    if row.kind in ("code", "codes"):
        return FacetField(multi=row.kind == "codes")
    return fields.FieldType(format=formats.Positions(), analyzer=IDAnalyzer(), scorable=True)


def profiles() -> dict[str, Profile]:
    """How each language's text becomes terms, and words as written."""
    by_language = {name: Profile(token_texts, lambda word, name=name: term_of(word, name)) for name in PROFILES}  # type: ignore[misc]
    return {**by_language, WORDS: Profile(token_texts, fold)}


def engine_document(document: IndexDocument) -> EngineDocument:
    """An article as the bulk writer takes it."""
    profile = profile_of(document.language)
    return EngineDocument(
        key=str(document.id),
        text={
            "title": Text(document.title, profile),
            "body": Text(document.body, profile),
            "title_words": Text(document.title, WORDS),
            "body_words": Text(document.body, WORDS),
            "author": Text(document.author, WORDS),
        },
        values={
            "number": document.id,
            "outlet": document.outlet,
            "language": document.language,
            "country": document.countries,
            "first_day": document.first_day,
            "last_day": document.last_day,
        },
        stored={"hash": document.hash},
    )
