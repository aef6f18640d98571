"""Names of files as text."""

from __future__ import annotations

import os
from pathlib import Path

from search.ingest.files.encodings import UTF8


def shown_name(path: Path | str) -> str:
    r"""A path or name as text that can be stored and printed.

    A file system's name may hold bytes that are not UTF-8; they are written ``\xe9``, so that names
    stay different.
    """
    return os.fsencode(path).decode(UTF8, "backslashreplace")
