"""Merging changes where postings are, not what they say, and takes little memory for it."""

from __future__ import annotations

import random
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from whoosh import fields, formats, index, query

from search.engine.reader import EngineReader
from search.engine.storage import mergefield
from search.engine.storage.postings import PAGE
from search.engine.writer import BulkWriter, create_index
from search.engine.writing.batch import EngineDocument


class Marked(formats.Frequency):  # type: ignore[misc]
    """A format the codec doesn't know: what it keeps is bytes of its own."""

    def word_values(self, value: Any, analyzer: Any, **kwargs: Any) -> Any:
        for word, freq, weight, _ in super().word_values(value, analyzer, **kwargs):
            yield word, freq, weight, f"{word} {freq}".encode()


def text(format_: formats.Format) -> fields.FieldType:
    field = fields.TEXT()
    field.format = format_
    return field


LONG = " ".join(["gap"] * (PAGE + 10) + ["late"])
FIELDS: dict[str, fields.FieldType] = {
    "positions": fields.TEXT(),
    "weights": fields.TEXT(field_boost=2.0),
    "characters": fields.TEXT(chars=True),
    "character boosts": text(formats.CharacterBoosts()),
    "position boosts": text(formats.PositionBoosts()),
    "frequencies": text(formats.Frequency()),
    "opaque": text(Marked()),
}
#: The first segment holds small numbers, later ones frequencies, offsets and positions that need wider types.
SEGMENTS = [["red green", "green"], ["red " * 300, "green"], [LONG, "red late green red"], ["blue", "late blue"]]


def postings_of(path: str) -> dict[str, list[tuple[Any, ...]]]:
    """Term → (key, weight, value) of the documents that are there."""
    with index.open_dir(path).reader() as reader:
        found: dict[str, list[tuple[Any, ...]]] = {}
        for name, term in reader.all_terms():
            matcher = reader.postings(name, term)
            while matcher.is_active():
                posting = reader.stored_fields(matcher.id())["id"], matcher.weight(), matcher.value()
                found.setdefault(f"{name}:{term!r}", []).append(posting)
                matcher.next()
        return found


@pytest.mark.parametrize("stretch", [3, 1 << 18])
@pytest.mark.parametrize("deleted", [[], ["2-0"], ["0-0", "0-1", "3-1"]], ids=len)
@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS.keys())
def test_merged_postings_say_what_they_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: fields.FieldType, deleted: list[str], stretch: int
) -> None:
    monkeypatch.setattr(mergefield, "STRETCH", stretch)
    monkeypatch.setattr(mergefield, "TERMS_AT_ONCE", 2)
    path = str(tmp_path / "index")
    create_index(path, fields.Schema(id=fields.ID(unique=True, stored=True), body=field))
    for number, texts in enumerate(SEGMENTS):
        with BulkWriter(path) as writer:
            for place, words in enumerate(texts):
                writer.add(EngineDocument(f"{number}-{place}", values={"body": words}))
            writer.commit(merge=False)
    with BulkWriter(path) as writer:
        for key in deleted:
            writer.delete(key)
        writer.commit(merge=False)
    before = postings_of(path)
    with BulkWriter(path) as writer:
        writer.commit(optimize=True)
    EngineReader.open(path).verify()
    assert postings_of(path) == before


def memory_of_merging(path: str, documents: int) -> int:
    """The most bytes in use at once while four segments of so many long documents become one."""
    create_index(path, fields.Schema(id=fields.ID(unique=True), body=fields.TEXT(), kept=fields.STORED()))
    chance = random.Random(1)
    for segment in range(4):
        with BulkWriter(path) as writer:
            for number in range(documents):
                words = ["the"] * 300 + [f"w{chance.randrange(100)}" for _ in range(700)]
                writer.add(EngineDocument(f"{segment}-{number}", {"body": words}, {"kept": " ".join(words)}))
            writer.delete(f"{segment - 1}-7")
            writer.commit(merge=False)
    writer = BulkWriter(path)
    tracemalloc.start()
    try:
        writer.commit(optimize=True)
        used = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    reader = EngineReader.open(path)
    reader.verify()
    assert len(reader.evaluate(query.Term("body", "the"))) == 4 * documents - 3
    assert reader.stored(0)["kept"].startswith("the the")
    return used


def test_memory_hardly_grows_with_what_is_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mergefield, "STRETCH", 1 << 12)
    monkeypatch.setattr("search.engine.storage.documents.STRETCH", 1 << 12)
    few, many = (memory_of_merging(str(tmp_path / str(count)), count) for count in (25, 100))
    assert many < 1.5 * few, f"{few} bytes for 100 documents, {many} for 400"
