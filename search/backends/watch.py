"""Whether files changed since they were read, for three system calls instead of reading them
again."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: Two changes within one tick of the file system's clock have the same time: what is younger than this is not trusted.
SETTLED_NS = 1_000_000_000

_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Watch:
    """Files and folders as they were; a folder changes when a file in it is made, renamed or
    removed."""

    paths: tuple[Path, ...]
    stamps: tuple[_Stamp, ...]
    taken_ns: int

    @classmethod
    def of(cls, paths: Sequence[Path]) -> Watch:
        """Take the stamps: before the files are read, so that a change in between is noticed.
        Raises OSError."""
        return cls(tuple(paths), _stamps(paths), time.time_ns())

    def unchanged(self) -> bool:
        """Whether all are as they were; False also where that cannot be told yet, or one is
        missing."""
        if any(self.taken_ns - modified < SETTLED_NS for modified, _, _ in self.stamps):
            return False
        try:
            return _stamps(self.paths) == self.stamps
        except OSError:
            return False


def _stamps(paths: Sequence[Path]) -> tuple[_Stamp, ...]:
    found = map(os.stat, paths)
    return tuple((status.st_mtime_ns, status.st_ino, status.st_size) for status in found)
