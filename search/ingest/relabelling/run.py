"""All articles, or those of late, labelled again in batches; in bounded memory, and going on where
a run was stopped."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from search.database_errors import translated_database_errors
from search.exceptions import IndexLocked, IndexUnavailable
from search.index.belonging import require_belonging
from search.index.outbox import deferred_indexing
from search.index.upkeep import bring_up_to_date
from search.ingest.labelling import LabellingTooSlow, label_all
from search.ingest.records import Labels
from search.ingest.relabelling.changes import Change, ChangeFile, Changes, Kind
from search.ingest.relabelling.labels import found_anew, to_label
from search.ingest.relabelling.position import Position
from search.ingest.relabelling.stories import rebuild_changed_stories
from search.ingest.relabelling.writing import put_in_place
from search.ingest.workers import Labeller, Pending
from search.models import Article

BATCH_ARTICLES = 500
#: The index is brought up to date each time this many labels changed.
INDEX_EVERY = 5_000


@dataclass(frozen=True, slots=True)
class RelabellingOptions:
    """What `manage.py extract` was asked. `since`: only articles that were taken in or changed on
    that day or later."""

    kinds: frozenset[Kind] = frozenset([Kind.COUNTRIES, Kind.LANGUAGE, Kind.DATES])
    since: date | None = None
    dry_run: bool = False
    report: Path | None = None
    workers: int = 1
    restart: bool = False


@dataclass(slots=True)
class RelabellingProgress:
    """What a run tells while it goes: how many articles it will look at, and how many it has."""

    start: Callable[[int], None] = lambda _articles: None
    done: Callable[[int], None] = lambda _articles: None


@dataclass(slots=True)
class RelabellingSummary:
    """What a run did."""

    changes: Changes = field(default_factory=Changes)
    #: Articles that were left as they are, as labelling them takes too long, each with the reason.
    too_slow: list[tuple[int, str]] = field(default_factory=list)
    #: The article after which it went on, where an earlier run was stopped.
    resumed_after: int = 0
    #: Why the index could not be brought up to date; the labels are in the database all the same.
    index_trouble: str = ""


@dataclass(frozen=True, slots=True)
class _Batch:
    articles: list[Article]
    pending: Pending


def run_relabelling(options: RelabellingOptions, progress: RelabellingProgress | None = None) -> RelabellingSummary:
    """Make labels again. Raises CorpusError when the run cannot go on; what was written until then
    stays."""
    with translated_database_errors():
        return _Run(options, progress or RelabellingProgress()).run()


class _Run:
    def __init__(self, options: RelabellingOptions, progress: RelabellingProgress) -> None:
        self._options, self._progress = options, progress
        self._of_articles = options.kinds - {Kind.STORIES}
        self._summary = RelabellingSummary()
        self._report: ChangeFile | None = None
        self._unindexed = 0

    def run(self) -> RelabellingSummary:
        options = self._options
        require_belonging()
        position = Position({"kinds": sorted(options.kinds), "since": str(options.since)})
        after = 0 if options.dry_run or options.restart else position.read()
        self._summary.resumed_after = after
        articles = self._articles().filter(pk__gt=after)
        with ExitStack() as stack:
            if options.report is not None:
                self._report = stack.enter_context(ChangeFile(options.report))
            stack.enter_context(deferred_indexing())
            self._progress.start(articles.count())
            if self._of_articles:
                labeller = stack.enter_context(Labeller(options.workers))
                for batch in self._batches(after, labeller):
                    self._take(batch)
                    if not options.dry_run:
                        position.write(batch.articles[-1].pk)
            if Kind.STORIES in options.kinds:
                counts = rebuild_changed_stories(self._progress.done, dry_run=options.dry_run)
                self._summary.changes.counts.update(counts)
            if not options.dry_run:
                self._index()
                position.clear()
            if self._report is not None:
                self._report.finish(self._summary.changes)
        return self._summary

    def _articles(self) -> QuerySet[Article]:
        articles = Article._base_manager.order_by("pk")
        since = self._options.since
        return articles.filter(updated_at__date__gte=since) if since else articles

    def _batches(self, after: int, labeller: Labeller) -> Iterator[_Batch]:
        """Read ahead a little while labels are made."""
        ahead: deque[_Batch] = deque()
        last = self._articles().order_by("-pk").values_list("pk", flat=True).first() or 0
        while articles := list(
            self._articles().filter(pk__gt=after, pk__lte=last).select_related("source_document")[:BATCH_ARTICLES]
        ):
            after = articles[-1].pk
            asked = [to_label(article, self._of_articles) for article in articles]
            ahead.append(_Batch(articles, labeller.submit([each for each in asked if each is not None])))
            while len(ahead) > labeller.batches_ahead:
                yield ahead.popleft()
        yield from ahead

    def _take(self, batch: _Batch) -> None:
        labels: Sequence[Labels | LabellingTooSlow | None] = batch.pending.result() or [None] * len(batch.articles)
        with transaction.atomic():
            changes = self._write(batch.articles, labels)
            if self._options.dry_run:
                transaction.set_rollback(True)
        self._summary.changes.add(changes)
        self._summary.changes.articles += len(batch.articles)
        if self._report is not None:
            self._report.add(changes)
        self._progress.done(len(batch.articles))
        self._unindexed += len(changes)
        if self._unindexed >= INDEX_EVERY and not self._options.dry_run:
            self._index()

    def _write(self, articles: Sequence[Article], labels: Sequence[Labels | LabellingTooSlow | None]) -> list[Change]:
        """Write under lock; an article that somebody saved since it was read is looked at again,
        one deleted is let go."""
        rows = Article._base_manager.select_for_update().filter(pk__in=[article.pk for article in articles])
        present = dict(rows.values_list("pk", "updated_at"))
        pairs = []
        for article, given in zip(articles, labels, strict=True):
            if article.pk not in present:
                continue
            if present[article.pk] != article.updated_at:
                article = Article._base_manager.select_related("source_document").get(pk=article.pk)
                asked = to_label(article, self._of_articles)
                given = label_all([asked])[0] if asked else None
            if isinstance(given, LabellingTooSlow):
                self._summary.too_slow.append((article.pk, str(given)))
                continue
            pairs.append((article, found_anew(article, self._of_articles, given)))
        return put_in_place(pairs)

    def _index(self) -> None:
        self._unindexed = 0
        self._summary.index_trouble = ""
        try:
            bring_up_to_date()
        except (IndexLocked, IndexUnavailable) as error:
            # The labels are safe and the outbox knows what is to be indexed.
            self._summary.index_trouble = str(error)
