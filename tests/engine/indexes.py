"""Builds the same history as an engine index and as a stock Whoosh index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whoosh import fields, index
from whoosh.filedb.filestore import FileStorage, RamStorage

from search.engine.batch import EngineDocument
from search.engine.bulk import BulkWriter, create_index
from search.engine.codec import ArrayCodec
from search.engine.fields import FacetField, IntField
from tests.engine.model import Doc, Model
from tests.engine.strategies import Commit


def make_schema(chars: bool = False, signed: bool = True, stock: bool = False) -> fields.Schema:
    """The schema of the tests; ``stock`` leaves the facet columns out, which the stock codec can't write."""
    facet = {"sortable": False}
    schema = fields.Schema(
        id=fields.ID(unique=True, stored=True),
        title=fields.TEXT(),
        body=fields.TEXT(chars=chars),
        tag=FacetField(),
        tags=FacetField(multi=True),
        n=fields.NUMERIC(int, 32, signed=signed, **facet),
        day=IntField(),
        when=fields.DATETIME(),
    )
    if stock:
        for name in ("tag", "tags", "day"):
            schema[name].column_type = None
    return schema


def dedupe(commit: Commit) -> Commit:
    """A commit without two documents of one key, which Whoosh's own writer would both keep."""
    return Commit(commit.deleted, list({doc.key: doc for doc in commit.added}.values()), commit.optimize)


def build_model(history: Iterable[Commit]) -> Model:
    """The oracle after a history."""
    model = Model()
    for commit in history:
        for key in commit.deleted:
            model.delete(key)
        for doc in commit.added:
            model.add(Doc(doc.key, doc.text, doc.values))
        if commit.optimize:
            model.optimize()
        # A segment none of whose documents is left is dropped at the next commit, by both writers' merges or not at all.
    return model


def as_document(doc: Doc, chars: bool) -> EngineDocument:
    """A document for the bulk writer; a field that keeps characters goes the general way."""
    text = {name: words for name, words in doc.text.items() if not (chars and name == "body")}
    values = dict(doc.values)
    if chars:
        values["body"] = doc.text["body"]
    return EngineDocument(doc.key, text, values)


def build_bulk(path: str, history: Iterable[Commit], schema: fields.Schema, chars: bool = False) -> None:
    """A history through the bulk writer, one segment a commit."""
    create_index(path, schema)
    for commit in history:
        with BulkWriter(path) as writer:
            for key in commit.deleted:
                writer.delete(key)
            writer.add_all(as_document(doc, chars) for doc in commit.added)
            writer.commit(merge=False, optimize=commit.optimize)


def build_whoosh(
    storage: FileStorage | RamStorage, history: Iterable[Commit], schema: fields.Schema, codec: ArrayCodec | None
) -> Any:
    """A history through Whoosh's own writer, with the engine's codec or the stock one."""
    ix = index.FileIndex.create(storage, schema)
    for commit in history:
        writer = ix.writer(codec=codec)
        for key in commit.deleted:
            writer.delete_by_term("id", key)
        for doc in commit.added:
            writer.update_document(id=doc.key, **doc.text, **doc.values)
        writer.commit(merge=False, optimize=commit.optimize)
    return ix
