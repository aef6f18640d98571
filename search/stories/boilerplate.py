"""Texts of a form that many fill in (lottery numbers, boilerplate): too many to be grouped anew
with each that comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from search.models import Article, Story
from search.models.querysets import chunks
from search.stories.components import Connected, article_key


def join_forms(texts: Collection[int], found: Connected) -> int:
    """Put articles without a story into the one that most of their copies are in, or into a new one
    with the nearest.

    What people called the same goes before copies; what they parted from others stays alone.
    """
    parted = {article for pair in found.different for article in pair}
    same: dict[int, list[int]] = {}
    for one, other in found.same:
        same.setdefault(one, []).append(other)
        same.setdefault(other, []).append(one)
    near: dict[int, dict[int, float]] = {text: {text: 1.0} for text in texts}
    for (one, other), overlap in found.copies.items():
        for text, neighbour in ((one, other), (other, one)):
            if text in near:
                near[text][neighbour] = overlap
    holders: dict[int, list[int]] = {}
    held: dict[int, int | None] = {}
    for some in chunks({neighbour for those in near.values() for neighbour in those}):
        rows = Article._base_manager.filter(story_text__in=some).order_by("pk")
        for pk, text, story in rows.values_list("pk", "story_text_id", "story_id"):
            holders.setdefault(text or 0, []).append(pk)
            held[pk] = story
    held |= dict(Article._base_manager.filter(pk__in=same.keys() - held.keys()).values_list("pk", "story_id"))
    wanted: dict[int, int] = {}
    for text, neighbours in sorted(near.items()):
        alone = [pk for pk in holders.get(text, ()) if held[pk] is None and (pk in same or pk not in parted)]
        others = [partner for pk in alone for partner in same.get(pk, ()) if partner not in alone]
        others = others or [pk for each in neighbours for pk in holders.get(each, ()) if pk not in alone]
        stories = Counter(story for story in map(held.get, others) if story is not None)
        if stories:
            story_id = min(stories.items(), key=lambda each: (-each[1], each[0]))[0]
        else:
            by_overlap = sorted((-overlap, pk) for each, overlap in neighbours.items() for pk in holders.get(each, ()))
            alone += [pk for _, pk in by_overlap if pk not in alone][:1]
            story_id = _story_of(alone) if len(alone) > 1 else 0
        if story_id:
            wanted |= dict.fromkeys(alone, story_id)
            held |= dict.fromkeys(alone, story_id)
    move_articles(wanted)
    return len(wanted)


def _story_of(articles: Collection[int]) -> int:
    rows = Article._base_manager.filter(pk__in=articles).values_list("collection", "external_id", "pk")
    return Story.objects.create(key=min(article_key(*row) for row in rows)).pk


def move_articles(stories: Mapping[int, int | None]) -> None:
    """Put articles into stories, or into none."""
    members: dict[int | None, list[int]] = {}
    for article, story in stories.items():
        members.setdefault(story, []).append(article)
    for story, articles in members.items():
        for some in chunks(articles):
            # Past our own query set: the index holds nothing of stories.
            Article._base_manager.filter(pk__in=some).update(story=story)
