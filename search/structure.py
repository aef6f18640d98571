"""Articles of saved pages split in two and joined by people, and such changes undone.

What a change did is kept (`StructureChange`) with what was before. An ingest of the same file
changes nothing about it: the article of a file keeps the hash of its input, so it is known as
unchanged; the second part of a split article has an id that no file gives; an article that was
joined to another stays, hidden, under its own id.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from search.bounds import MAX_ID_CHARACTERS, MAX_RAW_DATE_CHARACTERS, MAX_TITLE_CHARACTERS
from search.countries import detect_mentions
from search.exceptions import StructureRefused
from search.ingest.evidence import SplitEvidence
from search.ingest.records import content_hash
from search.ingest.splitting.part import Part, read_part
from search.ingest.storing.known_articles import dedupe_key
from search.ingest.storing.mentions import renew_mentions, renew_parts
from search.ingest.storing.outlets import OutletRegistry, spelling_key
from search.languages.detect import detect_language
from search.models import Article, CountryMention, StructureChange
from search.models.outbox import queue_articles
from search.stories.texts import lock_stories

JOINED_REASON = "joined to {id}"
#: What a change may change of the first article, and its undoing puts back.
_KEPT = (
    "title", "body", "language", "language_confidence", "first_line", "last_line", "evidence", "split_confidence", "split_review",
)  # fmt: skip


@transaction.atomic
def article_split(*, article: Article, offset: int) -> StructureChange:
    """Make the text of an article from a line on an article of its own; that line becomes its
    title.

    ``offset`` is a place in the body, anywhere on the line. The second article states its own
    outlet, author and date, as far as the part does; countries are detected anew in both, what
    people decided moves with its words. Raises StructureRefused where no text would be left on one
    side.
    """
    lock_stories()
    article = _locked(article)
    start = article.body.rfind("\n", 0, max(0, offset)) + 1
    above, below = article.body[:start], article.body[start:]
    if offset > len(article.body) or not above.strip() or not below.strip():
        raise StructureRefused(
            "there must be text on both sides; choose a line between the first and the last of the text"
        )
    part = read_part(below)
    if not 0 < len(part.title) <= MAX_TITLE_CHARACTERS:
        raise StructureRefused(
            f"the line is too long for a title ({len(part.title):,} characters); choose a shorter one"
        )
    before = _state(article)
    lines = _lines_of_body(article)
    second = _second(article, part)
    article.body = above.rstrip()
    if lines is not None:
        number = above.count("\n")
        second.first_line, second.last_line = lines[number], article.last_line
        article.last_line = max((line for line in lines[:number]), default=article.first_line)
    _settle(article)
    _renew_language(article)
    second.save()
    article.save()
    _move_mentions(article, second, from_=start, part=part)
    _detect(article)
    _detect(second)
    return StructureChange.objects.create(
        kind=StructureChange.Kind.SPLIT,
        first=article,
        second=second,
        before={"first": before},
        after={"first": _state(article), "second": _state(second)},
    )


@transaction.atomic
def articles_join(*, first: Article, second: Article) -> StructureChange:
    """Put the text of an article below that of the one before it in the same file.

    The second is hidden with a reason; what people decided about its countries holds for the joined
    article too. Raises StructureRefused when they are no neighbours of one file.
    """
    lock_stories()
    first, second = _locked(first), _locked(second)
    _require_neighbours(first, second)
    before = {"first": _state(first), "second": _state(second)}
    before["second"] |= {"visible": second.visible, "hidden_reason": second.hidden_reason}
    heading = f"{first.body}\n\n{second.title}\n\n" if first.body else f"{second.title}\n\n"
    first.body = (heading + second.body).rstrip()
    first.last_line = second.last_line or first.last_line
    _settle(first)
    _settle(second)
    _renew_language(first)
    second.visible = False
    second.hidden_reason = _joined_reason(first)
    first.save()
    second.save()
    copied = _copy_mentions(second, first, shift=len(heading))
    _detect(first)
    queue_articles([second.pk])
    after = {"first": _state(first), "second": _state(second), "copied": copied}
    return StructureChange.objects.create(
        kind=StructureChange.Kind.JOIN, first=first, second=second, before=before, after=after
    )


@transaction.atomic
def structure_undo(*, change: StructureChange) -> None:
    """Put back what a split or a join changed; labels that people corrected since stay.

    Raises StructureRefused when it was undone before, when one of the articles was split or joined
    since, or when a title or a text was edited since.
    """
    lock_stories()
    change = StructureChange.objects.select_for_update().get(pk=change.pk)
    if change.undone_at is not None:
        raise StructureRefused("it was undone before")
    if change.second is None:
        raise StructureRefused("the second article was deleted since; edit the text of the first instead")
    first, second = _locked(change.first), _locked(change.second)
    _require_untouched(change, first, second)
    if change.kind == StructureChange.Kind.SPLIT:
        _undo_split(change, first, second)
    else:
        _undo_join(change, first, second)
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at", "second"])


def _undo_split(change: StructureChange, first: Article, second: Article) -> None:
    decided = _decided(second)
    _restore(first, change.before["first"], change.after["first"])
    first.save()
    _give(decided, first, {})
    change.second = None
    StructureChange.objects.filter(second=second).update(second=None)
    second.delete()
    _detect(first)


def _undo_join(change: StructureChange, first: Article, second: Article) -> None:
    CountryMention.objects.filter(article=first, pk__in=change.after["copied"]).delete()
    _restore(first, change.before["first"], change.after["first"])
    first.save()
    _restore(second, change.before["second"], change.after["second"])
    if second.hidden_reason == _joined_reason(first):
        second.visible = change.before["second"]["visible"]
        second.hidden_reason = change.before["second"]["hidden_reason"]
    second.save()
    _detect(first)
    queue_articles([second.pk])


def _joined_reason(first: Article) -> str:
    return JOINED_REASON.format(id=first.external_id or f"article {first.pk}")[:300]


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update().get(pk=article.pk)


def _state(article: Article) -> dict[str, Any]:
    return {column: getattr(article, column) for column in _KEPT}


def _restore(article: Article, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Put columns back that still are as the change left them."""
    for column in _KEPT:
        if getattr(article, column) == after[column]:
            setattr(article, column, before[column])


