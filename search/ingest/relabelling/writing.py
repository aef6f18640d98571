"""Labels made anew in place of the old ones; what people decided stays, and ingest goes on knowing
its own values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone

from search.ingest.relabelling.changes import Change
from search.ingest.relabelling.labels import Found
from search.ingest.storing.edits import GROUPS, trace
from search.ingest.storing.mentions import about_value, renew_mentions
from search.languages.passages import parts_value
from search.models import Article, CountryMention
from search.models.outbox import queue_articles

_Spot = tuple[str, str, int | None, int | None, str, str, str]


def put_in_place(articles: Sequence[tuple[Article, Found]]) -> list[Change]:
    """Write what differs, with the note for the index. The caller holds the transaction and the
    articles' rows."""
    mentions: dict[int, list[CountryMention]] = {article.pk: [] for article, _ in articles}
    for row in CountryMention._base_manager.filter(article_id__in=list(mentions)):
        mentions[row.article_id].append(row)
    changes = [change for article, found in articles for change in _one(article, found, mentions[article.pk])]
    queue_articles(change.article for change in changes)
    return changes


def _one(article: Article, found: Found, mentions: list[CountryMention]) -> Iterator[Change]:
    columns: dict[str, Any] = {}
    groups = []
    if found.language is not None and found.language != (article.language, article.language_confidence):
        language, confidence = found.language
        columns |= {"language": language, "language_confidence": confidence}
        if language == article.language:
            yield _change(article, "confidence", f"{article.language_confidence}", f"{confidence}")
        else:
            groups.append("language")
            yield _change(article, "language", article.language, language)
    if found.parts is not None and article.language_parts != (parts := parts_value(found.parts)):
        columns["language_parts"] = parts
        yield _change(article, "passages", _codes(article.language_parts), _codes(parts))
    if found.published is not None and _differs(article, found):
        date = found.published
        before = article.published_iso or ""
        columns |= {
            "published": date.day,
            "published_precision": str(date.precision),
            "published_source": str(date.source),
            # What was written stays as it was; of an address, the part that gives the date is kept.
            "published_raw": date.raw if "url" in (date.source, article.published_source) else article.published_raw,
        }
        groups.append("date")
        yield _change(article, "date", before, date.iso or "")
    if columns:
        _save(article, columns, groups)
    if found.mentions is not None:
        yield from _countries(article, found, mentions)


def _codes(parts: Sequence[Sequence[Any]]) -> str:
    return " ".join(str(code) for _start, _end, code, _confidence in parts)


def _differs(article: Article, found: Found) -> bool:
    date = found.published
    present = (article.published, article.published_precision, article.published_source)
    return date is not None and present != (date.day, str(date.precision), str(date.source))


def _save(article: Article, columns: dict[str, Any], groups: Iterable[str]) -> None:
    """Write columns, and as what ingest wrote where they are a group's: else they would pass for a
    person's later."""
    for name, value in columns.items():
        setattr(article, name, value)
    values = {column: getattr(article, column) for group in groups for column in GROUPS[group]}
    article.ingested = {**article.ingested, **{group: trace(values, group) for group in groups}}
    written = columns | {"ingested": article.ingested, "updated_at": timezone.now()}
    Article._base_manager.filter(pk=article.pk).update(**written)


def _countries(article: Article, found: Found, rows: list[CountryMention]) -> Iterator[Change]:
    decided = any(row.is_decided for row in rows)
    detected = [
        (each.country, str(each.field), each.start, each.end, each.surface[:200], each.kind[:20], each.rule[:100])
        for each in found.mentions or ()
    ]
    before, about = rows, article.about
    if decided or set(map(_spot, rows)) != set(detected):
        renew_mentions(article, found.mentions or ())
        rows = list(CountryMention._base_manager.filter(article_id=article.pk))
    elif about != about_value(found.about):
        article.about = about_value(found.about)
        Article._base_manager.filter(pk=article.pk).update(about=article.about)
    yield from _told(article, before, rows, about)


def _told(article: Article, before: list[CountryMention], after: list[CountryMention], about: Any) -> Iterator[Change]:
    if _countries_of(before) != _countries_of(after):
        yield _change(article, "countries", _countries_of(before), _countries_of(after))
    elif set(map(_spot, before)) != set(map(_spot, after)):
        yield _change(article, "mentions", _listed(before, after), _listed(after, before))
    if about != article.about:
        yield _change(
            article, "about", *(" ".join(each["country"] for each in value) for value in (about, article.about))
        )


def _spot(row: CountryMention) -> _Spot:
    return row.country, row.field, row.start, row.end, row.surface, row.kind, row.rule


def _countries_of(rows: list[CountryMention]) -> str:
    return " ".join(sorted({row.country for row in rows if row.status == CountryMention.Status.ACCEPTED}))


def _listed(rows: list[CountryMention], without: list[CountryMention]) -> str:
    spots = set(map(_spot, without))
    return ", ".join(
        f"{row.surface} ({row.country}, {row.kind}, {row.rule})" for row in rows if _spot(row) not in spots
    )


def _change(article: Article, what: str, before: str, after: str) -> Change:
    return Change(article.pk, article.external_id, article.title, what, before, after)
