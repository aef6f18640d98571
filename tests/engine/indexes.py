"""Builds the same history as an engine index and as a stock Whoosh index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from whoosh import fields, index
from whoosh.filedb.filestore import FileStorage, RamStorage

from search.engine.codec import ArrayCodec
from search.engine.writer import BulkWriter, create_index
from search.engine.writing.batch import EngineDocument
from tests.engine.layouts import Layout
from tests.engine.model import Doc, Model
from tests.engine.strategies import Commit

PLAIN = Layout()


def dedupe(commit: Commit) -> Commit:
    """A commit without two documents of one key, which Whoosh's own writer would both keep."""
    return replace(commit, added=list({doc.key: doc for doc in commit.added}.values()))


def build_model(history: Iterable[Commit], layout: Layout = PLAIN) -> Model:
    """The oracle after a history. What a merge by policy would drop stays: see :func:`survivors`."""
    model = Model(layout)
    for commit in history:
        for key in commit.deleted:
            model.delete(key)
        for doc in commit.added:
            model.add(replace(doc))
        if commit.optimize:
            model.optimize()
    return model


def survivors(model: Model, reader: Any) -> Model:
    """The oracle with only those of its deleted documents that the index still holds, in the order
    of the index.

    Which deleted documents are left, and so count in statistics, is the writer's choice; which are
    alive is not.
    """
    by_serial = {doc.serial: doc for doc in model.docs}
    held = [reader.stored(number)["serial"] for number in range(reader.doc_count_all)]
    assert len(set(held)) == len(held)
    alive = [serial for number, serial in enumerate(held) if reader.live is None or reader.live[number]]
    assert sorted(alive) == sorted(serial for serial, doc in by_serial.items() if doc.alive)
    model.docs = [by_serial[serial] for serial in held]
    return model


def as_document(doc: Doc, layout: Layout) -> EngineDocument:
    """A document for the bulk writer; a field that keeps more or less than positions goes the
    general way."""
    plain = {name for name in ("title", "body") if getattr(layout, name) == "positions"}
    text = {name: words for name, words in doc.text.items() if name in plain}
    others = {name: words for name, words in doc.text.items() if name not in plain}
    values = {**doc.values, **others} if layout.unique else {**doc.values, **others, "id": doc.key}
    return EngineDocument(doc.key, text, values, {"serial": doc.serial})


def build_bulk(path: str, history: Iterable[Commit], layout: Layout = PLAIN) -> None:
    """A history through the bulk writer, one segment a commit."""
    create_index(path, layout.schema())
    for commit in history:
        with BulkWriter(path) as writer:
            for key in commit.deleted:
                writer.delete(key)
            writer.add_all(as_document(doc, layout) for doc in commit.added)
            writer.commit(merge=commit.merge, optimize=commit.optimize)


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
            writer.update_document(id=doc.key, serial=doc.serial, **doc.text, **doc.values)
        writer.commit(merge=commit.merge, optimize=commit.optimize)
    return ix
