"""One row a field of the index: read by the writer, the query compiler and the docs.

The fingerprint of the rows and of the analysis is stored with the index; an index with another one
is not searched.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Literal

import Stemmer

Kind = Literal["key", "stored", "stems", "words", "code", "codes", "number"]

#: Raise when search.analysis gives other terms than before.
ANALYSIS_VERSION = 4
#: Raise when the engine cannot open what it wrote before: classes of a segment are pickled by their paths.
ENGINE_VERSION = 2


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field. `public` is what queries call it (None: they cannot name it).

    Kinds: `key` the article's id; `stored` kept, not searched; `stems` terms tagged by language,
    with positions;
    `words` folded words as written, for wildcards and spelling; `code`/`codes` one or several facet
    values; `number` an integer (the id again, and days as proleptic ordinals).
    """

    name: str
    kind: Kind
    public: str | None = None


FIELDS = (
    FieldRow("id", "key"),
    FieldRow("number", "number"),
    FieldRow("hash", "stored"),
    FieldRow("title", "stems", public="title"),
    FieldRow("body", "stems"),
    FieldRow("title_words", "words", public="title"),
    FieldRow("body_words", "words"),
    FieldRow("author", "words", public="author"),
    FieldRow("outlet", "code", public="outlet"),
    FieldRow("language", "code", public="language"),
    FieldRow("country", "codes", public="country"),
    FieldRow("first_day", "number", public="date"),
    FieldRow("last_day", "number", public="date"),
)

#: Public text fields and the index fields behind them: analysed terms, and words as written.
STEM_FIELDS = {"text": ("title", "body"), "title": ("title",)}
WORD_FIELDS = {"text": ("title_words", "body_words"), "title": ("title_words",), "author": ("author",)}


@cache
def fingerprint() -> str:
    """Changes whenever an index must be rebuilt: fields, their kinds, the analysis, the
    stemmers."""
    parts = (*[repr(row) for row in FIELDS], str(ANALYSIS_VERSION), str(ENGINE_VERSION), Stemmer.version())
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()
