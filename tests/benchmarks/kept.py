"""Built indexes a benchmark keeps for its next run, with the figures of their building beside them."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.benchmarks.corpus import Article, articles

# Up to here articles are made before the clock starts: a million are 3 GB.
PREPARED = 1_000_000


@contextmanager
def working_folder(keep: str | None) -> Iterator[str]:
    """The directory to keep indexes in, or one that is gone afterwards."""
    if keep:
        os.makedirs(keep, exist_ok=True)
        yield keep
        return
    folder = tempfile.mkdtemp(prefix="benchmark-")
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def write_figures(path: str | None, result: dict[str, Any]) -> None:
    """Write the figures as JSON, where a file was asked for."""
    if path:
        with open(path, "w", encoding="utf-8") as file:
            json.dump(result, file, indent=1)


def folder_bytes(path: str) -> int:
    """Size of all files of a directory."""
    return sum(os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(path) for name in names)


def build(path: str, count: int, index: Callable[[Iterable[Article]], None]) -> dict[str, float]:
    """Index ``count`` articles under ``path`` unless that was done before.

    Returns:
        articles a second (making them included above ``PREPARED``) and bytes on disk, as measured when it was built.

    Raises:
        ValueError: another number of articles is there.
    """
    note = path + ".json"
    if os.path.exists(note):
        with open(note, encoding="utf-8") as file:
            known: dict[str, float] = json.load(file)
        if known["articles"] != count:
            raise ValueError(f"{path} holds {known['articles']:,.0f} articles, not {count:,}; give another --keep")
        return known
    prepared: Iterable[Article] = list(articles(count)) if count <= PREPARED else articles(count)
    start = time.perf_counter()
    index(prepared)
    seconds = time.perf_counter() - start
    figures: dict[str, Any] = {
        "articles": count,
        "articles_a_second": count / seconds,
        "bytes": folder_bytes(path),
    }
    with open(note, "w", encoding="utf-8") as file:
        json.dump(figures, file)
    return figures