def _settle(article: Article) -> None:
    article.split_review = Article.SplitReview.SETTLED


def _renew_language(article: Article) -> None:
    """The language of the text as it is now, where it was detected before."""
    if article.language_confidence is None and article.language:
        return
    guess = detect_language(article.body or article.title)
    article.language, article.language_confidence = guess.code or "", round(guess.confidence, 4)


def _detect(article: Article) -> None:
    renew_mentions(article, detect_mentions(article.title, article.body, article.language or None))
    renew_parts(article)
    queue_articles([article.pk])


def _second(article: Article, part: Part) -> Article:
    """The second article of a split, not saved yet."""
    outlet = OutletRegistry().find_or_create(part.outlet or "", "")
    hash_ = content_hash(part.title, part.body)
    key = dedupe_key(outlet.pk if outlet else None, hash_)
    known = Article.objects.filter(dedupe_key=key).exists()
    date = part.published
    evidence: SplitEvidence = part.evidence
    second = Article(
        title=part.title,
        body=part.body,
        outlet_id=outlet.pk if outlet else None,
        author=part.author or "",
        published=date.day,
        published_precision=str(date.precision),
        published_source=str(date.source),
        published_raw=date.raw[:MAX_RAW_DATE_CHARACTERS],
        collection=article.collection,
        external_id=_free_id(article),
        source_document=article.source_document,
        content_hash="" if known else hash_,
        dedupe_key=None if known else key,
        ingested={} if known else {"outlet_key": spelling_key(part.outlet) if part.outlet else ""},
        evidence=evidence.as_dict(),
        split_confidence=evidence.confidence,
        split_review=Article.SplitReview.SETTLED,
        visible=article.visible,
        hidden_reason=article.hidden_reason,
    )
    _renew_language(second)
    return second


def _free_id(article: Article) -> str:
    """An id that no file gives: ids of articles that people split off have a part of their own."""
    base = (article.external_id or f"article {article.pk}")[: MAX_ID_CHARACTERS - 12]
    number = 2
    while Article.objects.filter(collection=article.collection, external_id=f"{base}~{number}").exists():
        number += 1
    return f"{base}~{number}"


