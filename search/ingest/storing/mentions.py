"""What is found in an article's text (mentions, what it is about, passages) written and renewed;
what people decided stays."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models.functions import Substr

from search.countries import about_countries
from search.countries.about import LEAD_CHARS
from search.countries.mention import Mention
from search.languages.passages import language_parts, parts_value
from search.models import Article, CountryMention

Status = CountryMention.Status
_Place = tuple[str, str, int | None, int | None]


#: What `mention_values` gives, in its order.
MENTION_COLUMNS = ("article_id", "country", "surface", "field", "start", "end", "kind", "rule", "origin", "status")
MentionValues = tuple[int, str, str, str, int, int, str, str, str, str]


def mention_values(article_id: int, mention: Mention, *, rejected: bool = False) -> MentionValues:
    """An automatic mention as the database holds it."""
    return (
        article_id, mention.country, mention.surface[:200], str(mention.field), mention.start, mention.end,
        mention.kind[:20], mention.rule[:100], CountryMention.Origin.AUTOMATIC.value, (Status.REJECTED if rejected else Status.ACCEPTED).value,
    )  # fmt: skip


def mention_row(article_id: int, mention: Mention, *, rejected: bool = False) -> CountryMention:
    """An automatic mention, not saved yet."""
    return CountryMention(
        **dict(zip(MENTION_COLUMNS, mention_values(article_id, mention, rejected=rejected), strict=True))
    )


def renew_mentions(article: Article, detected: Iterable[Mention]) -> None:
    """Put what is detected now in place of the accepted automatic mentions of a saved article.

    Manual and rejected mentions stay (moved to where their words stand now); what was rejected, at
    its place or as that country by that name, is rejected when it is detected again, and words that
    a person gave a country keep that one. The caller queues the article and holds the transaction.
    """
    rows = list(article.mentions.all())
    decided = [row for row in rows if row.is_decided]
    automatic = {_place(row): row for row in rows if row not in decided}
    taken: set[_Place] = set()
    for row in decided:
        if _moved(row, {"title": article.title, "body": article.body}, taken):
            CountryMention._base_manager.filter(pk=row.pk).update(start=row.start, end=row.end)
        taken.add(_place(row))
    rejected_names = {(row.country, row.surface) for row in decided if row.status == Status.REJECTED}
    manual_spans = {(row.field, row.start, row.end) for row in decided if row.origin == CountryMention.Origin.MANUAL}
    fresh: list[CountryMention] = []
    kept: set[int] = set()
    for mention in detected:
        place = (mention.country, mention.field, mention.start, mention.end)
        if place in taken or place[1:] in manual_spans:
            continue
        taken.add(place)
        row = mention_row(article.pk, mention, rejected=(mention.country, mention.surface[:200]) in rejected_names)
        old = automatic.get(place)
        if old is not None and _evidence(old) == _evidence(row):
            kept.add(old.pk)
        else:
            fresh.append(row)
    gone = [row.pk for row in automatic.values() if row.pk not in kept]
    CountryMention._base_manager.filter(pk__in=gone).delete()
    CountryMention._base_manager.bulk_create(fresh)
    renew_about(article)


def renew_about(article: Article) -> None:
    """Say again which countries a saved article is about, by its accepted mentions.

    Mentions without a place do not say how much of the story is theirs, and do not count.
    """
    rows = article.mentions.filter(status=CountryMention.Status.ACCEPTED).order_by("-field", "start")
    placed = rows.filter(start__isnull=False, end__isnull=False)
    columns = placed.values_list("country", "surface", "field", "start", "end", "kind", "rule")
    mentions = (
        Mention(country, surface, field, start or 0, end or 0, kind, rule)
        for country, surface, field, start, end, kind, rule in columns.iterator()
    )
    article.about = about_value(about_countries(article.title, _lead(article), mentions))
    Article._base_manager.filter(pk=article.pk).update(about=article.about)


def _lead(article: Article) -> str:
    """As much of the text as tells what it is about; all of it only where it was read with the
    article."""
    if "body" not in article.get_deferred_fields():
        return article.body
    begun = Article._base_manager.filter(pk=article.pk).values_list(Substr("body", 1, LEAD_CHARS), flat=True)
    return begun.first() or ""


def renew_parts(article: Article) -> None:
    """Say again which passages of a saved article's body are in which language."""
    article.language_parts = parts_value(language_parts(article.body, article.language or None))
    Article._base_manager.filter(pk=article.pk).update(language_parts=article.language_parts)


def about_value(about: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """`Article.about` as the database holds it."""
    return [{"country": country, "reason": reason} for country, reason in about]


def _evidence(row: CountryMention) -> tuple[str, ...]:
    return row.surface, row.status, row.kind, row.rule


def _place(row: CountryMention) -> _Place:
    return (row.country, row.field, row.start, row.end)


def _moved(row: CountryMention, texts: dict[str, str], taken: set[_Place]) -> bool:
    """Point a row at its words in the present text, or nowhere when they are gone; whether that
    changed it."""
    if row.start is None or row.end is None:
        return False
    text = texts[row.field]
    if text[row.start : row.end] == row.surface and _place(row) not in taken:
        return False
    at = text.find(row.surface) if row.surface else -1
    while at >= 0 and (row.country, row.field, at, at + len(row.surface)) in taken:
        at = text.find(row.surface, at + 1)
    row.start, row.end = (at, at + len(row.surface)) if at >= 0 else (None, None)
    return True
