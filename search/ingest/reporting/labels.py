"""The labels that a report entry tells, from a record's own or from the database."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Any, Self

from django.utils import timezone

from search.countries import country_codes
from search.dates.days import lies_ahead
from search.ingest.records import Labels, Record
from search.ingest.storing.edits import split_values
from search.ingest.storing.outlets import OutletRegistry
from search.models import Article


@dataclass(frozen=True, slots=True)
class ReportedLabels:
    """What a report tells of an article, by the report's names and in its order.

    `original_outlet` published first what `outlet` published again. `future` says that the date lay
    ahead when the article was taken in. `language_confidence` is ``None`` where the language was
    stated. `about` are those of the `countries` that the story is about; `text` is ``None`` where
    it was not asked for.
    """

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
    #: Of an article of a saved page: of its boundaries, 0..1; whether a person should look; confidence and cues of each.
    split_confidence: float | None
    split_review: str
    evidence: dict[str, Any] | None

    @classmethod
    def of_record(cls, record: Record, labels: Labels, registry: OutletRegistry, *, with_text: bool) -> Self:
        """Those that a record states or analysis gave it; its outlet is named as the database names
        it."""
        outlet = registry.find(record.outlet, record.outlet_country)
        split = split_values(record)
        return cls(
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

    @classmethod
    def of_article(cls, article: Article, countries: Set[str], *, with_text: bool) -> Self:
        """Those that the database has, a person's corrections included; `countries` are the
        article's mentions."""
        return cls(
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
            countries=tuple(sorted(countries)),
            # A mention may have been deleted since.
            about=tuple(each["country"] for each in article.about if each["country"] in countries),
            text=article.body if with_text else None,
            split_confidence=article.split_confidence,
            split_review=article.split_review,
            evidence=article.evidence or None,
        )