def _lines_of_body(article: Article) -> list[int] | None:
    """The line of the file of each line of the body; ``None`` where it is not known (any more)."""
    if article.first_line is None or article.last_line is None or "left_out" not in article.evidence:
        return None
    left_out = {*article.evidence["left_out"], *article.evidence.get("joined", ())}
    lines = [line for line in range(article.first_line, article.last_line + 1) if line not in left_out]
    return lines if len(lines) == article.body.count("\n") + 1 else None


def _require_neighbours(first: Article, second: Article) -> None:
    same = first.source_document_id is not None and first.source_document_id == second.source_document_id
    if first.pk == second.pk or not same:
        raise StructureRefused("only two articles of one file can be joined")
    if first.first_line is None or second.first_line is None or first.first_line > second.first_line:
        raise StructureRefused("the first article must stand above the second in the file; swap them")
    between = Article.objects.filter(
        source_document_id=first.source_document_id,
        first_line__gte=first.first_line,
        first_line__lte=second.first_line,
        visible=True,
    ).exclude(pk__in=[first.pk, second.pk])
    if between.exists():
        raise StructureRefused("another article of the file stands between them; join that one first")
    if not second.visible:
        raise StructureRefused("the second article is hidden; show it first")


def _require_untouched(change: StructureChange, first: Article, second: Article) -> None:
    both = [first.pk, second.pk]
    later = StructureChange.objects.filter(pk__gt=change.pk, undone_at=None)
    if later.filter(first__in=both).exists() or later.filter(second__in=both).exists():
        raise StructureRefused("one of the articles was split or joined since; undo that first")
    for article, after in ((first, change.after["first"]), (second, change.after["second"])):
        if (article.title, article.body) != (after["title"], after["body"]):
            raise StructureRefused(f"“{article.title[:60]}” was edited since; put its title and text back first")


def _decided(article: Article) -> list[CountryMention]:
    """Mentions that a person made or rejected."""
    return [row for row in article.mentions.all() if row.is_decided]


def _move_mentions(first: Article, second: Article, *, from_: int, part: Part) -> None:
    """Give the second article what people decided about words that are its own now."""
    begins = from_ + part.body_starts
    moved = {
        row: ("body", row.start - begins) if row.start >= begins else ("title", max(0, row.start - from_))
        for row in _decided(first)
        if row.field == "body" and row.start is not None and row.start >= from_
    }
    _give(list(moved), second, moved)


def _give(rows: list[CountryMention], article: Article, places: dict[CountryMention, tuple[str, int]]) -> None:
    """Make mentions another article's, unless it has them; where their words stand there is looked
    up afterwards."""
    for row in rows:
        if row.start is not None and row.end is not None:
            width = row.end - row.start
            field, start = places.get(row, (row.field, row.start))
            row.field, row.start, row.end = field, *_place(article, field, row.surface, start, width)
        row.article = article
        same = article.mentions.filter(country=row.country, field=row.field, start=row.start, end=row.end)
        if not same.exclude(pk=row.pk).exists():
            row.save()


def _place(article: Article, field: str, surface: str, start: int, width: int) -> tuple[int | None, int | None]:
    """Where words stand: at the place where they are expected, else where they come first, else
    nowhere."""
    text = article.title if field == "title" else article.body
    if surface and text[start : start + width] == surface:
        return start, start + width
    at = text.find(surface) if surface else -1
    return (at, at + len(surface)) if at >= 0 else (None, None)


def _copy_mentions(second: Article, first: Article, *, shift: int) -> list[int]:
    """What people decided about the second article holds in the joined text; returns the keys of
    the copies."""
    copies = []
    for row in _decided(second):
        start = (
            None if row.start is None else row.start + shift if row.field == "body" else shift - len(second.title) - 2
        )
        copy = CountryMention(
            country=row.country, surface=row.surface, field="body", kind=row.kind, rule=row.rule, origin=row.origin,
            status=row.status, article=first,
        )  # fmt: skip
        if start is not None and row.start is not None and row.end is not None:
            within = row.start if row.field == "title" else 0
            copy.start, copy.end = _place(first, "body", row.surface, start + within, row.end - row.start)
        same = first.mentions.filter(country=copy.country, field="body", start=copy.start, end=copy.end)
        if not same.exists():
            copy.save()
            copies.append(copy.pk)
    return copies
