"""Saves and deletes queue articles for the index.

Signals, because `loaddata` and cascading deletes leave no other hook (they call neither `save()`
nor services); writes that send no signals queue in `search.models.querysets`.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from search.index.outbox import apply_after_commit
from search.models import Article, CountryMention
from search.models.outbox import articles_queued, queue_articles


def connect_index_hooks() -> None:
    """Start listening; calling it again changes nothing."""
    for signal in (post_save, post_delete):
        signal.connect(_article_changed, sender=Article, dispatch_uid=f"article {id(signal)}")
        signal.connect(_mention_changed, sender=CountryMention, dispatch_uid=f"mention {id(signal)}")
    articles_queued.connect(apply_after_commit, dispatch_uid="apply the outbox")


def _article_changed(instance: Article, **_options: Any) -> None:
    queue_articles([instance.pk])


def _mention_changed(instance: CountryMention, **_options: Any) -> None:
    queue_articles([instance.article_id])
