"""A segment's name, size, checksums and deleted documents; `search.engine.codec` makes it one that
Whoosh can read."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec import base

from search.engine.errors import CorruptFileError
from search.engine.storage.container import Container, open_container

DOCUMENTS_EXT = ".doc"
POSTINGS_EXT = ".inv"


class SegmentFiles(base.Segment):  # type: ignore[misc]
    """The array files of a segment. Whoosh pickles it into the table of contents; deletions travel
    as packed integers."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self.compound = False
        self._doc_count = 0
        self._deleted: set[int] = set()
        # Extension → (size in bytes, CRC-32 of the directory), so that no other file is taken for this segment's.
        self.files: dict[str, tuple[int, int]] = {}

    @classmethod
    def _random_id(cls, size: int = 16) -> str:
        # Whoosh draws names from the shared random generator: two processes forked from one would give one name twice.
        return secrets.token_hex(size // 2)

    def __getstate__(self) -> dict[str, Any]:
        state = dict(self.__dict__)
        state["_deleted"] = self.deleted_array().tobytes()
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._deleted = set(np.frombuffer(state["_deleted"], dtype=np.int32).tolist())

    def should_assemble(self) -> bool:
        """Array files are mapped one by one; a compound file would misalign them."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        self._doc_count = doccount

    def doc_count_all(self) -> int:
        return self._doc_count

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(sorted(self._deleted))

    def deleted_array(self) -> npt.NDArray[np.int32]:
        """Deleted document numbers, ascending."""
        return np.array(sorted(self._deleted), dtype=np.int32)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if not 0 <= docnum < self._doc_count:
            raise IndexError(f"segment {self.segment_id()} has {self._doc_count} documents, not number {docnum}")
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def open(self, storage: Any, extension: str) -> Container | None:
        """Open one of the segment's files; None where the segment has none with this extension.

        Raises:
            CorruptFileError: the file isn't the one that was committed.
        """
        recorded = self.files.get(extension)
        if recorded is None:
            return None
        container = open_container(storage, self.make_filename(extension))
        if (container.size, container.crc) != recorded:
            raise CorruptFileError(container.filename, "not the file that was committed: size or checksum differ")
        return container


#: Makes an empty segment: whoever writes hands it in, as the kind that Whoosh reads is known above.
NewSegment = Callable[[], SegmentFiles]
