"""What is to be told to the index, written in the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import connection, models, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.models.rows import insert_rows


class IndexOutbox(models.Model):
    """A note, written with a change, that an article's index entry may be out of date.

    Applied rows stay while an index is being built beside the live one, so that the new one gets
    them too.
    """

    article_id = models.BigIntegerField()
    applied = models.BooleanField(default=False)
    queued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("index outbox entry")
        verbose_name_plural = _("index outbox")
        indexes: ClassVar = [models.Index(fields=["applied", "id"], name="outbox_pending")]

    def __str__(self) -> str:
        return f"article {self.article_id}"


class _NotDumped(models.Manager["IndexState"]):
    """Shows nothing: a dump loaded elsewhere must not make that database take itself for this
    one."""

    def get_queryset(self) -> models.QuerySet[IndexState]:
        """None."""
        return super().get_queryset().none()


class IndexState(models.Model):
    """One row: the id of this collection, the state of it that the index has, and the one a commit
    under way will have."""

    #: The row's key.
    ONLY: ClassVar = 1

    collection = models.CharField(max_length=32)
    state = models.CharField(max_length=60)
    coming = models.CharField(max_length=60, blank=True)

    objects = _NotDumped()

    def __str__(self) -> str:
        return f"{self.collection} {self.state}"


#: Sent once after the commit of every transaction that queued articles.
articles_queued = Signal()


def queue_articles(article_ids: Iterable[int]) -> None:
    """Record, in the current transaction, that these articles' index entries may be out of date."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    rows = [(article_id, False, now) for article_id in dict.fromkeys(article_ids)]
    if rows:
        insert_rows(IndexOutbox, ("article_id", "applied", "queued_at"), rows)
        if not any(entry[1] is _announce for entry in connection.run_on_commit):
            transaction.on_commit(_announce)


def _announce() -> None:
    articles_queued.send(sender=None)
