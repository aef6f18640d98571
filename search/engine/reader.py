"""The way in for reading: a snapshot of an index that threads share, queries evaluated over it,
columns and filters."""

from __future__ import annotations

import re
import time
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import _DEF_INDEX_NAME, TOC, EmptyIndexError, FileIndex

from search.engine.codec import ArraySegment
from search.engine.errors import ColumnError, EngineError
from search.engine.searching.budget import Cut, ExpansionBudget
from search.engine.searching.evaluate import Evaluator
from search.engine.searching.globalcolumn import (
    CodesColumn,
    Column,
    IntsColumn,
    MultiCodesColumn,
    global_column,
    inherit,
)
from search.engine.searching.globalfield import GlobalField
from search.engine.searching.hits import Hits
from search.engine.searching.results import Matches
from search.engine.searching.scoring import Bm25
from search.engine.storage.arrays import Docs, Mask, Scores
from search.engine.storage.container import Container
from search.engine.storage.documents import DocumentArrays
from search.engine.storage.postings import FieldArrays, FieldPart
from search.engine.storage.segment import DOCUMENTS_EXT, POSTINGS_EXT
from search.engine.storage.termsreader import open_fields

RETRIES = 20
REOPEN_SECONDS = 0.02
EXPANSION_SECONDS = 0.1


