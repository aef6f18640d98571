"""Which backend serves, by the setting CORPUS_SEARCH_BACKEND."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from search.backends.base import SearchBackend


def get_backend() -> SearchBackend:
    """The backend of this process; one object, safe to share between threads."""
    return _backend(settings.CORPUS_SEARCH_BACKEND, Path(settings.CORPUS_INDEX_DIR))


@cache
def _backend(path: str, directory: Path) -> SearchBackend:
    return cast(SearchBackend, import_string(path)(directory))
