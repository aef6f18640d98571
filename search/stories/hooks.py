"""Saves and deletes reach the stories, by signals for the reason of `search.index.hooks`; ingest,
which sends none, calls `keeping`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from search.models import Article
from search.stories.texts import lock_stories
from search.stories.upkeep import leave_story, renew_story

_COMPARED = {"title", "body"}


def connect_story_hooks() -> None:
    """Start listening; calling it again changes nothing."""
    pre_delete.connect(_keep_columns, sender=Article, dispatch_uid="stories before a delete")
    pre_save.connect(_keep_columns, sender=Article, dispatch_uid="stories before a save")
    post_save.connect(_saved, sender=Article, dispatch_uid="stories after a save")
    post_delete.connect(_deleted, sender=Article, dispatch_uid="stories after a delete")


def _keep_columns(instance: Article, update_fields: Collection[str] | None = None, **_options: Any) -> None:
    """Another process may have grouped the article since it was read: its story stays as the
    database has it."""
    if update_fields is None or _COMPARED & set(update_fields):
        # Before the row is: who locks them the other way round waits for us as we wait for them.
        lock_stories()
    if instance.pk is not None and (update_fields is None or {"story", "story_text"} & set(update_fields)):
        held = Article._base_manager.filter(pk=instance.pk).values_list("story_id", "story_text_id").first()
        instance.story_id, instance.story_text_id = held or (None, None)


def _saved(instance: Article, update_fields: Collection[str] | None, **_options: Any) -> None:
    if update_fields is None or _COMPARED & set(update_fields):
        renew_story(instance)


def _deleted(instance: Article, **_options: Any) -> None:
    leave_story(instance)