class EngineReader:
    """An immutable snapshot of an index, as of one commit. Safe to share between threads.

    Open one for each process and replace it by :meth:`refreshed`. Documents are numbered from 0
    over all segments, deleted ones included.

    Attributes:
        schema: Whoosh's schema of the index.
        generation: number of the commit.
        doc_count_all: documents, deleted ones included.
        doc_count: documents without deleted ones.
    """

    def __init__(self, storage: Any, toc: Any, parameters: Bm25, indexname: str) -> None:
        self._storage = storage
        self._indexname = indexname
        self.parameters = parameters
        self.weighting = parameters.whoosh()
        self.schema = toc.schema
        self.generation: int = toc.generation
        self._segments: list[ArraySegment] = toc.segments
        self._documents: list[tuple[int, DocumentArrays]] = []
        self._parts: dict[str, list[FieldPart]] = {}
        self._containers: list[Container] = []
        self.doc_count_all = 0
        for segment in self._segments:
            if not isinstance(segment, ArraySegment):
                raise EngineError(
                    f"segment {segment.segment_id()} was written by another codec; rebuild the index with BulkWriter"
                )
            count = segment.doc_count_all()
            documents, postings = segment.open(storage, DOCUMENTS_EXT), segment.open(storage, POSTINGS_EXT)
            self._containers += [container for container in (documents, postings) if container is not None]
            self._documents.append((self.doc_count_all, DocumentArrays(documents, count)))
            fields: dict[str, FieldArrays] = open_fields(postings, count)
            for name, arrays in fields.items():
                self._parts.setdefault(name, []).append(FieldPart(self.doc_count_all, arrays))
            self.doc_count_all += count
        self.doc_count = self.doc_count_all - sum(segment.deleted_count() for segment in self._segments)
        self.live: Mask | None = self._live_mask()
        self._fields: dict[str, GlobalField | None] = {}
        self._columns: dict[str, Column] = {}
        # Columns of the snapshot before, and how many documents at the beginning are the same as there.
        self._earlier: dict[str, Column] = {}
        self._kept = 0
        self._whoosh_reader: Any = None
        self._everything: Hits | None = None

    @classmethod
    def open(cls, path: str, parameters: Bm25 | None = None, indexname: str = _DEF_INDEX_NAME) -> EngineReader:
        """Open the last commit of the index in a directory.

        Args:
            path: the directory.
            parameters: of BM25F.
            indexname: of the index in the directory.

        Raises:
            whoosh.index.EmptyIndexError: there is no index.
            CorruptFileError: a file is truncated, altered or of another version.
            EngineError: a segment was written by another codec.
        """
        return cls._open(FileStorage(path), parameters or Bm25(), indexname)

    @classmethod
    def _open(cls, storage: Any, parameters: Bm25, indexname: str) -> EngineReader:
        # A commit may remove the files of the one before between our reading its table of contents and our opening them.
        for attempt in range(RETRIES):
            try:
                return cls(storage, TOC.read(storage, indexname), parameters, indexname)
            except (FileNotFoundError, EmptyIndexError):
                if attempt == RETRIES - 1 or not _has_index(storage, indexname):
                    raise
                time.sleep(REOPEN_SECONDS)
        raise AssertionError("unreachable")

    def latest_generation(self) -> int:
        """Number of the last commit."""
        return int(TOC._latest_generation(self._storage, self._indexname))

    def up_to_date(self) -> bool:
        """Whether there has been no commit since this snapshot."""
        return self.latest_generation() == self.generation

    def refreshed(self) -> EngineReader:
        """This snapshot where it is the latest, else a new one of the last commit; this one stays
        usable."""
        if self.up_to_date():
            return self
        following = self._open(self._storage, self.parameters, self._indexname)
        following._inherit(self)
        return following

    def _inherit(self, earlier: EngineReader) -> None:
        """Keep the earlier snapshot's columns until this one has made its own from them."""
        for (base, its), (_, old) in zip(self._documents, earlier._documents, strict=False):
            if its.container is not old.container:
                break
            self._kept = base + its.doc_count
        self._earlier = dict(earlier._columns) if self._kept else {}

    def _live_mask(self) -> Mask | None:
        if self.doc_count == self.doc_count_all:
            return None
        live = np.ones(self.doc_count_all, dtype=bool)
        for segment, (base, _) in zip(self._segments, self._documents, strict=True):
            live[segment.deleted_array() + base] = False
        return live

    def live_hits(self) -> Hits:
        """Every document not deleted."""
        if self._everything is None:
            whole = np.ones(self.doc_count_all, dtype=bool)
            mask = whole if self.live is None else self.live
            self._everything = Hits(self.doc_count_all, np.flatnonzero(mask).astype(np.int32), mask)
        return self._everything

    def field(self, name: str) -> GlobalField | None:
        """Postings of a field, or None where no document has any."""
        if name not in self._fields:
            parts = self._parts.get(name)
            scorable = bool(self.schema[name].scorable)
            self._fields[name] = (
                GlobalField(name, scorable, parts, self._documents, self.doc_count_all, self.parameters)
                if parts
                else None
            )
        return self._fields[name]

    def whoosh_reader(self) -> Any:
        """Whoosh's reader of the same segments, for spans, highlights and unknown queries. Give
        each thread its own Searcher."""
        if self._whoosh_reader is None:
            self._whoosh_reader = FileIndex._reader(self._storage, self.schema, list(self._segments), self.generation)
        return self._whoosh_reader

    def evaluate(self, query: Any, *, scored: bool = True, expansion_seconds: float = EXPANSION_SECONDS) -> Matches:
        """Evaluate a ``whoosh.query`` tree over all segments.

        Args:
            query: the tree.
            scored: False saves the scores where only documents and counts are wanted.
            expansion_seconds: time for expanding prefixes, patterns and misspellings;
                ``Matches.cuts`` says what it cut.

        Raises:
            whoosh.query.QueryError: the tree asks for what a field doesn't have.
            CorruptFileError: a file of the index was damaged, also since it was opened.
        """
        self.check_unchanged()
        budget = ExpansionBudget.seconds(expansion_seconds)
        hits = Evaluator(self, budget).hits(query, scored)
        return Matches(hits, self.doc_count_all, self.live, scored, budget.cuts)

    def column(self, name: str) -> Column:
        """A facet or sort column over all segments.

        Raises:
            ColumnError: no document has it, or it isn't kept as arrays.
        """
        found = self._columns.get(name)
        if found is None:
            parts = [(arrays.doc_count, arrays.column(name)) for _, arrays in self._documents]
            found = global_column(name, parts)
            inherit(found, self._earlier.pop(name, None), self._kept)
            self._columns[name] = found
        return found

    def codes(self, name: str) -> CodesColumn | MultiCodesColumn:
        """A facet column; one without values where no document has any yet.

        Raises:
            ColumnError: the column holds integers.
        """
        if not any(name in arrays.column_names() for _, arrays in self._documents):
            return CodesColumn([], np.zeros(self.doc_count_all, dtype=np.uint8))
        column = self.column(name)
        if isinstance(column, IntsColumn):
            raise ColumnError(f"column {name!r} holds integers, not codes")
        return column

    def ints(self, name: str) -> IntsColumn:
        """An integer column; one of missing values where no document has any yet.

        Raises:
            ColumnError: the column holds strings.
        """
        if not any(name in arrays.column_names() for _, arrays in self._documents):
            return IntsColumn(np.full(self.doc_count_all, np.iinfo(np.int32).min, dtype=np.int32))
        column = self.column(name)
        if not isinstance(column, IntsColumn):
            raise ColumnError(f"column {name!r} holds codes, not integers")
        return column

    def stored(self, docnum: int) -> dict[str, Any]:
        """Stored fields of a document by its global number."""
        for base, arrays in reversed(self._documents):
            if docnum >= base:
                if arrays.container is not None:
                    arrays.container.check_unchanged()
                return arrays.stored(docnum - base)
        raise IndexError(docnum)

    def document_number(self, fieldname: str, key: str) -> int | None:
        """Global number of the live document with this term in a unique field, or None."""
        field = self.field(fieldname) if fieldname in self.schema else None
        hits = None if field is None else field.term_hits(self.schema[fieldname].to_bytes(key), False)
        for docnum in () if hits is None else hits.docs.tolist():
            if self.live is None or self.live[docnum]:
                return int(docnum)
        return None

    def check_unchanged(self) -> None:
        """Check that no file was cut or written to since it was opened; each evaluation begins with
        it.

        Raises:
            CorruptFileError: names the file.
        """
        for container in self._containers:
            container.check_unchanged()

    def verify(self) -> None:
        """Check every byte of every file against its checksums.

        Raises:
            CorruptFileError: names the first file that differs.
        """
        for container in self._containers:
            container.check_unchanged()
            container.verify()

    def prepare(self) -> None:
        """Do ahead, in another thread perhaps, what the first questions would wait for: check
        files, sample dictionaries.

        Raises:
            CorruptFileError: names the first file that differs.
        """
        self.verify()
        for name in self._parts:
            field = self.field(name)
            if field is not None:
                field.prepare()


def _has_index(storage: Any, indexname: str) -> bool:
    pattern = re.compile(rf"^_{re.escape(indexname)}_[0-9]+\.toc$")
    return any(pattern.match(name) for name in storage)


__all__ = ["Cut", "Docs", "EngineReader", "Matches", "Scores"]
