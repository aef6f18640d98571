"""Memory of a process that only reads the index: what is its own, without the page cache it shares."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection

from tests.benchmarks.contender_engine import EngineContender
from tests.benchmarks.shapes import shapes

ROUNDS = 3


def private_megabytes() -> float:
    """Private memory of this process as Linux counts it: pages no other process shares, maps of
    files left out."""
    fields: dict[str, int] = {}
    with open("/proc/self/smaps_rollup", encoding="ascii") as file:
        for line in file:
            name, _, rest = line.partition(":")
            if rest.strip().endswith("kB"):
                fields[name] = int(rest.split()[0])
    return fields["Private_Dirty"] / 1024


def _read(path: str, channel: Connection) -> None:
    contender = EngineContender(path)
    contender.open()
    for _ in range(ROUNDS):
        for shape in shapes():
            contender.search(shape)
    channel.send(private_megabytes())


def own_megabytes_of_reader(path: str) -> float:
    """Private memory of a fresh process after every shape was asked several times."""
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=_read, args=(path, its))
    process.start()
    its.close()
    found: float = mine.recv()
    process.join()
    return found
