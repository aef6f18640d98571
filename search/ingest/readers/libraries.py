"""Libraries of the extra `formats`, which may be missing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from search.exceptions import ReadError

REMEDY = "Remedy: make install, or pip install 'corpus-news-search[formats]'"


def needed(module: str, what: str) -> ModuleType:
    """A module of the extra.

    Args:
        module: its name.
        what: it reads, for people.

    Raises:
        ReadError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        raise ReadError(f"{what} needs the library {module!r}, which is not installed. {REMEDY}") from None
