"""Stories made of what is stored: the articles a change may concern, grouped anew."""

from __future__ import annotations

from collections.abc import Collection

from search.models import Article, Story
from search.stories.boilerplate import join_forms, move_articles
from search.stories.comparing import Node, partition
from search.stories.components import connected_with


def regroup(texts: Collection[int], articles: Collection[int] = ()) -> int:
    """Make the stories of these texts and articles, and of all connected with them, anew.

    Returns how many articles changed story. Texts of a form that many fill in join a story when
    they have none.
    """
    found = connected_with(texts, articles)
    moved = _store(found.stories, partition(found.nodes.values(), found.copies, found.decisions))
    return moved + join_forms(found.of_forms & set(texts), found)


def end_if_alone(story_id: int | None) -> None:
    """End a story that fewer than two articles are left of."""
    if story_id is not None:
        members = Article._base_manager.filter(story=story_id).values_list("pk", flat=True)[:2]
        if len(members) < 2:
            Story.objects.filter(pk=story_id).delete()


def _store(held: dict[int, int | None], groups: list[tuple[Node, ...]]) -> int:
    """Write the groups as stories: each keeps the oldest that one of its members has and no group
    before it took."""
    taken: set[int] = set()
    wanted: dict[int, int | None] = dict.fromkeys(held)
    fresh: list[tuple[Node, ...]] = []
    keys: dict[int, str] = {}
    for group in groups:
        own = {story for node in group if (story := held[node.article]) is not None} - taken
        if own:
            story = min(own)
            taken.add(story)
            keys[story] = group[0].key
            wanted |= dict.fromkeys((node.article for node in group), story)
        else:
            fresh.append(group)
    for group, row in zip(fresh, Story.objects.bulk_create([Story(key=group[0].key) for group in fresh]), strict=True):
        wanted |= dict.fromkeys((node.article for node in group), row.pk)
    if keys:
        _rekey(keys)
    moved = {article: story for article, story in wanted.items() if story != held[article]}
    move_articles(moved)
    ended = {story for story in held.values() if story is not None} - taken
    if ended:
        # Not where texts of forms, which are not grouped anew, are members still.
        Story.objects.filter(pk__in=ended, articles=None).delete()
    return len(moved)


def _rekey(keys: dict[int, str]) -> None:
    rows = list(Story.objects.filter(pk__in=keys))
    changed = [row for row in rows if row.key != keys[row.pk]]
    for row in changed:
        row.key = keys[row.pk]
    if changed:
        Story.objects.bulk_update(changed, ["key"], batch_size=200)
