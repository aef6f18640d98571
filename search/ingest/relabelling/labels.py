"""What the present rules give for an article, from what the database holds of its input."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from search.countries.mention import Mention
from search.dates.addresses import date_from_url
from search.dates.reading import read_date
from search.dates.values import DateSource, PublishedDate
from search.formats import Format
from search.ingest.labelling import ToLabel, languages_of
from search.ingest.records import Labels
from search.ingest.relabelling.changes import Kind
from search.ingest.storing.edits import is_edited
from search.languages.values import LanguagePart
from search.models import Article

#: Their dates are found among what stands around them, and only the words of the date were kept.
_PAGES = frozenset([Format.TEXT, Format.HTML])


@dataclass(frozen=True, slots=True)
class Found:
    """Labels made anew; ``None`` where they are not asked for, or not the rules' to make."""

    language: tuple[str, float] | None = None
    parts: tuple[LanguagePart, ...] | None = None
    published: PublishedDate | None = None
    mentions: tuple[Mention, ...] | None = None
    about: tuple[tuple[str, str], ...] = ()


def to_label(article: Article, kinds: Set[Kind]) -> ToLabel | None:
    """What workers need to find the article's countries; ``None`` when nobody asks for them."""
    if Kind.COUNTRIES not in kinds:
        return None
    language = "" if _detected(article, kinds) else article.language
    return ToLabel(article.title, article.body, language, "", "", PublishedDate())


def found_anew(article: Article, kinds: Set[Kind], labels: Labels | None) -> Found:
    """Labels of the kinds asked for. `labels` are those of `to_label`."""
    language, parts = None, None
    if Kind.LANGUAGE in kinds:
        detected = _detected(article, kinds)
        if labels is not None:
            code, confidence, parts = labels.language, labels.language_confidence, labels.language_parts
        else:
            stated = "" if detected else article.language
            code, confidence, parts = languages_of(article.title, article.body, stated=stated)
        language = (code, confidence or 0.0) if detected else None
    return Found(
        language=language,
        parts=parts,
        published=_date(article, language[0] if language else article.language) if Kind.DATES in kinds else None,
        mentions=labels.mentions if labels else None,
        about=labels.about if labels else (),
    )


def _detected(article: Article, kinds: Set[Kind]) -> bool:
    """Whether the language is to be detected again: it was before, and nobody changed it since."""
    return Kind.LANGUAGE in kinds and article.language_confidence is not None and not is_edited(article, "language")


def _date(article: Article, language: str) -> PublishedDate | None:
    """The date read again from the words it was read from, or the address; ``None`` to leave it.

    A record's field is all there was, so what it gives now goes, be it no date. Of a page only the
    words that gave the date are known, so they can make it another one, not take it away.
    """
    if article.published_source in (Article.DateSource.MANUAL, Article.DateSource.INFERRED) or is_edited(
        article, "date"
    ):
        return None
    source = DateSource(article.published_source)
    of_page = article.source_document is None or article.source_document.format in _PAGES
    if source is DateSource.URL or not article.published_raw:
        found = date_from_url(article.url)
    else:
        stated = DateSource.METADATA if source is DateSource.NONE else source
        found = read_date(article.published_raw, source=stated, language=None if of_page else language or None)
    if found.day is not None and article.published == _swapped(found.day):
        return None  # 10/05/2020, read month first for a reason that was not kept
    return None if of_page and found.day is None else found


def _swapped(day: date) -> date | None:
    return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None
