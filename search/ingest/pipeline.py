"""ARTICLE IN, wired: files → records → labels → database → outbox → index; with progress, a report
and a summary."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db import IntegrityError, connection
from django.utils import timezone

from search.database_errors import refuses_record, said_by, translated_database_errors
from search.exceptions import IndexLocked, IndexOfAnother, IndexUnavailable
from search.index.belonging import require_belonging
from search.index.outbox import deferred_indexing
from search.index.upkeep import bring_up_to_date
from search.ingest.files.inputs import InputFile, Inputs, find_inputs
from search.ingest.files.shown import shown_name
from search.ingest.labelling import LabellingTooSlow, ToLabel
from search.ingest.readers.intake import Intake
from search.ingest.readers.notes import Notes
from search.ingest.records import Failure, Labels, NoArticle, Record
from search.ingest.reporting.entries import entries_of
from search.ingest.reporting.report import Counts, ReportFile
from search.ingest.storing.dry_run import DryRun
from search.ingest.storing.dry_run_stories import DryRunStories
from search.ingest.storing.failures import NAMES, PLACES, FailureLog, Retry, named_places, what_to_retry
from search.ingest.storing.known_articles import Knowledge, Status
from search.ingest.storing.outcome import Outcome
from search.ingest.storing.outlets import OutletRegistry
from search.ingest.storing.store import Documents, Store, prefilter
from search.ingest.storing.stored_stories import StoredStories
from search.ingest.workers import Labeller, Pending
from search.models import Article, IngestRun

BATCH_RECORDS = 500
#: The index is brought up to date each time this many articles were written.
INDEX_EVERY = 5_000
#: Up to this many bytes of input, starting other processes takes longer than the work.
SMALL_INPUT_BYTES = 2_000_000
#: Failures named in the summary; the report names all.
SHOWN_FAILURES = 20


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What `manage.py ingest` was asked. `workers` 0 chooses by the size of the input.

    `retry` takes, in place of `paths`, what failed in that run; 0: in any. A dry run that does not
    `ask_database` tells what the input would give in an empty one.
    """

    paths: tuple[Path, ...]
    format: str = "auto"
    outlet: str = ""
    collection: str = ""
    dry_run: bool = False
    report: Path | None = None
    with_text: bool = False
    workers: int = 0
    retry: int | None = None
    ask_database: bool = True
    #: Fields of records, each with the name of the key or column that holds it.
    names: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class IngestProgress:
    """What a run tells while it goes: bytes read of how many, articles taken, and articles
    indexed."""

    start: Callable[[int], None] = lambda _total_bytes: None
    read: Callable[[int, int], None] = lambda _bytes, _articles: None
    indexed: Callable[[int], None] = lambda _articles: None


@dataclass(slots=True)
class IngestSummary:
    """What a run did. `failures` holds the first few; `counts.failed` counts all."""

    counts: Counts = field(default_factory=Counts)
    failures: list[Failure] = field(default_factory=list)
    skipped: tuple[str, ...] = ()
    #: The first few that are no articles; `counts.no_article` counts all.
    no_articles: list[NoArticle] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    #: Another process holds the index and will write what this run queued.
    left_to_other_writer: bool = False
    #: Why the index could not be brought up to date; the articles are in the database all the same.
    index_trouble: str = ""

    def fail(self, failure: Failure) -> None:
        """Count a failure."""
        self.counts.failed += 1
        if len(self.failures) < SHOWN_FAILURES:
            self.failures.append(failure)

    def pass_over(self, passed: NoArticle) -> None:
        """Count what is no article."""
        self.counts.no_article += 1
        if len(self.no_articles) < SHOWN_FAILURES:
            self.no_articles.append(passed)


@dataclass(frozen=True, slots=True)
class _Batch:
    records: list[Record]
    needed: list[bool]
    pending: Pending
    bytes_read: int


def run_ingest(options: IngestOptions, progress: IngestProgress | None = None) -> IngestSummary:
    """Take files in. Raises CorpusError when the run cannot go on; what was written until then
    stays."""
    with translated_database_errors():
        return _Run(options, progress or IngestProgress()).run()


