"""What becomes of stories when articles come, change and go. Every function belongs in the caller's
transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from search.models import Article, StoryDecision, StoryText
from search.stories.comparing import Signature, Sketch, sketch
from search.stories.grouping import end_if_alone, regroup
from search.stories.links import copies_between, link_texts
from search.stories.texts import drop_unused, hold_texts, lock_stories


def assign_texts(articles: Sequence[Article], sketches: Sequence[Sketch | None]) -> dict[int, Signature]:
    """Point articles, not saved yet, at the rows of their texts; returns what `join_stories` asks
    for once they are."""
    lock_stories()
    keys, fresh = hold_texts(each for each in sketches if each is not None)
    for article, each in zip(articles, sketches, strict=True):
        article.story_text_id = keys[each.hash] if each is not None else None
    return fresh


def join_stories(articles: Sequence[Article], fresh: dict[int, Signature]) -> None:
    """Group new articles with those that are there. `fresh` are the texts that nobody had before
    (key, signature)."""
    touched = link_texts(fresh)
    given = Counter(article.story_text_id for article in articles if article.story_text_id is not None)
    touched |= {text for text, count in given.items() if count > 1 or text not in fresh}
    if touched:
        regroup(touched)


@transaction.atomic
def renew_story(article: Article) -> None:
    """See whether a saved article still has the words it is compared by, and where it belongs when
    it has others."""
    made = sketch(article.title, article.body)
    before, former = article.story_text_id, article.story_id
    held = StoryText.objects.filter(pk=before).values_list("hash", flat=True).first() if before else None
    if held == (made.hash if made else None):
        return
    lock_stories()
    fresh = assign_texts([article], [made])
    text = article.story_text_id
    others = _members(former) if former else set()
    Article._base_manager.filter(pk=article.pk).update(story_text=text, story=None)
    touched = _copies(before) if before else set()
    if before:
        drop_unused([before])
    touched |= link_texts(fresh)
    if text and text not in fresh:
        touched.add(text)
    if touched or others or _is_decided(article):
        regroup(touched, others | {article.pk})
        article.story_id = Article._base_manager.filter(pk=article.pk).values_list("story_id", flat=True).get()
    end_if_alone(former)


@transaction.atomic
def leave_story(article: Article) -> None:
    """An article was deleted: those that it was connected with are grouped without it."""
    text, story = article.story_text_id, article.story_id
    if text is None and story is None:
        return
    lock_stories()
    touched = _copies(text) if text else set()
    if text:
        drop_unused([text])
    others = _members(story) if story else set()
    if touched or others:
        regroup(touched, others)
    end_if_alone(story)


def _copies(text: int) -> set[int]:
    return {text} | {each for pair in copies_between([text]) for each in pair}


def _members(story: int) -> set[int]:
    return set(Article._base_manager.filter(story=story).values_list("pk", flat=True))


def _is_decided(article: Article) -> bool:
    return StoryDecision.objects.filter(Q(one=article) | Q(other=article)).exists()
