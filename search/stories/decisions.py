"""What people say of two articles: one story, or not."""

from __future__ import annotations

from django.db.models import Q

from search.models import Article, StoryDecision
from search.stories.grouping import end_if_alone, regroup
from search.stories.texts import lock_stories


def decide_same(article: Article, other: Article) -> None:
    """Put an article into the story of another, whatever was said of it and that story's members
    before."""
    lock_stories()
    members = _members(other) | {other.pk}
    StoryDecision.objects.filter(Q(one=article, other__in=members) | Q(other=article, one__in=members)).delete()
    _note(article.pk, other.pk, same=True)
    _again(article, {article.pk, *members})


def decide_different(article: Article) -> None:
    """Take an article out of its story, and keep it apart from those that are in it now."""
    lock_stories()
    members = _members(article)
    for other in members - {article.pk}:
        _note(article.pk, other, same=False)
    _again(article, members)


def _members(article: Article) -> set[int]:
    story = Article._base_manager.filter(pk=article.pk).values("story")
    return set(Article._base_manager.filter(story__in=story).values_list("pk", flat=True))


def _note(article: int, other: int, *, same: bool) -> None:
    one, two = sorted((article, other))
    StoryDecision.objects.update_or_create(one_id=one, other_id=two, defaults={"same": same})


def _again(article: Article, concerned: set[int]) -> None:
    held = Article._base_manager.filter(pk=article.pk)
    former = held.values_list("story_id", flat=True).get()
    held.update(story=None)
    texts = Article._base_manager.filter(pk__in=concerned, story_text__isnull=False)
    regroup(set(texts.values_list("story_text_id", flat=True)), concerned)
    end_if_alone(former)
    article.refresh_from_db(fields=["story"])
