"""Stories made again from the articles, in bounded memory and while the site goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from search.models import Article, Story, StoryText
from search.models.querysets import chunks
from search.stories.comparing import sketch
from search.stories.grouping import regroup
from search.stories.links import copies_between, link_texts
from search.stories.texts import drop_unused, forget_if_of_another_kind, hold_texts, lock_stories, unlink_texts

BATCH = 500


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did: articles read, those whose story is another than before, stories there
    are now."""

    articles: int
    changed: int
    stories: int


def rebuild_stories(
    articles: QuerySet[Article] | None = None, progress: Callable[[int], None] = lambda _articles: None
) -> Rebuilt:
    """Make texts, copies and stories of these articles again (default: of all), by the rules as
    they are now.

    What people decided stays. Each batch is a transaction of its own, after which all is
    consistent: a run that was interrupted loses nothing, and another does the rest. ``progress`` is
    told how many articles more were read.
    """
    with transaction.atomic():
        forget_if_of_another_kind()
    chosen = Article._base_manager.all() if articles is None else articles
    read = changed = last = 0
    while keys := list(chosen.order_by("pk").filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            changed += _again(keys)
        read, last = read + len(keys), keys[-1]
        progress(len(keys))
    with transaction.atomic():
        for some in chunks(StoryText.objects.filter(articles=None).values_list("pk", flat=True)):
            drop_unused(some)
        Story.objects.filter(articles=None).delete()
    return Rebuilt(read, changed, Story.objects.count())


def _again(keys: list[int]) -> int:
    """A batch; returns how many articles changed story."""
    lock_stories()
    rows = list(Article._base_manager.filter(pk__in=keys).only("pk", "title", "body", "story_text_id"))
    made = {row.pk: sketch(row.title, row.body) for row in rows}
    signatures = {each.hash: each.signature for each in made.values() if each is not None}
    former = {row.story_text_id for row in rows if row.story_text_id is not None}
    touched = {text for pair in copies_between(former) for text in pair}
    texts, _fresh = hold_texts(each for each in made.values() if each is not None)
    for row in rows:
        each = made[row.pk]
        text = texts[each.hash] if each else None
        if text != row.story_text_id:
            Article._base_manager.filter(pk=row.pk).update(story_text=text)
    drop_unused(former - set(texts.values()))
    anew = {text: signatures[hash_] for hash_, text in texts.items()}
    unlink_texts(anew)
    link_texts(anew)
    return regroup(touched | set(texts.values()), keys)
