"""A dry run: the same decisions as the store's, with nothing written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from search.ingest.labelling import ToLabel, label_in_time
from search.ingest.records import Labels, Record, Source
from search.ingest.storing.dry_run_stories import DryRunStories
from search.ingest.storing.known_articles import Knowledge, KnownArticle, Sequence3, Status, decide
from search.ingest.storing.outcome import Outcome
from search.ingest.storing.outlets import OutletRegistry, spelling_key
from search.ingest.storing.store import taken
from search.models import SourceDocument


@dataclass(slots=True)
class DryRun:
    """Takes batches as `Store` does; what would be written is kept in memory (hashes, not
    texts)."""

    registry: OutletRegistry
    knowledge: Knowledge
    stories: DryRunStories
    refused: list[tuple[Record, str]] = field(default_factory=list)
    _given: set[tuple[str, str]] = field(default_factory=set)
    _files: dict[int, tuple[int, int]] = field(default_factory=dict)

    def write(self, records: Sequence[Record], labels: Sequence[Labels | None]) -> list[Outcome]:
        """What `Store.write` would answer."""
        self.knowledge.load(records)
        outcomes, self.refused = taken(self._take, records, labels)
        self.stories.compare()
        return outcomes

    def _take(self, record: Record, labels: Labels | None) -> Outcome:
        sequence: Sequence3 = (*self._file(record.source), record.first_line)
        same_id = self.knowledge.same_id(record)
        key = (record.source.collection, record.external_id)
        decision = decide(record, same_id, self.knowledge.same_content(record), sequence, given=key in self._given)
        known = decision.article
        if known is None or decision.status is Status.UPDATED:
            labels = labels or label_in_time(ToLabel.of(record))
            replaced = known.pk if known else None
            known = self._imagined(record, sequence)
            self.stories.add(known, record, labels, replaced)
        elif decision.hide:
            self.knowledge.imagine(replace(known, dedupe_key=None, same_as_input=record.input_hash, sequence=sequence))
        if known.input_hash == record.input_hash:
            self._given.add((known.collection, known.external_id))
        shown = decision.duplicate_of or known
        if shown.pk is None or decision.status is Status.UPDATED:
            labels = labels or label_in_time(ToLabel.of(record))
        same = decision.duplicate_of.shown_id if decision.duplicate_of else None
        return Outcome(record, decision.status, shown, same, labels)

    def _imagined(self, record: Record, sequence: Sequence3) -> KnownArticle:
        outlet = self.registry.find_or_create(record.outlet, record.outlet_country)
        known = KnownArticle(
            pk=None,
            collection=record.source.collection,
            external_id=record.external_id,
            input_hash=record.input_hash,
            content_hash=record.content_hash,
            dedupe_key="imagined",
            outlet_id=outlet.pk if outlet else None,
            outlet_key=spelling_key(record.outlet) if record.outlet else "",
            sequence=sequence,
        )
        self.knowledge.imagine(known)
        return known

    def _file(self, source: Source) -> tuple[int, int]:
        """Run and row of the file when it was ingested before; else as if it came now, after all
        others."""
        if source.order not in self._files:
            place = (sys.maxsize, source.order)
            if self.knowledge.ask_database:
                versions = SourceDocument.objects.filter(collection=source.collection, name=source.stored_name)
                rows = dict(versions.values_list("content_hash", "run_id"))
                if rows.get(source.content_hash) == max(rows.values(), default=None) is not None:
                    row = versions.get(content_hash=source.content_hash)
                    place = (row.run_id, row.pk)
            self._files[source.order] = place
        return self._files[source.order]
