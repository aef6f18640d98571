"""Stories in the database: which articles are one, the texts they are compared by, and what people
decided.

All but `StoryDecision` is derived from the articles and can be made again
(`search.stories.rebuild`).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

STORY_KEY_CHARACTERS = 16


class Story(models.Model):
    """Articles that are one text under several outlets, word for word or nearly; at least two."""

    key = models.CharField(
        _("key"),
        max_length=STORY_KEY_CHARACTERS,
        db_index=True,
        help_text=_("Made from its members' ids: the same in every database that holds the same articles."),
    )

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def __str__(self) -> str:
        return self.key


class StoryText(models.Model):
    """The words of one article or more, spelling and punctuation aside, as far as stories compare
    them."""

    #: Of the words: articles with the same words share a row.
    hash = models.BigIntegerField(unique=True)
    signature = models.BinaryField()

    class Meta:
        verbose_name = _("compared text")
        verbose_name_plural = _("compared texts")

    def __str__(self) -> str:
        return f"{self.hash:016x}"


class StoryBand(models.Model):
    """A part of a text's signature; texts that share one are compared."""

    key = models.IntegerField()
    #: No foreign key, as it would need an index of its own: rows are found by their keys.
    text_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("band of a signature")
        verbose_name_plural = _("bands of signatures")
        indexes: ClassVar = [models.Index(fields=["key", "text_id"], name="story_band")]

    def __str__(self) -> str:
        return f"{self.key}: {self.text_id}"


class StoryCopy(models.Model):
    """Two texts that are near copies; the one with the smaller number first."""

    one = models.ForeignKey(StoryText, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(StoryText, on_delete=models.CASCADE, related_name="+")
    overlap = models.FloatField()

    class Meta:
        verbose_name = _("near copy")
        verbose_name_plural = _("near copies")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="one_copy_a_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="copy_is_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}, {self.other_id}: {self.overlap:.2f}"


class StoryDecision(models.Model):
    """What a person said of two articles: one story, or not. No later comparison overrules it."""

    one = models.ForeignKey("search.Article", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("search.Article", on_delete=models.CASCADE, related_name="+")
    same = models.BooleanField(_("same story"))

    class Meta:
        verbose_name = _("decision about a story")
        verbose_name_plural = _("decisions about stories")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="one_decision_a_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="decision_is_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {'=' if self.same else '≠'} {self.other_id}"
