"""CRC-32 per block of a section, checked the first time a block is read.

A whole file of a million articles takes seconds to check; a query touches few blocks. So a reader
checks each block once, before the first answer that uses it, and remembers that in one byte a
block.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from search.engine.errors import CorruptFileError

BLOCK_BYTES = 1 << 16


class BlockSums:
    """CRC-32 of each consecutive block of ``BLOCK_BYTES`` bytes of a section that comes piece by
    piece."""

    def __init__(self) -> None:
        self._sums: list[int] = []
        self._current = 0
        self._filled = 0

    def add(self, data: memoryview) -> None:
        """Go on with these bytes."""
        while data:
            piece = data[: BLOCK_BYTES - self._filled]
            self._current = zlib.crc32(piece, self._current)
            self._filled += len(piece)
            data = data[len(piece) :]
            if self._filled == BLOCK_BYTES:
                self._end_block()

    def finish(self) -> list[int]:
        """All sums; the last block may be shorter."""
        if self._filled:
            self._end_block()
        return self._sums

    def _end_block(self) -> None:
        self._sums.append(self._current)
        self._current = self._filled = 0


class BlockChecker:
    """Checks byte ranges of one section against the sums written with it.

    Threads may share a checker: two threads may check the same block twice, never skip one.

    Args:
        filename: for messages.
        section: for messages.
        data: of the section.
        sums: of its blocks.
        guard: called before each block is read; raises where reading it would kill the process.
    """

    __slots__ = ("_checked", "_complete", "_data", "_filename", "_guard", "_section", "_sums")

    def __init__(
        self,
        filename: str,
        section: str,
        data: memoryview,
        sums: npt.NDArray[np.uint32],
        guard: Callable[[], None] = lambda: None,
    ) -> None:
        self._guard = guard
        self._filename = filename
        self._section = section
        self._data = data
        self._sums = sums
        self._checked = np.zeros(len(sums), dtype=bool)
        self._complete = len(sums) == 0

    def check(self, start: int, stop: int) -> None:
        """Check the blocks that hold bytes ``start`` (inclusive) to ``stop`` (exclusive).

        Raises:
            CorruptFileError: a block differs from what was written.
        """
        if self._complete or stop <= start:
            return
        first, last = start // BLOCK_BYTES, (stop - 1) // BLOCK_BYTES + 1
        if self._checked[first:last].all():
            return
        for block in (np.flatnonzero(~self._checked[first:last]) + first).tolist():
            offset = block * BLOCK_BYTES
            self._guard()
            if zlib.crc32(self._data[offset : offset + BLOCK_BYTES]) != int(self._sums[block]):
                raise CorruptFileError(
                    self._filename, f"checksum of section {self._section!r}, block {block}, does not match"
                )
            self._checked[block] = True

    def check_all(self) -> None:
        """Check every block not yet checked."""
        self.check(0, len(self._data))
        self._complete = True
