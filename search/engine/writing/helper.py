"""A second process that turns half of a commit's documents into segments.

Analysing texts in Python keeps one core busy whatever else is idle. The process is forked, so
profiles need not be pickled; documents go to it through a pipe, many at once, and the segments'
descriptions come back.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection

from search.engine.errors import DocumentError, EngineError
from search.engine.storage.segment import SegmentFiles
from search.engine.writing.batch import EngineDocument
from search.engine.writing.building import Builder

# Documents sent at once: large enough that a message costs little, small enough that neither side waits long for the other.
SENT_AT_ONCE = 100
# What waits between the two, so that neither stops while the other numbers many texts at once; Linux gives this to anyone.
PIPE_BYTES = 1 << 20
ENDED = "the process that built half of the index was ended; free memory and try again"

_FORKS = "fork" in multiprocessing.get_all_start_methods()
Built = tuple[list[SegmentFiles], list[tuple[str, DocumentError]]]


def can_help() -> bool:
    """Whether a process can be forked here: with other threads about, one of them might hold a lock
    for ever in the copy."""
    return _FORKS and threading.active_count() == 1


class Helper:
    """Another process with a builder of its own; documents with one key must all go to it or none.

    Args:
        builder: not used yet; its copy in the other process is.
    """

    def __init__(self, builder: Builder) -> None:
        context = multiprocessing.get_context("fork")
        documents, self._documents = context.Pipe(duplex=False)
        self._answer, answer = context.Pipe(duplex=False)
        with suppress(ImportError, AttributeError, OSError):
            import fcntl

            fcntl.fcntl(documents.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        theirs = self._documents, self._answer
        self._process = context.Process(target=_build, args=(builder, documents, answer, theirs), daemon=True)
        self._process.start()
        documents.close()
        answer.close()
        self._waiting: list[EngineDocument | str] = []

    def add(self, document: EngineDocument) -> None:
        """Hand a document over.

        Raises:
            EngineError: the process has ended.
        """
        self._hand_over(document)

    def forget(self, key: str) -> None:
        """Leave out the document with this key, if it was handed over."""
        self._hand_over(key)

    def end(self) -> None:
        """Say that there are no more documents, so that the last segment is written while others do
        something else.

        Raises:
            EngineError: the process has ended.
        """
        self._send(self._waiting)
        self._send(None)

    def result(self) -> Built:
        """Wait for the segments, and for the keys of documents that were refused, each with the
        reason; after :meth:`end`.

        Raises:
            EngineError: the process has ended.
            OSError: a segment could not be written.
        """
        try:
            answer: Built | BaseException = self._answer.recv()
        except (EOFError, OSError) as error:
            raise EngineError(ENDED) from error
        finally:
            self.close()
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def close(self) -> None:
        """End the process, whatever it is doing. What it wrote and nobody committed, the next
        writer removes."""
        self._documents.close()
        self._answer.close()
        self._process.kill()
        self._process.join()

    def _hand_over(self, item: EngineDocument | str) -> None:
        self._waiting.append(item)
        if len(self._waiting) >= SENT_AT_ONCE:
            self._send(self._waiting)
            self._waiting = []

    def _send(self, message: list[EngineDocument | str] | None) -> None:
        try:
            self._documents.send(message)
        except OSError as error:
            # It has ended, and said why if it could.
            self.result()
            raise EngineError(ENDED) from error


def _build(builder: Builder, documents: Connection, answer: Connection, theirs: tuple[Connection, Connection]) -> None:
    # With the parent's ends open here too, this process would never see that the parent has gone.
    for end in theirs:
        end.close()
    # Ctrl+C reaches both processes; the parent ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nothing made here refers to itself, and looking for what does would take a tenth of the time.
    gc.disable()
    try:
        answer.send(_built(builder, documents))
    except EOFError:
        return
    except (OSError, MemoryError) as error:
        answer.send(error)
    except Exception as error:  # noqa: BLE001 - told to the parent, in a form that survives the pipe
        answer.send(EngineError(f"{type(error).__name__}: {error}"))


def _built(builder: Builder, documents: Connection) -> Built:
    refused: list[tuple[str, DocumentError]] = []
    while (items := documents.recv()) is not None:
        for item in items:
            if isinstance(item, str):
                builder.forget(item)
                continue
            try:
                builder.add(item)
            except DocumentError as error:
                builder.forget(item.key)
                refused.append((item.key, DocumentError(str(error))))
    return builder.finish(), refused
