"""The one error tree. Library errors are translated at the edge of the module that uses the
library; each message names the remedy."""

from __future__ import annotations


class CorpusError(Exception):
    """Anything Corpus says is wrong; the message is for people and names the remedy."""


class DatabaseUnavailable(CorpusError):
    """The database is away, busy, full, read-only, damaged or without tables; `trouble` says which,
    in a word.

    The message may name folders of the server: it is for commands and logs.
    """

    def __init__(self, message: str, trouble: str) -> None:
        super().__init__(message)
        self.trouble = trouble


class IndexUnavailable(CorpusError):
    """The index is missing, damaged, of an older schema, or cannot be written."""


class IndexMissing(IndexUnavailable):
    """There is no index yet."""


class IndexIsNoFolder(IndexUnavailable):
    """A file stands where the index belongs, or a folder above it."""

    def __init__(self) -> None:
        super().__init__(
            "a file stands where the folder of the index belongs. Remedy: move it away, then manage.py rebuild_index"
        )


class IndexOfAnother(IndexUnavailable):
    """The index is of another database, or of another state of it, than the one that is there."""


class IndexLocked(IndexUnavailable):
    """Another process is writing the index; what is queued will be written by it."""


class QueryError(CorpusError):
    """A query that cannot be answered as it stands; `field` is the parameter it came from."""

    def __init__(self, message: str, field: str = "q") -> None:
        super().__init__(message)
        self.field = field


class ChangeRefused(CorpusError):
    """A correction that cannot be made as things stand; the message says what stands in its way."""


class StructureRefused(ChangeRefused):
    """A split, a join or the undoing of one that cannot be done as things stand."""


class ReadError(CorpusError):
    """An input that cannot be read; `line` is 1-based where there is one."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line
