"""The embedded backend: a Whoosh index in the data directory, one folder a generation.

`CURRENT` names the folder that serves; a rebuild fills another one and replaces that file in one step. Readers look at
the file and at Whoosh's own table of contents before each search, so they see each commit without a restart. A process
never creates an index while searching: a missing one is an error that names the command.
"""

from __future__ import annotations

import os
import pickle
import shutil
import struct
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh import index as whoosh_index
from whoosh import scoring
from whoosh.filedb.filestore import FileStorage
from whoosh.searching import Searcher

from search.backends.base import BackendQuery, BackendResult, IndexDocument, IndexStatus
from search.backends.collect import collect
from search.backends.compile import Compiler
from search.backends.snapshot import NO_DAY, Columns, code_column
from search.backends.whoosh_fields import index_row, whoosh_schema
from search.exceptions import IndexLocked, IndexMissing, IndexUnavailable
from search.index.analysis import PLAIN, profile_of
from search.index.schema import fingerprint

REBUILD = "Remedy: manage.py rebuild_index"
WEIGHTING = scoring.BM25F(B=0.75, K1=1.2)
# What Whoosh raises while it reads files that are not what they should be; it has no error class of its own for it.
_DAMAGE = (
    whoosh_index.IndexError,
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    TypeError,
    ValueError,
)


@contextmanager
def _translated(doing: str) -> Iterator[None]:
    """Library and system errors as ours, naming what was being done and the remedy."""
    try:
        yield
    except whoosh_index.LockError as error:
        raise IndexLocked("another process is writing the index; try again when it is done.") from error
    except (whoosh_index.EmptyIndexError, FileNotFoundError) as error:
        raise IndexUnavailable(f"{doing}: files are missing. {REBUILD}") from error
    except OSError as error:
        raise IndexUnavailable(
            f"{doing}: {error.strerror or error}. Remedy: free space, or make it writable."
        ) from error
    except _DAMAGE as error:
        raise IndexUnavailable(f"{doing}: it is damaged ({type(error).__name__}: {error}). {REBUILD}") from error