class _Run:
    def __init__(self, options: IngestOptions, progress: IngestProgress) -> None:
        self._options, self._progress = options, progress
        self._summary = IngestSummary()
        self._unindexed = 0
        self._skipped: list[str] = []
        self._report: ReportFile | None = None
        self._log: FailureLog | None = None
        self._retry: Retry | None = None
        # Of each source, by its order.
        self._files: list[InputFile] = []

    def run(self) -> IngestSummary:
        options = self._options
        if options.retry is None:
            inputs = find_inputs(options.paths, options.format, options.collection)
        else:
            self._retry = what_to_retry(options.retry)
            inputs = self._retry.inputs
        self._skipped = list(inputs.skipped)
        with ExitStack() as stack:
            if options.report is not None:
                self._report = stack.enter_context(ReportFile(options.report))
            self._progress.start(inputs.total_bytes)
            labeller = stack.enter_context(Labeller(_workers(options.workers, inputs)))
            stories: StoredStories | DryRunStories
            if options.dry_run:
                stories = self._dry_run(inputs, labeller, stack)
            else:
                stack.enter_context(deferred_indexing())
                stories = self._ingest(inputs, labeller)
            if self._report is not None:
                left_out = [asdict(lines) for lines in self._summary.notes.left_out]
                self._report.finish(self._summary.skipped, self._summary.counts, stories.places, left_out)
        return self._summary

    def _ingest(self, inputs: Inputs, labeller: Labeller) -> StoredStories:
        # What a killed run wrote but did not index.
        self._index()
        run = IngestRun.objects.create(options=_options_as_json(self._options, self._retry))
        registry = OutletRegistry()
        knowledge = Knowledge(registry)
        store = Store(run, registry, knowledge, Documents(run))
        self._log = log = FailureLog(run, of_run=self._options.retry or 0)
        for outcomes in self._batches(inputs, labeller, store):
            self._unindexed += sum(outcome.status in (Status.NEW, Status.UPDATED) for outcome in outcomes)
            if self._unindexed >= INDEX_EVERY:
                self._index()
        log.close(inputs.files, self._retry.paths if self._retry else self._options.paths)
        run.counts, run.finished_at = self._summary.counts.as_dict(), timezone.now()
        run.save(update_fields=["counts", "finished_at"])
        self._index(compact=True)
        return store.stories

    def _dry_run(self, inputs: Inputs, labeller: Labeller, stack: ExitStack) -> DryRunStories:
        there = self._options.ask_database and _database_is_there()
        if there:
            require_belonging()
        registry = OutletRegistry(dry_run=True, empty=not there)
        stories = stack.enter_context(DryRunStories(ask_database=there))
        dry_run = DryRun(registry, Knowledge(registry, ask_database=there), stories)
        for _ in self._batches(inputs, labeller, dry_run):
            pass
        return stories

    def _batches(self, inputs: Inputs, labeller: Labeller, store: Store | DryRun) -> Iterator[list[Outcome]]:
        """Read ahead a little while labels are made, write in order."""
        for path, failure in inputs.failures:
            self._fail(failure, path)
        ahead: deque[_Batch] = deque()
        for records, bytes_read in self._read(inputs, labeller):
            needed = _needed(store.knowledge, records)
            unlabelled = [ToLabel.of(record) for record, need in zip(records, needed, strict=True) if need]
            ahead.append(_Batch(records, needed, labeller.submit(unlabelled), bytes_read))
            while len(ahead) > labeller.batches_ahead:
                yield self._write(ahead.popleft(), store)
        while ahead:
            yield self._write(ahead.popleft(), store)
        self._summary.skipped, self._summary.counts.skipped = tuple(self._skipped), len(self._skipped)

    def _write(self, batch: _Batch, store: Store | DryRun) -> list[Outcome]:
        found = iter(batch.pending.result())
        records, labels = list[Record](), list[Labels | None]()
        for record, need in zip(batch.records, batch.needed, strict=True):
            given = next(found) if need else None
            if isinstance(given, LabellingTooSlow):
                self._refuse(record, str(given))
            else:
                records.append(record)
                labels.append(given)
        outcomes = [outcome for outcome in self._written(records, labels, store) if self._asked_for(outcome)]
        if self._log is not None:
            self._log.flush()
        for outcome in outcomes:
            self._summary.counts.statuses[outcome.status] += 1
            self._note(outcome)
        if self._report is not None:
            entries = entries_of(outcomes, store.registry, store.stories.number, with_text=self._options.with_text)
            self._report.add(entries)
        self._progress.read(batch.bytes_read, len(outcomes))
        return outcomes

    def _written(
        self, records: Sequence[Record], labels: Sequence[Labels | None], store: Store | DryRun
    ) -> list[Outcome]:
        """Write a batch; once more when another run came between; then by halves, so that one
        record's trouble is its own."""
        for _attempt in range(2):
            try:
                outcomes = store.write(records, labels)
            except Exception as error:
                if not refuses_record(error):
                    raise
                refused = said_by(error)
                store.registry.reload()
                if not isinstance(error, IntegrityError):
                    # No other run has done it: a second time would end like the first.
                    break
            else:
                for record, reason in store.refused:
                    self._refuse(record, reason)
                return outcomes
        if len(records) == 1:
            self._refuse(records[0], f"the database refuses it: {refused}")
            return []
        half = len(records) // 2
        return self._written(records[:half], labels[:half], store) + self._written(records[half:], labels[half:], store)

    def _refuse(self, record: Record, reason: str) -> None:
        file = self._files[record.source.order]
        self._fail(Failure(record.source.name, record.first_line, reason), file.path, file)

    def _read(self, inputs: Inputs, labeller: Labeller) -> Iterator[tuple[list[Record], int]]:
        """Batches of records, across files, each with how many bytes were read since the one
        before."""
        intake = Intake(self._options.outlet, self._summary.notes, self._skipped, labeller, self._options.names)
        self._files = intake.files
        records: list[Record] = []
        before = 0
        for item, file, position in intake.items(inputs.files):
            if not _wanted(item, file):
                continue
            if isinstance(item, Failure):
                self._fail(item, file.path, file)
                continue
            if isinstance(item, NoArticle):
                self._pass_over(item, file)
                continue
            records.append(item)
            if len(records) >= BATCH_RECORDS:
                yield records, position - before
                records, before = [], position
        yield records, inputs.total_bytes - before

    def _note(self, outcome: Outcome) -> None:
        record = outcome.record
        if not record.text and outcome.labels is not None:
            self._summary.notes.remark(
                "articles without a text, marked doubtful", f"{record.source.name}:{record.first_line}"
            )
        if outcome.labels is not None and record.published and outcome.labels.published.day is None:
            self._summary.notes.remark(
                "dates that could not be read, kept as written, the article without a date",
                f"{record.source.name}:{record.first_line} {record.published[:40]!r}",
            )

    def _asked_for(self, outcome: Outcome) -> bool:
        """Of an edited file that is read again for what failed in it, the rest is told only where
        it is news."""
        retried = self._files[outcome.record.source.order].retried
        news = outcome.status in (Status.NEW, Status.UPDATED)
        return retried is None or not retried.lines or news or outcome.record.first_line in retried.lines

    def _fail(self, failure: Failure, path: Path, file: InputFile | None = None) -> None:
        self._summary.fail(failure)
        if self._log is not None:
            self._log.add(failure, path, file)
        if self._report is not None:
            self._report.fail(failure)

    def _pass_over(self, passed: NoArticle, file: InputFile) -> None:
        self._summary.pass_over(passed)
        if self._log is not None:
            self._log.pass_over(passed, file)
        if self._report is not None:
            self._report.pass_over(passed)

    def _index(self, *, compact: bool = False) -> None:
        self._unindexed = 0
        self._summary.left_to_other_writer, self._summary.index_trouble = False, ""
        try:
            bring_up_to_date(self._progress.indexed, compact=compact)
        except IndexLocked:
            self._summary.left_to_other_writer = True
        except IndexOfAnother:
            # To add to the wrong database is no help.
            raise
        except IndexUnavailable as error:
            # The articles are safe and the outbox knows what is to be indexed.
            self._summary.index_trouble = str(error)


