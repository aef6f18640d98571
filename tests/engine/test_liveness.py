"""Readers in other processes while an index is written: each commit is seen whole, none brings an
error."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

from whoosh import query

from search.engine.reader import EngineReader
from search.engine.writer import BulkWriter, create_index
from tests.engine.test_whoosh_bugs import doc, schema

COMMITS = 40
READERS = 2
# Leaves the writer some of the processor.
PAUSE_SECONDS = 0.005


def commit_seen(reader: EngineReader) -> int:
    """Number of the commit a snapshot shows; fails where it shows parts of two."""
    counter = reader.evaluate(query.Term("body", "counter")).docs.tolist()
    assert len(counter) == 1, f"{len(counter)} versions of one document"
    number = int(reader.ints("day").ints[counter[0]])
    assert len(reader.evaluate(query.Term("body", "common"))) == number
    selection = reader.evaluate(query.Every()).filtered({"tag": reader.codes("tag").mask(["t0", "t1"])})
    assert sum(selection.facet(reader.codes("tag"), "tag").values()) == number
    assert [reader.stored(docnum)["id"] for docnum in counter] == ["counter"]
    return number


def read_until_told(path: str, channel: Connection) -> None:
    """Search all the time; when asked, answer with the commit seen after a refresh. ``None`` ends
    it."""
    reader = EngineReader.open(path)
    seen = commit_seen(reader)
    channel.send(seen)
    try:
        while True:
            asked = channel.poll(PAUSE_SECONDS)
            if asked and channel.recv() is None:
                return
            reader = reader.refreshed()
            now = commit_seen(reader)
            assert now >= seen, "an older commit came back"
            seen = now
            if asked:
                channel.send(seen)
    except BaseException as error:
        channel.send(repr(error))
        raise


def test_readers_in_other_processes_see_each_commit_whole_and_never_an_error(tmp_path: Path) -> None:
    path = str(tmp_path / "index")
    create_index(path, schema())

    def commit(number: int) -> None:
        with BulkWriter(path) as writer:
            writer.add(doc("counter", "counter", day=number))
            writer.add(doc(str(number), f"common w{number}", tag=f"t{number % 2}"))
            # Merges come by themselves too; this is the largest there is.
            writer.commit(optimize=number % 20 == 0)

    commit(1)
    context = multiprocessing.get_context("spawn")
    channels, processes = [], []
    for _ in range(READERS):
        mine, its = context.Pipe()
        processes.append(context.Process(target=read_until_told, args=(path, its)))
        processes[-1].start()
        its.close()
        channels.append(mine)
    assert [channel.recv() for channel in channels] == [1] * READERS
    for number in range(2, COMMITS + 1):
        commit(number)
        for channel in channels:
            channel.send(number)
        assert [channel.recv() for channel in channels] == [number] * READERS
    for channel in channels:
        channel.send(None)
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * READERS
