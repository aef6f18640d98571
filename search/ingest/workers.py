"""Analysis in several processes, in order and with bounded memory."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing.connection import wait
from types import TracebackType
from typing import Generic, Self, TypeVar

from search.exceptions import CorpusError
from search.ingest.labelling import LabellingTooSlow, ToLabel, label_all
from search.ingest.records import Labels

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Records in one task: enough that sending them costs little, few enough that all workers are busy.
TASK_RECORDS = 64
_DIED = (
    "a worker process died, perhaps for want of memory. What was written stays; "
    "Remedy: run the same command again with --workers 1"
)


class Pending:
    """Labels under way."""

    def __init__(self, tasks: Sequence[Future[list[Labels | LabellingTooSlow]]], ready: Sequence[ToLabel] = ()) -> None:
        self._tasks, self._ready = deque(tasks), ready

    def result(self) -> list[Labels | LabellingTooSlow]:
        """The labels, in the order of the records, or why one has none. Raises CorpusError when a
        worker died."""
        labels = label_all(self._ready) if self._ready else []
        try:
            while self._tasks:
                labels += self._tasks.popleft().result()
        except BrokenProcessPool as error:
            raise CorpusError(_DIED) from error
        return labels


class Later(Generic[Result]):
    """The result of a call that a worker does, or that is done when it is asked for."""

    def __init__(self, future: Future[Result] | None, call: Callable[[], Result]) -> None:
        self._future, self._call = future, call

    def done(self) -> bool:
        """Whether the result is there."""
        return self._future is not None and self._future.done()

    def result(self) -> Result:
        """It. Raises CorpusError when a worker died."""
        if self._future is None:
            return self._call()
        try:
            return self._future.result()
        except BrokenProcessPool as error:
            raise CorpusError(_DIED) from error


class Labeller:
    """Labels records in `workers` processes; with one, in this process when the result is asked
    for."""

    def __init__(self, workers: int) -> None:
        # Not fork: the parent holds a database connection and threads.
        context = multiprocessing.get_context("spawn")
        self._pool = (
            ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare_worker) if workers > 1 else None
        )
        self.workers = workers
        #: How many batches to read before the first is waited for.
        self.batches_ahead = 2 if workers > 1 else 0

    def submit(self, records: Sequence[ToLabel]) -> Pending:
        """Start labelling."""
        if self._pool is None or not records:
            return Pending([], records)
        starts = range(0, len(records), TASK_RECORDS)
        try:
            return Pending([self._pool.submit(label_all, records[at : at + TASK_RECORDS]) for at in starts])
        except BrokenProcessPool as error:
            raise CorpusError(_DIED) from error

    def later(self, function: Callable[[Task], Result], task: Task) -> Later[Result]:
        """Start a call in a worker; with none it is done when its result is asked for."""
        if self._pool is None:
            return Later(None, partial(function, task))
        try:
            return Later(self._pool.submit(function, task), partial(function, task))
        except BrokenProcessPool as error:
            raise CorpusError(_DIED) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)


def _prepare_worker() -> None:
    """In a worker: leave Ctrl+C to the main process, and end when that ends.

    A main process that was killed cannot say so, and the pool's pipes stay open.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel

        def watch() -> None:
            wait([sentinel])
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()
