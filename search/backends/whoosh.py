"""The embedded backend: a Whoosh index of arrays (`search.engine`) in the data directory, one
folder a generation.

`CURRENT` names the folder that serves; a rebuild fills another one and replaces that file in one
step. Readers look at the file and at Whoosh's own table of contents before each search, so they see
each commit without a restart. A process never creates an index while searching: a missing one is an
error that names the command.
"""

from __future__ import annotations

import logging
import pickle
import re
import shutil
import struct
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from whoosh import index as whoosh_index
from whoosh.query import Every

from search.analysis.schema import fingerprint
from search.atomic_file import sync_folder, write_whole
from search.backends.base import BackendQuery, BackendResult, IndexDocument, IndexStatus, MatchPlaces
from search.backends.collect import collect
from search.backends.positions import match_places
from search.backends.snapshot import Snapshot, snapshot_of
from search.backends.spelling import near_words
from search.backends.watch import Watch
from search.backends.whoosh_fields import engine_document, profiles, whoosh_schema
from search.engine.errors import DocumentError, EngineError
from search.engine.reader import EngineReader
from search.engine.searching.scoring import Bm25
from search.engine.writer import BulkWriter, create_index
from search.engine.writing.tokens import Profile
from search.exceptions import IndexIsNoFolder, IndexLocked, IndexMissing, IndexUnavailable

logger = logging.getLogger(__name__)

