"""Report entries of records, from their own labels or from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from search.countries import country_codes
from search.dates.days import lies_ahead
from search.ingest.records import Labels
from search.ingest.reporting.report import ReportEntry
from search.ingest.storing.edits import split_values
from search.ingest.storing.known_articles import KnownArticle, Status
from search.ingest.storing.outcome import Outcome
from search.ingest.storing.outlets import OutletRegistry
from search.models import Article, CountryMention


@dataclass(frozen=True, slots=True)
class _Shown:
    title: str
    outlet: str | None
    original_outlet: str | None
    author: str | None
    published: str | None
    published_precision: str
    published_source: str
    future: bool
    language: str | None
    language_confidence: float | None
    language_parts: tuple[tuple[int, int, str, float], ...]
    countries: tuple[str, ...]
    about: tuple[str, ...]
    text: str | None
    split_confidence: float | None
    split_review: str
    evidence: dict[str, Any] | None


def entries_of(
    outcomes: Sequence[Outcome],
    registry: OutletRegistry,
    number: Callable[[KnownArticle], int],
    *,
    with_text: bool = False,
) -> Iterator[ReportEntry]:
    """Entries in the order given, with the articles' texts where asked for; `number` tells articles' numbers.

    What this run wrote or left is as the database has it, a person's corrections included; what it would write (dry
    run) and repeats that were analysed are as they were read.
    """
    stored = _stored(
        [outcome.article.pk for outcome in outcomes if _from_database(outcome) and outcome.article.pk], with_text
    )
    for outcome in outcomes:
        shown = stored.get(outcome.article.pk or 0) if _from_database(outcome) else None
        if shown is None and outcome.labels is not None:
            shown = _own(outcome, outcome.labels, registry, with_text)
        if shown is None:
            # Deleted by another process since this batch was written.
            continue
        record = outcome.record
        yield ReportEntry(
            id=record.external_id,
            file=record.source.name,
            start_line=record.first_line,
            end_line=record.last_line,
            title=shown.title,
            outlet=shown.outlet,
            original_outlet=shown.original_outlet,
            author=shown.author,
            published=shown.published,
            published_precision=shown.published_precision,
            published_source=shown.published_source,
            future=shown.future,
            language=shown.language,
            language_confidence=shown.language_confidence,
            language_parts=shown.language_parts,
            countries=shown.countries,
            about=shown.about,
            status=outcome.status,
            duplicate_of=outcome.duplicate_of,
            text=shown.text,
            split_confidence=shown.split_confidence,
            split_review=shown.split_review,
            evidence=shown.evidence,
            number=number(outcome.article),
        )


def _from_database(outcome: Outcome) -> bool:
    return outcome.labels is None or outcome.status in (Status.UNCHANGED, Status.UPDATED)


def _own(outcome: Outcome, labels: Labels, registry: OutletRegistry, with_text: bool) -> _Shown:
    record = outcome.record
    outlet = registry.find(record.outlet, record.outlet_country)
    split = split_values(record)
    return _Shown(
        title=record.title,
        outlet=outlet.name if outlet else record.outlet or None,
        original_outlet=record.original_outlet or None,
        author=record.author or None,
        published=labels.published.iso,
        published_precision=str(labels.published.precision),
        published_source=str(labels.published.source),
        future=lies_ahead(labels.published.day, timezone.now()),
        language=labels.language or None,
        language_confidence=labels.language_confidence,
        language_parts=tuple((part.start, part.end, part.code, part.confidence) for part in labels.language_parts),
        countries=tuple(country_codes(labels.mentions)),
        about=tuple(country for country, _reason in labels.about),
        text=record.text if with_text else None,
        split_confidence=split["split_confidence"],
        split_review=split["split_review"],
        evidence=split["evidence"] or None,
    )


def _stored(pks: Sequence[int], with_text: bool) -> dict[int, _Shown]:
    countries = CountryMention.objects.countries_by_article(pks)
    unread = ("ingested",) if with_text else ("body", "ingested")
    articles = Article.objects.filter(pk__in=pks).select_related("outlet").defer(*unread) if pks else ()
    return {
        article.pk: _Shown(
            title=article.title,
            outlet=article.outlet.name if article.outlet else None,
            original_outlet=article.original_outlet or None,
            author=article.author or None,
            published=article.published_iso,
            published_precision=article.published_precision,
            published_source=article.published_source,
            future=article.published_in_future,
            language=article.language or None,
            language_confidence=article.language_confidence,
            language_parts=tuple((start, end, code, sure) for start, end, code, sure in article.language_parts),
            countries=tuple(sorted(countries[article.pk])),
            # A mention may have been deleted since.
            about=tuple(each["country"] for each in article.about if each["country"] in countries[article.pk]),
            text=article.body if with_text else None,
            split_confidence=article.split_confidence,
            split_review=article.split_review,
            evidence=article.evidence or None,
        )
        for article in articles
    }
