"""Memory stays as it is however long the input."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .warcs import page, response

# Peak memory in kB after the first tenth of the input and at its end.
SCRIPT = """
import resource, sys
from pathlib import Path
from search.ingest.files.inputs import find_inputs
from search.ingest.readers.intake import Intake
from search.ingest.readers.notes import Notes
from search.ingest.workers import Labeller
inputs = find_inputs([Path(sys.argv[1])], "auto", "")
early = None
with Labeller(1) as labeller:
    for count, (item, _file, position) in enumerate(Intake("", Notes(), [], labeller).items(inputs.files), 1):
        if early is None and position > inputs.total_bytes // 10:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(count, early, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
TEXT = " ".join(f"word{number * 7919 % 100_003}" for number in range(4000))


def lines() -> Iterator[bytes]:
    for number in range(3000):
        yield json.dumps({"title": f"Title {number}", "text": f"{number} {TEXT[number:]}"}).encode() + b"\n"


def array() -> Iterator[bytes]:
    for number, line in enumerate(lines()):
        yield (b"," if number else b"[") + line
    yield b"]"


def table() -> Iterator[bytes]:
    yield b"title,text\n"
    for number in range(3000):
        yield f'Title {number},"{number} {TEXT[number:]}"\n'.encode()


def crawl() -> Iterator[bytes]:
    for number in range(3000):
        yield response(f"https://a.example/{number}", TEXT[number:].encode(), kind="text/plain")
        if number % 100 == 0:
            yield response(f"https://a.example/p{number}", page(f"Ferry number {number} sails"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "parts", "count"),
    [("a.jsonl.gz", lines, 3000), ("a.json", array, 3000), ("a.csv.gz", table, 3000), ("a.warc.gz", crawl, 30)],
)
def test_memory_stays_flat_over_a_hundred_megabytes(tmp_path: Path, name: str, parts: object, count: int) -> None:
    path = tmp_path / name
    with gzip.open(path, "wb", compresslevel=1) if name.endswith(".gz") else path.open("wb") as file:
        for part in parts():  # type: ignore[operator]
            file.write(part)
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path)], cwd=root, capture_output=True, text=True, check=True
    )
    read, early, late = (int(each) for each in done.stdout.split())
    assert read == count
    assert late - early < 30_000
