"""The errors this library raises; one tree, each message names the file or field and the remedy."""

from __future__ import annotations


class EngineError(Exception):
    """Base of every error raised by the engine."""


class CorruptFileError(EngineError):
    """A file of the index is truncated, altered or of a foreign format; it is never answered from.

    Args:
        filename: name of the file inside the index directory.
        reason: what is wrong with it.
    """

    def __init__(self, filename: str, reason: str) -> None:
        super().__init__(f"{filename}: {reason}; rebuild the index")
        self.filename = filename
        self.reason = reason


class FormatVersionError(CorruptFileError):
    """A file was written by a version of the format that this code can't read."""


class UnsupportedFieldError(EngineError):
    """A field of the schema asks for something the codec doesn't store."""


class DocumentError(EngineError):
    """A document can't be indexed as given; nothing of it was written."""


class ColumnError(EngineError):
    """A column is missing or of another kind than asked for."""
