"""The rows of `search.analysis.schema` as a Whoosh schema of arrays, and articles as the bulk
writer takes them."""

from __future__ import annotations

from functools import partial

from whoosh import fields, formats
from whoosh.analysis import IDAnalyzer

from search.analysis.compounds import further_terms
from search.analysis.schema import FIELDS, FieldRow
from search.analysis.spelling import respell
from search.analysis.stemming import PROFILES, profile_of
from search.analysis.terms import cut_texts, fold_word, has_runs, term_of
from search.backends.base import IndexDocument
from search.engine.storage.fields import FacetField, IntField
from search.engine.writing.batch import EngineDocument
from search.engine.writing.splitter import CharacterSplitter
from search.engine.writing.tokens import Profile, Text

#: The profile of words as written.
WORDS = "="
#: Ends the names of the profiles that take unspaced text apart, which the engine's fast splitter does not.
RUNS = "+runs"


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
    """How texts become terms: by language, and words as written; each once more for texts written
    without spaces."""
    fast = CharacterSplitter(fold=str)
    found: dict[str, Profile] = {}
    for ending, split in (("", fast), (RUNS, cut_texts)):
        found[WORDS + ending] = Profile(split, fold_word)
        for name in PROFILES:
            term, further = partial(term_of, profile=name), partial(further_terms, profile=name)
            found[name + ending] = Profile(split, term, further)
    return found


def _text(text: str, profile: str) -> Text:
    """A text in the one spelling, to be analysed."""
    return Text(text, profile + RUNS if has_runs(text) else profile)


def engine_document(document: IndexDocument) -> EngineDocument:
    """An article as the bulk writer takes it."""
    profile = profile_of(document.language)
    title, body = respell(document.title), respell(document.body)
    return EngineDocument(
        key=str(document.id),
        text={
            "title": _text(title, profile),
            "body": _text(body, profile),
            "title_words": _text(title, WORDS),
            "body_words": _text(body, WORDS),
            "author": _text(respell(document.author), WORDS),
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
