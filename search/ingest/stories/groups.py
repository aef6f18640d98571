"""Pairs of copies joined into stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoryGroup:
    """Articles that are one story.

    ``members`` are article ids in rising order. ``story`` is the id the story has already, ``None`` for a new one;
    ``absorbed`` are the ids of stories that turned out to be the same and end with this one.
    """

    members: tuple[int, ...]
    story: int | None = None
    absorbed: tuple[int, ...] = ()


def group(pairs: Iterable[tuple[int, int]], known: Mapping[int, int] | None = None) -> list[StoryGroup]:
    """The stories that pairs of copies make, by their smallest member; whatever the order of the pairs.

    ``known`` gives the story of articles that have one (article id to story id); it should hold every member of the
    stories the pairs touch. A story keeps its id when members join; where stories meet, the smallest id stays.
    """
    parents: dict[int, int] = {}
    first_in: dict[int, int] = {}
    known = known or {}
    for article, story in known.items():
        _join(parents, article, first_in.setdefault(story, article))
    for one, other in pairs:
        _join(parents, one, other)
    members: dict[int, list[int]] = {}
    for article in sorted(parents):
        members.setdefault(_root(parents, article), []).append(article)
    found = []
    for articles in members.values():
        stories = sorted({known[article] for article in articles if article in known})
        if len(articles) > 1 or stories:
            found.append(StoryGroup(tuple(articles), stories[0] if stories else None, tuple(stories[1:])))
    return found


def _root(parents: dict[int, int], article: int) -> int:
    parents.setdefault(article, article)
    while parents[article] != article:
        # Halving the path keeps it short.
        parents[article] = article = parents[parents[article]]
    return article


def _join(parents: dict[int, int], one: int, other: int) -> None:
    root_one, root_other = _root(parents, one), _root(parents, other)
    if root_one != root_other:
        parents[max(root_one, root_other)] = min(root_one, root_other)
