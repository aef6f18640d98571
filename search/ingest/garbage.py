"""The collector of garbage, paused."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_left() -> Iterator[None]:
    """Leave circles of objects uncollected inside the block.

    For work that makes millions of small objects and no circles: the collector would look through
    all of them again and again, which took a third of the time of a page of many lines.
    """
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()
