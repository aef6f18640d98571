"""What is told of a story: its members, who was first, and how much the others differ."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from search.dates.values import Precision, PublishedDate
from search.models import Article
from search.models.querysets import chunks
from search.stories.comparing import DatedMember, First, first_of, overlap_of
from search.stories.links import copies_between, prepared_texts


@dataclass(frozen=True, slots=True)
class StoryPlace:
    """An article's place in its story.

    ``story`` is the key its members share; ``first`` whether it was first as far as the dates say,
    ``certain`` whether they leave no other the chance; ``difference`` the share of its words, 0 to
    1, that are not those of the first.
    """

    story: str
    first: bool
    certain: bool
    difference: float


def alone_with_repeats(key: str) -> StoryPlace:
    """The place of an article that shares its words with repeats in its own outlet only."""
    return StoryPlace(key, first=True, certain=True, difference=0.0)


def story_places(articles: Collection[int]) -> dict[int, StoryPlace]:
    """The places of those of these articles that are in a story."""
    keys: dict[int, str] = {}
    wanted: dict[int, int] = {}
    for some in chunks(articles):
        rows = Article._base_manager.filter(pk__in=some, story__isnull=False)
        for pk, story, key in rows.values_list("pk", "story_id", "story__key"):
            keys[story], wanted[pk] = key, story
    firsts = _firsts(keys)
    texts = dict(_texts(set(wanted) | {first.article for first in firsts.values()}))
    overlaps = overlaps_of((texts[firsts[story].article], texts[pk]) for pk, story in wanted.items())
    return {
        pk: story_place(keys[story], pk, firsts[story], overlaps[texts[firsts[story].article], texts[pk]])
        for pk, story in wanted.items()
    }


def story_place(key: str, article: int, first: First, overlap: float) -> StoryPlace:
    """A member's place, given who was first and how much their words overlap."""
    is_first = article == first.article
    return StoryPlace(key, is_first, first.certain, 0.0 if is_first else round(1 - overlap, 4))


def published_of(day: date | None, precision: str) -> PublishedDate:
    """An article's date as precedence takes it."""
    return PublishedDate(day=day, precision=Precision(precision))


def overlaps_of(
    pairs: Iterable[tuple[int | None, int | None]], longest: int | None = None
) -> dict[tuple[int | None, int | None], float]:
    """The overlap of each of these pairs of texts: as stored, else counted. Articles too short to
    compare share nothing.

    A pair that would have to be counted is left out when one of its texts has more than `longest`
    characters.
    """
    wanted = dict.fromkeys(pairs)
    stored = copies_between({one for one, other in wanted if one is not None and one != other})
    found: dict[tuple[int | None, int | None], float] = {}
    for one, other in wanted:
        if one is None or other is None:
            found[one, other] = 0.0
        elif one == other:
            found[one, other] = 1.0
        elif (overlap := stored.get((min(one, other), max(one, other)))) is not None:
            found[one, other] = overlap
    missing = [
        (one, other) for one, other in wanted if one is not None and other is not None and (one, other) not in found
    ]
    words = prepared_texts({text for pair in missing for text in pair}, longest)
    for one, other in missing:
        if longest is not None and not {one, other} <= words.keys():
            continue
        found[one, other] = overlap_of(words[one], words[other])
    return found


def _firsts(stories: Collection[int]) -> dict[int, First]:
    members: dict[int, list[DatedMember]] = {}
    for some in chunks(stories):
        rows = Article._base_manager.filter(story__in=some)
        for pk, story, day, precision in rows.values_list("pk", "story_id", "published", "published_precision"):
            members.setdefault(story or 0, []).append(DatedMember(pk, published_of(day, precision)))
    return {story: first_of(those) for story, those in members.items()}


def _texts(articles: Collection[int]) -> Iterable[tuple[int, int | None]]:
    for some in chunks(articles):
        yield from Article._base_manager.filter(pk__in=some).values_list("pk", "story_text_id")
