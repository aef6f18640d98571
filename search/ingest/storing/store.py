"""Records written: each batch in one transaction, articles, mentions and outbox together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from search.countries import detect_mentions
from search.ingest.labelling import LabellingTooSlow, ToLabel, label_in_time
from search.ingest.records import Labels, Record, Source
from search.ingest.storing.edits import (
    GROUPS,
    column_values,
    edited_groups,
    release_content,
    split_values,
    trace,
    traces,
)
from search.ingest.storing.known_articles import (
    Decision,
    Knowledge,
    KnownArticle,
    Sequence3,
    Status,
    decide,
    dedupe_key,
)
from search.ingest.storing.mentions import (
    MENTION_COLUMNS,
    MentionValues,
    about_value,
    mention_values,
    renew_mentions,
    renew_parts,
)
from search.ingest.storing.outlets import OutletRegistry
from search.ingest.storing.row_set import SeenKeys
from search.ingest.storing.stored_stories import StoredStories
from search.models import Article, CountryMention, IngestRun, SourceDocument
from search.models.outbox import queue_articles
from search.models.rows import insert_rows
from search.stories.texts import lock_stories
from search.stories.upkeep import assign_texts, join_stories

from .outcome import Outcome

HIDDEN_REASON = "same as {id}"


class Documents:
    """Rows of the files of a run, made when their first record is written."""

    def __init__(self, run: IngestRun) -> None:
        self._run = run
        self._rows: dict[tuple[str, str, str], SourceDocument] = {}

    def forget(self) -> None:
        """A transaction was rolled back."""
        self._rows.clear()

    def row(self, source: Source) -> SourceDocument:
        """The row of this version of the file. One that an other version has replaced since becomes
        the present one again."""
        key = (source.collection, source.stored_name, source.content_hash)
        if key not in self._rows:
            row, made = SourceDocument.objects.get_or_create(
                collection=source.collection,
                name=source.stored_name,
                content_hash=source.content_hash,
                defaults={"format": source.format, "encoding": source.encoding, "run": self._run},
            )
            versions = SourceDocument.objects.filter(collection=row.collection, name=row.name)
            if not made and versions.aggregate(latest=Max("run_id"))["latest"] != row.run_id:
                row.run = self._run
                row.save(update_fields=["run"])
            self._rows[key] = row
        return self._rows[key]


@dataclass(slots=True)
class Store:
    """Writes batches of records for one run."""

    run: IngestRun
    registry: OutletRegistry
    knowledge: Knowledge
    documents: Documents
    stories: StoredStories = field(default_factory=StoredStories)
    #: Records of the last batch that could not be labelled, with the reason; they are not written.
    refused: list[tuple[Record, str]] = field(default_factory=list)
    _seen: SeenKeys = field(default_factory=SeenKeys)
    _batch_seen: set[int] = field(default_factory=set)
    _pending: list[tuple[Article, Labels, KnownArticle]] = field(default_factory=list)

    def write(self, records: Sequence[Record], labels: Sequence[Labels | None]) -> list[Outcome]:
        """Write a batch; all of it but the `refused`, or nothing. `labels` are missing where none
        were thought to be needed."""
        self._pending.clear()
        self._batch_seen.clear()
        try:
            with transaction.atomic():
                lock_stories()
                self.knowledge.load(records)
                outcomes, self.refused = taken(self._take, records, labels)
                self._flush()
        except BaseException:
            self.documents.forget()
            self.knowledge.forget_former()
            raise
        for key in self._batch_seen:
            self._seen.add(key)
        return outcomes

    def _take(self, record: Record, labels: Labels | None) -> Outcome:
        document = self.documents.row(record.source)
        sequence = (document.run_id, document.pk, record.first_line)
        decision = self._decision(record, sequence)
        known = decision.article
        if decision.status is Status.NEW:
            labels = labels or label_in_time(ToLabel.of(record))
            known = self._create(record, labels, document, sequence)
        elif known is not None and known.pk is None and (decision.hide or decision.status is Status.UPDATED):
            self._flush()
        assert known is not None
        if decision.status is Status.UPDATED:
            labels = labels or label_in_time(ToLabel.of(record))
            self._update(known, record, labels, document, sequence)
        elif decision.hide and decision.duplicate_of is not None:
            self._hide(known, record, decision.duplicate_of, sequence)
        if known.input_hash == record.input_hash:
            self._pending_seen(known)
        shown = decision.duplicate_of or known
        same = decision.duplicate_of.shown_id if decision.duplicate_of else None
        return Outcome(record, decision.status, shown, same, labels)

    def _decision(self, record: Record, sequence: Sequence3) -> Decision:
        same_id = self.knowledge.same_id(record)
        given = same_id is not None and self._was_given(same_id)
        decision = decide(record, same_id, self.knowledge.same_content(record), sequence, given=given)
        if decision.status is Status.NEW and sequence[0] < self.run.pk:
            holder = self.knowledge.former_holder(record, sequence)
            if holder is not None:
                return Decision(Status.DUPLICATE, holder, holder)
        return decision

    def _was_given(self, known: KnownArticle) -> bool:
        return known.pk is None or known.pk in self._batch_seen or known.pk in self._seen

    def _pending_seen(self, known: KnownArticle) -> None:
        if known.pk is not None:
            self._batch_seen.add(known.pk)

    def _create(self, record: Record, labels: Labels, document: SourceDocument, sequence: Sequence3) -> KnownArticle:
        outlet = self.registry.find_or_create(record.outlet, record.outlet_country)
        values = column_values(record, labels, outlet)
        ingested = traces(values, record)
        key = dedupe_key(values["outlet_id"], record.content_hash)
        article = Article(
            **values,
            **split_values(record),
            about=about_value(labels.about),
            collection=record.source.collection,
            external_id=record.external_id,
            source_document=document,
            first_line=record.first_line,
            last_line=record.last_line,
            input_hash=record.input_hash,
            content_hash=record.content_hash,
            dedupe_key=key,
            ingested=ingested,
        )
        known = KnownArticle(
            pk=None,
            collection=article.collection,
            external_id=article.external_id,
            input_hash=article.input_hash,
            content_hash=article.content_hash,
            dedupe_key=key,
            outlet_id=values["outlet_id"],
            outlet_key=ingested["outlet_key"],
            sequence=sequence,
        )
        self._pending.append((article, labels, known))
        self.knowledge.remember(known)
        return known

    def _flush(self) -> None:
        """Write the new articles gathered so far."""
        articles = [article for article, _, _ in self._pending]
        texts = assign_texts(articles, [labels.sketch for _, labels, _ in self._pending])
        # Past our own query sets, which would queue once for the articles and again for their mentions.
        Article._base_manager.bulk_create(articles)
        rows: list[MentionValues] = []
        for article, labels, known in self._pending:
            known.pk = article.pk
            self._pending_seen(known)
            rows += [mention_values(article.pk, mention) for mention in labels.mentions]
        insert_rows(CountryMention, MENTION_COLUMNS, rows)
        join_stories(articles, texts)
        queue_articles(article.pk for article, _, _ in self._pending)
        self._pending.clear()

    def _update(
        self, known: KnownArticle, record: Record, labels: Labels, document: SourceDocument, sequence: Sequence3
    ) -> None:
        """Write what no person has edited."""
        article = _locked(known)
        edited = edited_groups(article)
        outlet = self.registry.find_or_create(record.outlet, record.outlet_country)
        values = column_values(record, labels, outlet)
        if known.content_hash != record.content_hash or known.dedupe_key is None:
            release_content(article, sequence)
            self.knowledge.note_former(article.pk, article.ingested)
        for group in GROUPS.keys() - edited:
            for column in GROUPS[group]:
                setattr(article, column, values[column])
            article.ingested[group] = trace(values, group)
        fresh = traces(values, record)
        article.ingested["outlet_key"] = fresh["outlet_key"]
        hidden_as = article.ingested.pop("hidden_as", None)
        article.ingested.pop("same_as", None)
        if hidden_as is not None and article.hidden_reason == hidden_as:
            # Hidden by an ingest that found it to repeat another article, which it no longer does.
            article.visible, article.hidden_reason = True, ""
        if article.split_review != Article.SplitReview.SETTLED:
            for column, value in split_values(record).items():
                setattr(article, column, value)
        article.source_document = document
        article.first_line, article.last_line = record.first_line, record.last_line
        article.input_hash, article.content_hash = record.input_hash, record.content_hash
        article.dedupe_key = dedupe_key(values["outlet_id"], record.content_hash)
        article.save()
        if not {"title", "body"} <= edited:
            kept_text = bool({"title", "body"} & edited)
            found = (
                detect_mentions(article.title, article.body, article.language or None) if kept_text else labels.mentions
            )
            renew_mentions(article, found)
            if kept_text:
                renew_parts(article)
        known.input_hash, known.content_hash, known.dedupe_key = (
            article.input_hash, article.content_hash, article.dedupe_key,
        )  # fmt: skip
        known.outlet_id, known.outlet_key, known.sequence = article.outlet_id, fresh["outlet_key"], sequence
        known.same_as_input = ""
        self.knowledge.remember(known)

    def _hide(self, known: KnownArticle, record: Record, same: KnownArticle, sequence: Sequence3) -> None:
        """An update made an article the same as another one: it is hidden as it was, and gives up
        its own content."""
        article = _locked(known)
        release_content(article, sequence)
        self.knowledge.note_former(article.pk, article.ingested)
        article.ingested["same_as"] = [record.input_hash, *sequence]
        if article.visible:
            reason = HIDDEN_REASON.format(id=same.shown_id)[:300]
            article.ingested["hidden_as"] = reason
            article.visible, article.hidden_reason = False, reason
        article.dedupe_key = None
        article.save()
        known.dedupe_key, known.same_as_input, known.sequence = None, record.input_hash, sequence


def taken(
    take: Callable[[Record, Labels | None], Outcome], records: Sequence[Record], labels: Sequence[Labels | None]
) -> tuple[list[Outcome], list[tuple[Record, str]]]:
    """The outcomes of a batch, and the records that cannot be labelled in time, which is their own
    trouble alone."""
    outcomes, refused = list[Outcome](), list[tuple[Record, str]]()
    for record, given in zip(records, labels, strict=True):
        try:
            outcomes.append(take(record, given))
        except LabellingTooSlow as error:
            refused.append((record, str(error)))
    return outcomes, refused


def _locked(known: KnownArticle) -> Article:
    """The row of an article that is written (pending ones were flushed before), until the end of
    the transaction.

    All its columns are saved: a person's correction made meanwhile would be lost without the lock.
    """
    assert known.pk is not None
    return Article.objects.select_for_update().get(pk=known.pk)


def prefilter(knowledge: Knowledge, records: Sequence[Record]) -> list[bool]:
    """Which records need analysis, as far as can be told before they are written."""
    knowledge.load(records)
    needed = []
    for record in records:
        same = knowledge.same_id(record)
        settled = same is not None and record.input_hash in (same.input_hash, same.same_as_input)
        content = knowledge.same_content(record)
        needed.append(not settled and (content is None or content is same))
    return needed
