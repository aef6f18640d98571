"""Flipped bytes, truncated and foreign files are reported by name and never answered from."""

from __future__ import annotations

import multiprocessing
import os
import random
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from whoosh import query

from search.engine.errors import CorruptFileError, FormatVersionError
from search.engine.reader import EngineReader
from search.engine.storage.container import HEADER, MAGIC
from search.engine.writer import create_index
from tests.engine.test_whoosh_bugs import doc, schema, write

FLIPS = int(os.environ.get("ENGINE_FLIPS", "60"))


def built(tmp_path: Path) -> tuple[str, list[str]]:
    folder = str(tmp_path / "index")
    create_index(folder, schema())
    write(
        folder,
        *(
            doc(str(n), f"w{n} w{n % 5} common", tag=f"t{n % 3}", tags=["a", f"b{n % 4}"], day=n, u=n)
            for n in range(200)
        ),
    )
    return folder, sorted(name for name in os.listdir(folder) if name.endswith((".inv", ".doc")))


def everything(folder: str) -> list[object]:
    """An answer that takes every part of the index into account."""
    reader = EngineReader.open(folder)
    node = query.Or(
        [
            query.Phrase("body", ["w3", "common"]),
            query.Prefix("body", "w1"),
            query.NumericRange("u", 3, 90),
            query.Term("body", "w2"),
        ]
    )
    matches = reader.evaluate(node)
    selection = matches.filtered({"tag": reader.codes("tag").mask(["t1"])})
    return [
        matches.docs.tolist(),
        matches.scores.tolist(),
        selection.facet(reader.codes("tag"), "tag"),
        selection.facet(reader.codes("tags")),
        reader.ints("day").ints.tolist(),
        [reader.stored(number) for number in matches.docs.tolist()],
    ]


def test_flipped_byte_is_reported_by_file_name_or_changes_no_answer(tmp_path: Path) -> None:
    folder, names = built(tmp_path)
    right = everything(folder)
    source = random.Random(7)
    reported: list[tuple[str, str]] = []
    for _ in range(FLIPS):
        name = source.choice(names)
        place = source.randrange(os.path.getsize(os.path.join(folder, name)))
        flip(os.path.join(folder, name), place)
        try:
            assert everything(folder) == right
        except CorruptFileError as error:
            reported.append((error.filename, name))
        flip(os.path.join(folder, name), place)
    assert len(reported) > FLIPS // 4
    assert all(named == flipped for named, flipped in reported)
    assert everything(folder) == right


def flip(path: str, place: int) -> None:
    with open(path, "r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 0x10]))


@pytest.mark.parametrize("extension", [".inv", ".doc"])
def test_verify_names_a_damaged_file_wherever_the_damage_is_in_a_section(tmp_path: Path, extension: str) -> None:
    folder, names = built(tmp_path)
    name = next(name for name in names if name.endswith(extension))
    flip(os.path.join(folder, name), HEADER.size + 64)
    with pytest.raises(CorruptFileError, match=name):
        EngineReader.open(folder).verify()


@pytest.mark.parametrize("size", [0, 10, 100, -1])
@pytest.mark.parametrize("extension", [".inv", ".doc"])
def test_truncated_file_is_reported_when_the_index_is_opened(tmp_path: Path, extension: str, size: int) -> None:
    folder, names = built(tmp_path)
    name = next(name for name in names if name.endswith(extension))
    target = os.path.join(folder, name)
    os.truncate(target, size if size >= 0 else os.path.getsize(target) + size)
    with pytest.raises(CorruptFileError, match=name):
        EngineReader.open(folder)


def test_file_of_another_version_is_reported_by_name_and_version(tmp_path: Path) -> None:
    folder, names = built(tmp_path)
    with open(os.path.join(folder, names[0]), "r+b") as file:
        file.write(HEADER.pack(MAGIC, 99, 0))
    with pytest.raises(FormatVersionError, match="version 99"):
        EngineReader.open(folder)


def test_whole_file_of_another_index_in_place_of_ours_is_reported(tmp_path: Path) -> None:
    folder, names = built(tmp_path)
    other = str(tmp_path / "other")
    create_index(other, schema())
    write(other, doc("1", "different"))
    foreign = next(name for name in os.listdir(other) if name.endswith(".inv"))
    mine = next(name for name in names if name.endswith(".inv"))
    with open(os.path.join(other, foreign), "rb") as source, open(os.path.join(folder, mine), "wb") as target:
        target.write(source.read())
    with pytest.raises(CorruptFileError, match="not the file that was committed"):
        EngineReader.open(folder)


def search_in_process(folder: str, ready: Connection) -> None:
    """Open and search, wait until the file has been damaged, search again; sends both answers."""
    reader = EngineReader.open(folder)
    node = query.Or([query.Phrase("body", ["w3", "common"]), query.Prefix("body", "w1")])
    ready.send(len(reader.evaluate(node)))
    ready.recv()
    try:
        ready.send(len(reader.evaluate(node)))
    except CorruptFileError as error:
        ready.send(str(error))


def second_answer(folder: str, damage: Callable[[], None]) -> tuple[object, object, int | None]:
    """(answer before the damage, after it, exit code) of a process that holds the index open."""
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=search_in_process, args=(folder, its))
    process.start()
    its.close()
    before = mine.recv()
    damage()
    mine.send(None)
    after = mine.recv()
    process.join()
    return before, after, process.exitcode


def cut(path: str) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize(
    ("extension", "damage", "reason"),
    [
        (".inv", cut, "truncated while in use"),
        (".doc", cut, "truncated while in use"),
        (".inv", lambda path: flip(path, HEADER.size + 64), "checksum"),
    ],
)
def test_file_damaged_while_a_process_has_it_mapped_is_reported_by_its_next_search(
    tmp_path: Path, extension: str, damage: Callable[[str], None], reason: str
) -> None:
    folder, names = built(tmp_path)
    name = next(name for name in names if name.endswith(extension))
    before, after, code = second_answer(folder, lambda: damage(os.path.join(folder, name)))
    assert isinstance(before, int)
    assert before > 0
    assert isinstance(after, str)
    assert name in after
    assert reason in after
    assert code == 0


def test_touched_but_unchanged_file_is_still_answered_from(tmp_path: Path) -> None:
    folder, names = built(tmp_path)
    before, after, _ = second_answer(folder, lambda: os.utime(os.path.join(folder, names[0])))
    assert before == after