def _needed(knowledge: Knowledge, records: Sequence[Record]) -> list[bool]:
    """Which records need analysis; all of them where the database refuses even to be asked for one
    of them."""
    try:
        return prefilter(knowledge, records)
    except Exception as error:
        if not refuses_record(error):
            raise
        return [True] * len(records)


def _wanted(item: Record | Failure | NoArticle, file: InputFile) -> bool:
    if file.retried is None or not file.retried.alone:
        return True
    line = item.first_line if isinstance(item, Record) else item.line
    return line is None or line in file.retried.lines


def _workers(asked: int, inputs: Inputs) -> int:
    if asked:
        return asked
    return 1 if inputs.total_bytes < SMALL_INPUT_BYTES else os.cpu_count() or 1


def _options_as_json(options: IngestOptions, retry: Retry | None) -> dict[str, object]:
    return {
        "paths": [shown_name(path) for path in options.paths],
        "format": options.format,
        "outlet": options.outlet,
        "collection": options.collection,
        NAMES: [list(each) for each in options.names],
        PLACES: named_places(options.paths) if retry is None else list(retry.places),
    } | ({} if options.retry is None else {"retry": options.retry or "all"})


def _database_is_there() -> bool:
    """Whether there are tables to compare with; a database file that is not there is not made."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        # An address is that of one in memory, or on a disk that cannot be written.
        if ":memory:" not in name and not name.startswith("file:") and not Path(name).exists():
            return False
    return Article._meta.db_table in connection.introspection.table_names()
