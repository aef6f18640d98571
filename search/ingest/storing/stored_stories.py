"""The stories of the database, as a report asks for them."""

from __future__ import annotations

from collections.abc import Collection

from search.ingest.storing.known_articles import KnownArticle
from search.models import Article
from search.stories.components import article_key
from search.stories.places import StoryPlace, alone_with_repeats, story_places


class StoredStories:
    """The stories of the database, as a report asks for them."""

    def number(self, known: KnownArticle) -> int:
        """By what an article that was written is known: its key."""
        assert known.pk is not None
        return known.pk

    def places(self, numbers: Collection[int], repeated: Collection[int]) -> dict[int, StoryPlace]:
        """Places of articles; one that has a repeat in its own outlet shares a story with that,
        though with nobody else."""
        found = story_places(numbers)
        alone = Article._base_manager.filter(pk__in=set(repeated) - found.keys())
        keys = {row[2]: article_key(*row) for row in alone.values_list("collection", "external_id", "pk")}
        return found | {pk: alone_with_repeats(key) for pk, key in keys.items()}