class WhooshBackend:
    """A `SearchBackend` over a directory; one object serves all threads of a process."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._reader: Reader | None = None

    def search(self, query: BackendQuery) -> BackendResult:
        """Answer from the last commit. Raises IndexUnavailable."""
        began = time.perf_counter()
        with _translated("the index cannot be read"):
            reader = self._current()
            rows, scores = reader.evaluate(query)
            result = collect(reader.columns, rows, scores, query)
        return replace(result, took_ms=(time.perf_counter() - began) * 1000)

    def apply(self, documents: Iterable[IndexDocument], deleted: Iterable[int]) -> None:
        """Write one commit. Raises IndexLocked, IndexUnavailable."""
        folder = self._directory / self._generation()
        _require_schema(folder)
        _write(folder, documents, deleted)

    def rebuild(self, documents: Iterable[IndexDocument]) -> WhooshRebuild:
        """Fill a new generation beside the live one. Raises IndexUnavailable."""
        with _translated("the new index cannot be written"):
            live = self._generation(default="")
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            for folder in self._directory.glob("generation-*"):
                if folder.name != live:
                    shutil.rmtree(folder)
            folder = self._directory / f"generation-{int(live.rpartition('-')[2] or 0) + 1:06d}"
            folder.mkdir(mode=0o700)
            FileStorage(str(folder)).create_index(whoosh_schema())
            (folder / "SCHEMA").write_text(fingerprint(), encoding="ascii")
        _write(folder, documents, ())
        return WhooshRebuild(self._directory, folder)

    def entries(self) -> dict[int, str]:
        """Id and hash of every entry. Raises IndexUnavailable."""
        with _translated("the index cannot be read"):
            return self._current().hashes()

    def status(self) -> IndexStatus:
        """Size, generation and schema of the live index. Raises IndexUnavailable."""
        with _translated("the index cannot be read"):
            reader = self._current()
        return IndexStatus(len(reader.columns.ids), self._generation(), fingerprint())

    def _generation(self, default: str | None = None) -> str:
        try:
            return (self._directory / "CURRENT").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            if default is not None:
                return default
            raise IndexMissing(f"there is no index yet. {REBUILD}") from None
        except OSError as error:
            raise IndexUnavailable(f"the index cannot be read: {error.strerror}. {REBUILD}") from error

    def _current(self) -> Reader:
        folder = self._directory / self._generation()
        with self._lock:
            reader = self._reader
            if reader is None or not reader.serves(folder):
                _require_schema(folder)
                reader = self._reader = Reader(folder)
            return reader


class WhooshRebuild:
    """A generation that waits to go live."""

    def __init__(self, directory: Path, folder: Path) -> None:
        self._directory, self._folder = directory, folder

    def apply(self, documents: Iterable[IndexDocument], deleted: Iterable[int]) -> None:
        """Catch up. Raises IndexUnavailable."""
        _write(self._folder, documents, deleted)

    def go_live(self) -> None:
        """Replace the pointer; older generations go, except the one before, which readers may still have open."""
        with _translated("the new index cannot be made live"):
            pointer = self._directory / "CURRENT"
            before = pointer.read_text(encoding="ascii").strip() if pointer.exists() else ""
            fresh = self._directory / "CURRENT.new"
            with fresh.open("w", encoding="ascii") as file:
                file.write(self._folder.name)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(pointer)
            for folder in self._directory.glob("generation-*"):
                if folder.name not in (self._folder.name, before):
                    shutil.rmtree(folder)


class Reader:
    """One commit of one generation: a searcher and its columns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = FileStorage(str(folder)).open_index()
        self._searcher: Searcher = self._index.searcher(weighting=WEIGHTING)
        self._guard = threading.Lock()
        rows = [stored for _number, stored in self._searcher.reader().iter_docs()]
        numbers = [number for number, _stored in self._searcher.reader().iter_docs()]
        # Whoosh numbers deleted documents too: its numbers become rows of the columns.
        self._row_of = np.full(self._searcher.doc_count_all() + 1, -1, dtype=np.int64)
        self._row_of[numbers] = np.arange(len(numbers))
        self.columns = Columns(
            ids=np.array([int(row["id"]) for row in rows], dtype=np.int64),
            facets={
                "outlet": code_column([(row["outlet"],) if row.get("outlet") else () for row in rows]),
                "language": code_column([(row["language"],) if row.get("language") else () for row in rows]),
                "country": code_column([row.get("country", ()) for row in rows]),
            },
            first_day=np.array([row.get("first_day") or NO_DAY for row in rows], dtype=np.int32),
            last_day=np.array([row.get("last_day") or NO_DAY for row in rows], dtype=np.int32),
        )
        self._hashes = {int(row["id"]): str(row["hash"]) for row in rows}
        self._compiler = Compiler(
            {profile_of(language) for language in self.columns.facets["language"].values} | {PLAIN}
        )

    def serves(self, folder: Path) -> bool:
        """Whether this is still the last commit of what serves."""
        return folder == self._folder and bool(self._index.latest_generation() == self._searcher.reader().generation())

    def hashes(self) -> dict[int, str]:
        """Document hash by article id."""
        return dict(self._hashes)

    def evaluate(self, asked: BackendQuery) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Matching rows, ascending, and their scores."""
        if asked.tree is None:
            count = len(self.columns.ids)
            return np.arange(count, dtype=np.int64), np.zeros(count)
        compiled = self._compiler.compile(asked.tree)
        numbers: list[int] = []
        scores: list[float] = []
        # A Searcher shared between threads gives wrong results, silently.
        with self._guard:
            context = self._searcher.boolean_context() if asked.sort != "relevance" else None
            for leaf, offset in self._searcher.leaf_searchers():
                matcher = compiled.matcher(leaf, context)
                while matcher.is_active():
                    numbers.append(matcher.id() + offset)
                    scores.append(matcher.score() if context is None else 0.0)
                    matcher.next()
        return self._row_of[np.array(numbers, dtype=np.int64)], np.array(scores, dtype=np.float64)


def _require_schema(folder: Path) -> None:
    with _translated("the index cannot be read"):
        built = (folder / "SCHEMA").read_text(encoding="ascii").strip()
    if built != fingerprint():
        raise IndexUnavailable(f"the index was built by another version of Corpus. {REBUILD}")


def _write(folder: Path, documents: Iterable[IndexDocument], deleted: Iterable[int]) -> None:
    """One commit, or none: any error cancels the writer and lets go of its lock."""
    with _translated("the index cannot be written"):
        writer = FileStorage(str(folder)).open_index().writer(limitmb=256)
        try:
            latest = {document.id: document for document in documents}
            for key in {*latest, *deleted}:
                writer.delete_by_term("id", str(key))
            for document in latest.values():
                writer.add_document(**index_row(document))
            writer.commit()
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise
