"""A few articles with fields of every kind, in an index of this codec and in one of Whoosh's own."""

from __future__ import annotations

import datetime
from typing import Any

from whoosh import fields, index
from whoosh.filedb.filestore import RamStorage

from search.engine.storage.fields import FacetField, IntField
from search.engine.writer import BulkWriter, create_index
from search.engine.writing.batch import EngineDocument

TEXTS = (
    "The quick brown fox jumps over the lazy dog",
    "A quick thought about a brown dog and another quick fox",
    "Foxes sleep while the dog barks at the brown moon",
    "Nothing about animals here only trade and the price of grain",
    "The fox and the hound were quick to trade a brown grain of truth",
)
GONE = 2


def schema(stock: bool) -> fields.Schema:
    """Fields of every kind; the stock index has no facet columns, which only this codec can write."""
    made = fields.Schema(
        id=fields.ID(unique=True, stored=True, sortable=True),
        body=fields.TEXT(stored=True, chars=True),
        note=fields.TEXT(phrase=False),
        word=fields.KEYWORD(lowercase=True),
        n=fields.NUMERIC(int, 32, sortable=True, stored=True),
        plain=fields.NUMERIC(int, 32),
        when=fields.DATETIME(sortable=True),
        flag=fields.BOOLEAN(stored=True),
        outlet=FacetField(),
        countries=FacetField(multi=True),
        day=IntField(),
    )
    if stock:
        for name in ("outlet", "countries", "day"):
            made[name].column_type = None
    return made


def document(number: int, text: str) -> dict[str, Any]:
    """The values of one document."""
    values: dict[str, Any] = {
        "body": text,
        "note": text.lower(),
        "word": " ".join(text.split()[:3]),
        "n": number * 7 % 5,
        "plain": number * 3 % 5,
        "when": datetime.datetime(2020, 1, 1 + number),
        "flag": number % 2 == 0,
        "outlet": ("Herald", "Times")[number % 2],
        "countries": ["fr", "de", "it"][: number % 3],
        "day": number * 11 % 7,
    }
    if number == 3:
        for name in ("outlet", "day"):
            del values[name]
    return values


def build_pair(path: str) -> tuple[Any, Any]:
    """(this codec's index, the stock one) with the same two segments and the same deleted document."""
    create_index(path, schema(False))
    stock = index.FileIndex.create(RamStorage(), schema(True))
    for numbers in (range(3), range(3, 5)):
        with BulkWriter(path) as bulk:
            bulk.add_all(EngineDocument(str(number), {}, document(number, TEXTS[number])) for number in numbers)
            bulk.commit(merge=False)
        writer = stock.writer()
        for number in numbers:
            writer.add_document(id=str(number), **document(number, TEXTS[number]))
        writer.commit(merge=False)
    with BulkWriter(path) as bulk:
        bulk.delete(str(GONE))
        bulk.commit(merge=False)
    writer = stock.writer()
    writer.delete_by_term("id", str(GONE))
    writer.commit(merge=False)
    return index.open_dir(path), stock
