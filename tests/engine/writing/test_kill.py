"""Writers killed at random points: the index opens at the last commit, with everything that was
acknowledged."""

from __future__ import annotations

import os
import random
import signal
import struct
import time
from pathlib import Path

from whoosh import query

from search.engine.reader import EngineReader
from search.engine.writer import BulkWriter, create_index
from tests.engine.test_whoosh_bugs import doc, schema

# Few in `make test`; the nightly target sets 200.
KILLS = int(os.environ.get("ENGINE_KILLS", "12"))
DOCS_A_COMMIT = 20
LONGEST_LIFE_SECONDS = 0.15


def write_forever(path: str, first: int, acknowledge: int) -> None:
    """Commit after commit; the number of each is reported once it is done."""
    commit = first
    while True:
        with BulkWriter(path) as writer:
            # Every commit also replaces a document, deletes one and now and then merges everything.
            writer.add(doc("counter", f"c{commit}", day=commit))
            writer.add_all(
                doc(f"{commit}-{place}", f"w{place} common", tag=f"t{commit}") for place in range(DOCS_A_COMMIT)
            )
            writer.delete(f"{commit}-0")
            writer.commit(optimize=commit % 7 == 0)
        os.write(acknowledge, struct.pack("<q", commit))
        commit += 1


def killed_run(path: str, first: int, seconds: float) -> int:
    """Run a writer for a while, kill it; returns the last commit it acknowledged (first - 1 for
    none)."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read_end)
            write_forever(path, first, write_end)
        finally:
            os._exit(1)
    os.close(write_end)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with open(read_end, "rb") as pipe:
        data = pipe.read()
    return int(struct.unpack("<q", data[-8:])[0]) if len(data) >= 8 else first - 1


def test_killed_writers_lose_nothing_acknowledged_and_leave_an_index_that_opens(tmp_path: Path) -> None:
    path = str(tmp_path / "index")
    create_index(path, schema())
    source = random.Random(11)
    commit = 0
    for _ in range(KILLS):
        acknowledged = killed_run(path, commit + 1, source.random() * LONGEST_LIFE_SECONDS)
        reader = EngineReader.open(path)
        reader.verify()
        counters = reader.evaluate(query.Prefix("body", "c")).docs.tolist()
        last = max(
            [int(reader.ints("day").ints[number]) for number in counters if reader.ints("day").mask(1, None)[number]],
            default=0,
        )
        # A commit may be whole without the writer having lived to say so.
        assert acknowledged <= last <= acknowledged + 1
        assert reader.doc_count == last * (DOCS_A_COMMIT - 1) + (1 if last else 0)
        assert len(reader.evaluate(query.Term("body", "common"))) == last * (DOCS_A_COMMIT - 1)
        commit = last
    with BulkWriter(path) as writer:
        writer.commit(optimize=True)
    leftovers = [name for name in os.listdir(path) if ".toc." in name or name.endswith(".run")]
    assert leftovers == []
    assert len([name for name in os.listdir(path) if name.endswith((".inv", ".doc"))]) == (2 if commit else 0)
