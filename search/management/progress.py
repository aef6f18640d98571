"""Progress bars on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, Self

from tqdm import tqdm

from search.ingest.pipeline import IngestProgress

# Without the thread that repaints bars which stand still: the index is built by two processes only where nothing else runs.
tqdm.monitor_interval = 0


def seconds_between_prints() -> float:
    """Often enough for a person who watches, seldom enough for a log file."""
    return 0.2 if sys.stderr.isatty() else 5.0


class IngestBars:
    """Bytes read, with rate and remaining time, and how many articles were taken and indexed."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._bar: tqdm[NoReturn] | None = None
        self._articles = self._indexed = 0
        self._refreshed = 0.0
        self.progress = IngestProgress(self._start, self._read, self._index)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def _start(self, total_bytes: int) -> None:
        self._bar = tqdm(
            total=total_bytes, unit="B", unit_scale=True, desc="ingest", file=sys.stderr, disable=not self._shown,
            mininterval=seconds_between_prints(),
            bar_format="{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed}<{remaining}{postfix}]",
        )  # fmt: skip

    def _read(self, count: int, articles: int) -> None:
        self._articles += articles
        if self._bar is not None:
            self._tell(self._bar)
            self._bar.update(count)

    def _index(self, count: int) -> None:
        self._indexed += count
        now = time.monotonic()
        if self._bar is not None and now - self._refreshed >= seconds_between_prints():
            self._refreshed = now
            self._tell(self._bar)
            self._bar.refresh()

    def _tell(self, bar: tqdm[NoReturn]) -> None:
        seconds = max(bar.format_dict["elapsed"], 0.001)
        indexed = f", {self._indexed:,} indexed" if self._indexed else ""
        bar.set_postfix_str(f"{self._articles:,} articles, {self._articles / seconds:,.0f}/s{indexed}", refresh=False)


@contextmanager
def count_bar(name: str, *, shown: bool, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar that counts articles; gives the function that moves it."""
    with tqdm(
        total=total,
        unit=" articles",
        desc=name,
        file=sys.stderr,
        disable=not shown,
        mininterval=seconds_between_prints(),
    ) as bar:

        def move(count: int) -> None:
            bar.update(count)

        yield move