REBUILD = "Remedy: manage.py rebuild_index"
LOCK_SECONDS = 5.0
#: What a batch of changes may leave behind; single ones leave a few more until the next batch.
MOST_SEGMENTS = 4
_GENERATION = re.compile(r"generation-[0-9]+")
#: What batches leave is merged into parts of this size (70,000 articles), about a second of work each, so that nobody else who
#: writes waits long. Of an index built anew nobody waits for the lock: it becomes one part up to the second.
LARGEST_PART_BYTES = 120_000_000
LARGEST_REBUILT_BYTES = 4_000_000_000
#: Tokens in memory at a time while a batch is written, 35 bytes each.
BATCH_TOKENS = 6_000_000
#: Chosen on the collections of `tests/evaluation`; see docs/quality.md.
RANKING = Bm25(k1=1.2, b=0.6)
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
def _translated(doing: str, damage: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Library and system errors as ours, naming what was being done and the remedy.

    `damage` are errors that can only mean damaged files, where nothing but files is read.
    """
    try:
        yield
    except whoosh_index.LockError as error:
        raise IndexLocked("another process is writing the index; try again when it is done.") from error
    except (whoosh_index.EmptyIndexError, FileNotFoundError, NotADirectoryError) as error:
        raise IndexUnavailable(f"{doing}: files are missing. {REBUILD}") from error
    except OSError as error:
        raise IndexUnavailable(
            f"{doing}: {error.strerror or error}. Remedy: free space, or make it writable."
        ) from error
    except EngineError as error:
        raise IndexUnavailable(f"{doing}: {error}. {REBUILD}") from error
    except damage as error:
        raise IndexUnavailable(f"{doing}: it is damaged ({type(error).__name__}: {error}). {REBUILD}") from error


class WhooshBackend:
    """A `SearchBackend` over a directory; one object serves all threads of a process."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._folder: Path | None = None
        self._watch: Watch | None = None

    def search(self, query: BackendQuery) -> BackendResult:
        """Answer from the last commit. Raises IndexUnavailable."""
        began = time.perf_counter()
        snapshot = self._current()
        with _translated("the index cannot be read"):
            # Compiling reads the dictionary already, and reading a file that was cut would kill the process.
            snapshot.reader.check_unchanged()
            tree = Every() if query.tree is None else snapshot.compiler.compile(query.tree)
            matches = snapshot.reader.evaluate(tree, scored=query.sort == "relevance" and query.tree is not None)
            result = collect(snapshot, matches, query)
        took_ms = (time.perf_counter() - began) * 1000
        places = _places(snapshot, query, result) if query.located else {}
        return replace(result, took_ms=took_ms, cut=bool(matches.cuts), places=places)

    def spellings(self, word: str, field: str = "text") -> tuple[str, ...]:
        """Near words from the index's dictionary. Raises IndexUnavailable."""
        snapshot = self._current()
        with _translated("the index cannot be read"):
            snapshot.reader.check_unchanged()
            return near_words(snapshot.reader, word, field)

    def apply(self, documents: Iterable[IndexDocument], deleted: Iterable[int]) -> None:
        """Write one commit. Raises IndexLocked, IndexUnavailable."""
        folder = self._directory / self._generation()
        _require_schema(folder)
        _write(folder, documents, deleted)

    def compact(self) -> None:
        """Merge what many commits left. Raises IndexLocked, IndexUnavailable."""
        _compact(self._directory / self._generation(), MOST_SEGMENTS, LARGEST_PART_BYTES)

    def rebuild(self, documents: Iterable[IndexDocument]) -> WhooshRebuild:
        """Fill a new generation beside the live one. Raises IndexUnavailable."""
        with _translated("the new index cannot be written"):
            live = self._generation(default="")
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            for folder in self._directory.glob("generation-*"):
                if folder.name != live:
                    shutil.rmtree(folder)
            # A name never used before: readers tell generations apart by it.
            folder = self._directory / f"generation-{time.time_ns()}"
            folder.mkdir(mode=0o700)
            create_index(str(folder), whoosh_schema())
            (folder / "SCHEMA").write_text(fingerprint(), encoding="ascii")
        _write(folder, documents, (), helped=True)
        _compact(folder, 1, LARGEST_REBUILT_BYTES)
        return WhooshRebuild(self._directory, folder)

    def entries(self) -> dict[int, str]:
        """Id and hash of every entry, after every byte was checked. Raises IndexUnavailable."""
        snapshot = self._current()
        with _translated("the index cannot be read"):
            snapshot.reader.verify()
            live = snapshot.reader.live_hits().docs.tolist()
            return {int(snapshot.ids[number]): str(snapshot.reader.stored(number)["hash"]) for number in live}

    def status(self) -> IndexStatus:
        """Size, generation and schema of the live index. Raises IndexUnavailable.

        Nothing stays open: whoever writes asks after each batch, and files kept mapped would count
        as its memory.
        """
        folder = self._directory / self._generation()
        with _translated("the index cannot be read", _DAMAGE):
            _require_schema(folder)
            documents = EngineReader.open(str(folder), RANKING).doc_count
        return IndexStatus(documents, folder.name, fingerprint())

    def _generation(self, default: str | None = None) -> str:
        try:
            name = (self._directory / "CURRENT").read_text(encoding="utf-8", errors="replace").strip()
        except FileNotFoundError:
            if default is not None:
                return default
            raise IndexMissing(f"there is no index yet. {REBUILD}") from None
        except NotADirectoryError as error:
            raise IndexIsNoFolder from error
        except OSError as error:
            raise IndexUnavailable(f"the index cannot be read: {error.strerror}. {REBUILD}") from error
        if not _GENERATION.fullmatch(name):
            raise IndexUnavailable(f"the index cannot be read: CURRENT names no generation of it. {REBUILD}")
        return name

    def _current(self) -> Snapshot:
        """The last commit of what serves; opened anew only when there is a newer one."""
        with self._lock:
            if self._snapshot is not None and self._watch is not None and self._watch.unchanged():
                return self._snapshot
            folder = self._directory / self._generation()
            with _translated("the index cannot be read", _DAMAGE):
                watch = Watch.of((self._directory / "CURRENT", folder, folder / "SCHEMA"))
                _require_schema(folder)
                current = self._snapshot
                if current is None or self._folder != folder:
                    current = snapshot_of(EngineReader.open(str(folder), RANKING))
                    # Questions do not wait for it; they find less to do as it goes.
                    threading.Thread(target=_prepare, args=(current.reader,), name="prepare-index", daemon=True).start()
                elif (following := current.reader.refreshed()) is not current.reader:
                    following.check_unchanged()
                    current = snapshot_of(following)
                self._snapshot, self._folder = current, folder
                # The pointer may have moved between being read and being stamped.
                self._watch = watch if self._generation() == folder.name else None
            return current


def _prepare(reader: EngineReader) -> None:
    # What is damaged is said by the answer that needs it.
    with suppress(EngineError):
        reader.prepare()


def _places(snapshot: Snapshot, query: BackendQuery, result: BackendResult) -> dict[int, MatchPlaces]:
    reader = snapshot.reader
    with _translated("the index cannot be read"):
        found = ((hit.id, reader.document_number("id", str(hit.id))) for hit in result.hits)
        documents = {article: number for article, number in found if number is not None}
        return match_places(reader, query.tree, documents, snapshot.compiler.profiles)


class WhooshRebuild:
    """A generation that waits to go live."""

    def __init__(self, directory: Path, folder: Path) -> None:
        self._directory, self._folder = directory, folder

    def apply(self, documents: Iterable[IndexDocument], deleted: Iterable[int]) -> None:
        """Catch up. Raises IndexUnavailable."""
        _write(self._folder, documents, deleted)

    def go_live(self) -> None:
        """Replace the pointer; older generations go, except the one before, which readers may still
        have open."""
        with _translated("the new index cannot be made live"):
            pointer = self._directory / "CURRENT"
            before = pointer.read_text(encoding="ascii").strip() if pointer.exists() else ""
            # What it names is on disk, entries of folders included, before it is.
            sync_folder(str(self._folder))
            write_whole(pointer, self._folder.name)
            for folder in self._directory.glob("generation-*"):
                if folder.name not in (self._folder.name, before):
                    shutil.rmtree(folder)


def _require_schema(folder: Path) -> None:
    with _translated("the index cannot be read", _DAMAGE):
        built = (folder / "SCHEMA").read_text(encoding="ascii").strip()
    if built != fingerprint():
        raise IndexUnavailable(f"the index was built by another version of Corpus. {REBUILD}")


def _write(folder: Path, documents: Iterable[IndexDocument], deleted: Iterable[int], *, helped: bool = False) -> None:
    """One commit, or none: any error cancels the writer and lets go of its lock."""
    with _translated("the index cannot be written", _DAMAGE):
        writer = BulkWriter(
            str(folder),
            _profiles(),
            timeout=LOCK_SECONDS,
            batch_tokens=BATCH_TOKENS,
            refused=_say_refused,
            helped=helped,
        )
    with _translated("the index cannot be written"), writer:
        for key in deleted:
            writer.delete(str(key))
        writer.add_all(map(engine_document, documents))


def _say_refused(key: str, error: DocumentError) -> None:
    # One article that cannot be indexed is no reason to leave out the others; `check_index` names it.
    logger.warning("article %s cannot be indexed: %s", key, error)


def _compact(folder: Path, most_segments: int, part_bytes: int) -> None:
    """Few segments out of many: each word of a query is looked up in each, and columns of several
    have to be joined."""
    while True:
        with _translated("the index cannot be written", _DAMAGE):
            writer = BulkWriter(str(folder), timeout=LOCK_SECONDS)
        with _translated("the index cannot be written"), writer:
            if writer.segment_count <= most_segments or not writer.can_merge(part_bytes):
                writer.cancel()
                return
            writer.commit(within=part_bytes)


@cache
def _profiles() -> dict[str, Profile]:
    return profiles()
