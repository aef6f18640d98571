"""Sections written side by side, piece by piece, are what they would be written at once."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from search.engine.errors import EngineError
from search.engine.storage.checksum import BLOCK_BYTES, BlockSums
from search.engine.storage.container import ContainerWriter, open_container


@given(st.lists(st.integers(0, BLOCK_BYTES + 9), max_size=6))
def test_sums_do_not_depend_on_the_pieces(sizes: list[int]) -> None:
    data = np.random.default_rng(1).bytes(sum(sizes))
    sums, start = BlockSums(), 0
    for size in sizes:
        sums.add(memoryview(data[start : start + size]))
        start += size
    assert sums.finish() == [zlib.crc32(data[at : at + BLOCK_BYTES]) for at in range(0, len(data), BLOCK_BYTES)]


def test_sections_grow_side_by_side(tmp_path: Path) -> None:
    storage = FileStorage(str(tmp_path))
    out = ContainerWriter(storage, "file")
    small, large = out.reserve("small", np.uint8, 3), out.reserve("large", np.int64, 30_000)
    for start in range(3):
        small.append(np.array([start]))
        large.append(np.arange(start * 10_000, (start + 1) * 10_000))
    out.add("last", np.array([7], dtype=np.int16))
    out.close()
    container = open_container(storage, "file")
    container.verify()
    assert container.section("small").whole().tolist() == [0, 1, 2]
    assert container.section("large").whole().tolist() == list(range(30_000))
    assert container.section("last").whole().tolist() == [7]


@pytest.mark.parametrize("count", [2, 4])
def test_a_section_with_too_few_or_too_many_items_is_no_file(tmp_path: Path, count: int) -> None:
    out = ContainerWriter(FileStorage(str(tmp_path)), "file")
    out.reserve("three", np.uint8, 3).append(np.zeros(count, dtype=np.uint8))
    with pytest.raises(EngineError, match="of a section of 3"):
        out.close()
    out.abandon()
