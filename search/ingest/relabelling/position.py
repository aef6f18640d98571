"""Where a stopped relabelling goes on: a small file in the data directory, gone when the run was
completed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

import search
from search.atomic_file import write_whole
from search.exceptions import CorpusError

FILE = "extract.json"
_SEARCH = Path(search.__path__[0])
#: Whatever a label may depend on.
RULE_FOLDERS = ("countries", "dates", "ingest", "languages", "names", "stories")
RULE_FILES = ("cleaning.py", "folding.py", "hashing.py")


class Position:
    """The last article done by a run of these options under the present rules."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._path = Path(settings.CORPUS_DATA_DIR) / FILE
        self._run = {**options, "rules": rules_version()}

    def read(self) -> int:
        """The number of the last article done; 0 to begin anew, also when options or rules are
        others now."""
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
            return int(stored["after"]) if stored["run"] == self._run else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def write(self, after: int) -> None:
        """Remember an article; a kill leaves the file as it was or as it is to be. Raises
        CorpusError when it cannot be written."""
        try:
            write_whole(self._path, json.dumps({"run": self._run, "after": after}))
        except OSError as error:
            raise CorpusError(
                f"cannot write {self._path}: {error.strerror}. Remedy: free space there, or make the folder writable"
            ) from error

    def clear(self) -> None:
        """The run was completed."""
        self._path.unlink(missing_ok=True)


def rules_version() -> str:
    """What changes with any rule or table of ingest: a hash of the files that make labels."""
    hasher = hashlib.blake2b(digest_size=16)
    for path in _rule_files():
        hasher.update(str(path.relative_to(_SEARCH)).encode())
        hasher.update(hashlib.blake2b(path.read_bytes()).digest())
    return hasher.hexdigest()


def _rule_files() -> list[Path]:
    folders = [_SEARCH / name for name in RULE_FOLDERS]
    for folder in folders:
        folder.stat()  # of a folder that is not there, rglob finds nothing and says nothing
    inside = (path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sorted([*inside, *(_SEARCH / name for name in RULE_FILES)])
