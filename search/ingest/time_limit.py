"""A limit on the time that one piece of input may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class PageTooSlow(BaseException):
    """The time is over. Not an `Exception`, which libraries catch and go on after."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise PageTooSlow inside the block when it takes longer. In threads other than the main one
    there is no limit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _over)
    # Once more every second, for the case that the first was lost in a callback.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _over(_signal: int, _frame: FrameType | None) -> None:
    raise PageTooSlow
