"""What analysis adds to a record: language, date, countries, what it is about. Runs in worker
processes too, so no Django here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.countries import about_countries, detect_mentions
from search.dates.addresses import date_from_url
from search.dates.dateline import read_dateline
from search.dates.reading import read_date, writes_month_first
from search.dates.values import DateSource, PublishedDate
from search.exceptions import CorpusError
from search.ingest.limits import LABEL_TIME
from search.ingest.records import Labels, Record
from search.ingest.time_limit import PageTooSlow, time_limit
from search.languages.detect import detect_language
from search.languages.passages import language_parts, main_language
from search.languages.tags import normalise_language
from search.languages.values import LanguagePart
from search.stories.comparing import sketch


class LabellingTooSlow(CorpusError):
    """The labels of an article take longer than they may; the message is the reason and the
    remedy."""


@dataclass(frozen=True, slots=True)
class ToLabel:
    """The part of a record that analysis needs: what travels to a worker."""

    title: str
    text: str
    language: str
    published: str
    url: str
    date: PublishedDate | None
    country: str = ""

    @classmethod
    def of(cls, record: Record) -> ToLabel:
        """That part of a record."""
        return cls(
            record.title, record.text, record.language, record.published, record.url, record.date, record.outlet_country
        )


def label(record: ToLabel) -> Labels:
    """The labels of one record. What it states goes before what is detected."""
    language, confidence, parts = languages_of(record.title, record.text, stated=record.language)
    mentions = detect_mentions(record.title, record.text, language or None)
    return Labels(
        language=language,
        language_confidence=confidence,
        published=_published(record, language or None),
        mentions=mentions,
        about=tuple(about_countries(record.title, record.text, mentions)),
        language_parts=parts,
        sketch=sketch(record.title, record.text),
    )


def languages_of(title: str, text: str, *, stated: str = "") -> tuple[str, float | None, tuple[LanguagePart, ...]]:
    """The language, how sure it is (``None`` where stated), and the passages of a text in several.

    A detected language is that of most of a mixed text.
    """
    language, confidence = normalise_language(stated), None
    if language is None:
        guess = detect_language(text or title)
        language, confidence = guess.code or "", round(guess.confidence, 4)
    parts = language_parts(text, language or None)
    most = main_language(parts)
    if confidence is not None and most is not None and most != language:
        language, confidence = most, max(part.confidence for part in parts if part.code == most)
    return language, confidence, parts


def label_in_time(record: ToLabel) -> Labels:
    """The labels of one record. Raises LabellingTooSlow when they take too long."""
    seconds = LABEL_TIME.seconds(len(record.text))
    try:
        with time_limit(seconds):
            return label(record)
    except PageTooSlow:
        raise LabellingTooSlow(
            f"labelling the article takes longer than {seconds:.0f} s. Remedy: shorten its text, or cut it in several"
        ) from None


def label_all(records: Sequence[ToLabel]) -> list[Labels | LabellingTooSlow]:
    """The labels of many, or why one has none: one task of a worker."""
    labels: list[Labels | LabellingTooSlow] = []
    for record in records:
        try:
            labels.append(label_in_time(record))
        except LabellingTooSlow as error:
            labels.append(error)
    return labels


def _published(record: ToLabel, language: str | None) -> PublishedDate:
    if record.date is not None:
        return record.date
    if record.published:
        month_first = writes_month_first(record.language or language or "", record.country)
        return read_date(record.published, source=DateSource.METADATA, language=language, month_first=month_first)
    found = date_from_url(record.url)
    return found if found.day is not None else read_dateline(record.text, language=language) or found
