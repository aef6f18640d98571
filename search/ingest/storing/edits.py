"""The values that ingest writes, and how it knows later which of them a person has changed."""

from __future__ import annotations

from typing import Any

from search.bounds import MAX_RAW_DATE_CHARACTERS
from search.hashing import digest
from search.ingest.records import Labels, Record
from search.ingest.storing.outlets import KnownOutlet, spelling_key
from search.languages.passages import parts_value
from search.models import Article

#: Columns that are one decision: when one was edited, all of them stay.
GROUPS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "body": ("body",),
    "outlet": ("outlet_id",),
    "original_outlet": ("original_outlet",),
    "author": ("author",),
    "language": ("language", "language_confidence", "language_parts"),
    "date": ("published", "published_precision", "published_source", "published_raw"),
    "url": ("url",),
}
#: Groups that articles taken in before there were such have no trace of, with the trace of the default.
_ADDED_LATER = {"original_outlet": ""}
_HASHED_OVER_CHARACTERS = 64
MAX_FORMER = 20


def column_values(record: Record, labels: Labels, outlet: KnownOutlet | None) -> dict[str, Any]:
    """The columns of an article as a record and its labels give them."""
    date = labels.published
    return {
        "title": record.title,
        "body": record.text,
        "outlet_id": outlet.pk if outlet else None,
        "original_outlet": record.original_outlet,
        "author": record.author,
        "language": labels.language,
        "language_confidence": labels.language_confidence,
        "language_parts": parts_value(labels.language_parts),
        "published": date.day,
        "published_precision": str(date.precision),
        "published_source": str(date.source),
        "published_raw": (date.raw or record.published)[:MAX_RAW_DATE_CHARACTERS],
        "url": record.url,
    }


def split_values(record: Record) -> dict[str, Any]:
    """The columns of an article that say how sure it is where it begins and ends; nothing where
    that was given."""
    evidence = record.evidence
    if evidence is None:
        # Nobody had to find it, but a person should see why it has no text.
        unsure = Article.SplitReview.NONE if record.text else Article.SplitReview.DOUBTFUL
        return {"evidence": {}, "split_confidence": None, "split_review": str(unsure.value)}
    review = Article.SplitReview.DOUBTFUL if evidence.is_doubtful or not record.text else Article.SplitReview.NONE
    return {
        "evidence": {
            **evidence.as_dict(),
            "left_out": list(record.left_out),
            **({"joined": list(record.joined)} if record.joined else {}),
        },
        "split_confidence": evidence.confidence,
        "split_review": str(review.value),
    }


def trace(values: dict[str, Any], group: str) -> str:
    """What is kept of a group's values, to compare with: themselves where short, else their
    hash."""
    # Confidence and passages say how a language was found; a person corrects the language.
    columns = GROUPS[group][:1] if group == "language" else GROUPS[group]
    text = "|".join("" if values[column] is None else str(values[column]) for column in columns)
    return text if len(text) <= _HASHED_OVER_CHARACTERS else f"hash:{digest(text)[:32]}"


def traces(values: dict[str, Any], record: Record) -> dict[str, Any]:
    """`Article.ingested` of a new article."""
    return {group: trace(values, group) for group in GROUPS} | {
        "outlet_key": spelling_key(record.outlet) if record.outlet else ""
    }


def edited_groups(article: Article) -> set[str]:
    """Groups that no longer are what ingest wrote: a person's, and not to be overwritten."""
    return {group for group in GROUPS if is_edited(article, group)}


def is_edited(article: Article, group: str) -> bool:
    """Whether one group no longer is what ingest wrote."""
    present = {column: getattr(article, column) for column in GROUPS[group]}
    return _former_trace(article, group) != trace(present, group)


def _former_trace(article: Article, group: str) -> str | None:
    default = _ADDED_LATER.get(group) if article.ingested else None
    written: str | None = article.ingested.get(group, default)
    return written


def release_content(article: Article, sequence: tuple[int, int, int]) -> None:
    """Note that the article no longer stands for the content it had, from this place of the input
    on."""
    former = dict(article.ingested.get("former", {}))
    former.pop(article.content_hash, None)
    former[article.content_hash] = [article.ingested.get("outlet_key", ""), *sequence]
    article.ingested["former"] = dict(list(former.items())[-MAX_FORMER:])
