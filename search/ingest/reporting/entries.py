"""Report entries of records, from their own labels or from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from search.ingest.records import Record
from search.ingest.reporting.labels import ReportedLabels
from search.ingest.storing.known_articles import KnownArticle, Status
from search.ingest.storing.outcome import Outcome
from search.ingest.storing.outlets import OutletRegistry
from search.models import Article, CountryMention

#: Labels of the articles of saved pages only.
_OF_PAGES = ("split_confidence", "split_review", "evidence")


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One article of the input with all its labels; `duplicate_of` is the id of the article kept in
    its place.

    `number` is by what the run knows the article; its story is told when all entries are there.
    """

    record: Record
    labels: ReportedLabels
    status: Status
    duplicate_of: str | None
    number: int

    def as_dict(self) -> dict[str, object]:
        """For the report. The text and what is known of saved pages only are left out where there
        is none."""
        labels = asdict(self.labels)
        last = {name: labels.pop(name) for name in ("text", *_OF_PAGES)}
        if self.labels.text is None:
            del last["text"]
        if self.labels.evidence is None:
            for name in _OF_PAGES:
                del last[name]
        return {
            "id": self.record.external_id,
            "file": self.record.source.name,
            "start_line": self.record.first_line,
            "end_line": self.record.last_line,
            **labels,
            "status": self.status,
            "duplicate_of": self.duplicate_of,
            **last,
        }


def entries_of(
    outcomes: Sequence[Outcome],
    registry: OutletRegistry,
    number: Callable[[KnownArticle], int],
    *,
    with_text: bool = False,
) -> Iterator[ReportEntry]:
    """Entries in the order given, with the articles' texts where asked for; `number` tells
    articles' numbers.

    What this run wrote or left is as the database has it, a person's corrections included; what it
    would write (dry run) and repeats that were analysed are as they were read.
    """
    stored = _stored(
        [outcome.article.pk for outcome in outcomes if _from_database(outcome) and outcome.article.pk], with_text
    )
    for outcome in outcomes:
        labels = stored.get(outcome.article.pk or 0) if _from_database(outcome) else None
        if labels is None and outcome.labels is not None:
            labels = ReportedLabels.of_record(outcome.record, outcome.labels, registry, with_text=with_text)
        if labels is None:
            # Deleted by another process since this batch was written.
            continue
        yield ReportEntry(outcome.record, labels, outcome.status, outcome.duplicate_of, number(outcome.article))


def _from_database(outcome: Outcome) -> bool:
    return outcome.labels is None or outcome.status in (Status.UNCHANGED, Status.UPDATED)


def _stored(pks: Sequence[int], with_text: bool) -> dict[int, ReportedLabels]:
    countries = CountryMention.objects.countries_by_article(pks)
    unread = ("ingested",) if with_text else ("body", "ingested")
    articles = Article.objects.filter(pk__in=pks).select_related("outlet").defer(*unread) if pks else ()
    return {
        article.pk: ReportedLabels.of_article(article, countries[article.pk], with_text=with_text)
        for article in articles
    }
