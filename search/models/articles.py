"""Articles, the countries they mention, and how saved pages were split into them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from search.bounds import (
    MAX_AUTHOR_CHARACTERS,
    MAX_ID_CHARACTERS,
    MAX_OUTLET_CHARACTERS,
    MAX_RAW_DATE_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    MAX_URL_CHARACTERS,
)
from search.codes import COUNTRY_CODES
from search.dates.days import lies_ahead
from search.dates.values import iso_of
from search.models import choices
from search.models.querysets import ArticleQuerySet, MentionQuerySet
from search.models.stories import Story, StoryText

from .outlets import Outlet
from .runs import SourceDocument

models.CharField.register_lookup(Length)
_KNOWN_PRECISIONS = [each.value for each in choices.Precision if each is not choices.Precision.UNKNOWN]


class Article(models.Model):
    """One article of one outlet."""

    Precision = choices.Precision
    DateSource = choices.DateSource
    SplitReview = choices.SplitReview

    title = models.CharField(_("title"), max_length=MAX_TITLE_CHARACTERS)
    body = models.TextField(_("body"), blank=True)
    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("outlet")
    )
    original_outlet = models.CharField(
        _("first published by"),
        max_length=MAX_OUTLET_CHARACTERS,
        blank=True,
        help_text=_("Of a repost: who published it first, as stated. The outlet is who published it again."),
    )
    author = models.CharField(_("author"), max_length=MAX_AUTHOR_CHARACTERS, blank=True)
    language = models.CharField(
        _("language"), max_length=3, blank=True, help_text=_("Lower-case primary subtag: en, ar, zh.")
    )
    language_confidence = models.FloatField(
        _("language confidence"), null=True, blank=True, help_text=_("0 to 1 where detected; empty where stated.")
    )
    language_parts = models.JSONField(
        _("languages by passage"),
        default=list,
        blank=True,
        editable=False,
        help_text=_("Where the body mixes languages: start, end, language and confidence of each passage."),
    )
    published = models.DateField(
        _("published"), null=True, blank=True, help_text=_("First day of the month or year where only that is known.")
    )
    published_precision = models.CharField(
        _("date precision"), max_length=7, choices=Precision.choices, default=Precision.UNKNOWN
    )
    published_source = models.CharField(
        _("date source"), max_length=8, choices=DateSource.choices, default=DateSource.NONE
    )
    published_raw = models.CharField(_("date as written"), max_length=MAX_RAW_DATE_CHARACTERS, blank=True)
    url = models.URLField(_("original address"), max_length=MAX_URL_CHARACTERS, blank=True)
    about = models.JSONField(
        _("countries it is about"),
        default=list,
        blank=True,
        editable=False,
        help_text=_("Of the countries mentioned, those the story is about, each with the reason."),
    )

    collection = models.CharField(_("collection"), max_length=300, blank=True)
    external_id = models.CharField(_("external id"), max_length=MAX_ID_CHARACTERS, blank=True)
    source_document = models.ForeignKey(
        SourceDocument,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("source document"),
    )
    first_line = models.PositiveIntegerField(_("first line"), null=True, blank=True)
    last_line = models.PositiveIntegerField(_("last line"), null=True, blank=True)
    input_hash = models.CharField(_("hash of the input"), max_length=64, blank=True)
    content_hash = models.CharField(_("hash of title and text as ingested"), max_length=64, blank=True, db_index=True)
    dedupe_key = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    ingested = models.JSONField(
        _("values as ingested"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("A field that differs from what the last ingest wrote was edited by a person, and stays."),
    )

    evidence = models.JSONField(
        _("evidence of boundaries and labels"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("Of an article of a saved page: each with its confidence and its cues."),
    )
    split_confidence = models.FloatField(
        _("confidence of the boundaries"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("0 to 1; empty where given."),
    )
    split_review = models.CharField(
        _("review of the boundaries"),
        max_length=8,
        choices=SplitReview.choices,
        default=SplitReview.NONE,
        blank=True,
        editable=False,
    )
    #: Derived from the texts and from `StoryDecision`, so no part of a fixture; `search.stories` keeps it.
    story = models.ForeignKey(
        Story,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        serialize=False,
        related_name="articles",
        verbose_name=_("story"),
    )
    story_text = models.ForeignKey(
        StoryText,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        serialize=False,
        related_name="articles",
        verbose_name=_("compared text"),
    )

    visible = models.BooleanField(_("visible"), default=True)
    hidden_reason = models.CharField(_("reason for hiding"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes: ClassVar = [
            models.Index(fields=["published"], name="article_published"),
            models.Index(fields=["language"], name="article_language"),
            models.Index(fields=["visible"], name="article_visible"),
            models.Index(
                fields=["split_confidence"],
                name="article_doubtful",
                condition=Q(split_review=choices.SplitReview.DOUBTFUL.value),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="article_has_a_title"),
            models.CheckConstraint(
                condition=Q(language="") | (Q(language=Lower("language")) & Q(language__length__gte=2)),
                name="article_language_is_a_lower_case_subtag",
                violation_error_message=_("A lower-case primary subtag such as en, ar or zh."),
            ),
            models.CheckConstraint(
                condition=Q(language_confidence=None) | Q(language_confidence__gte=0, language_confidence__lte=1),
                name="article_confidence_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(published=None, published_precision=choices.Precision.UNKNOWN.value)
                | Q(published__isnull=False, published_precision__in=_KNOWN_PRECISIONS),
                name="article_date_and_precision_agree",
                violation_error_message=_("A date needs a precision, and no date means an unknown one."),
            ),
            models.CheckConstraint(
                condition=Q(published_source__in=choices.DateSource.values),
                name="article_date_source_is_known",
            ),
            models.CheckConstraint(
                condition=Q(split_review__in=choices.SplitReview.values), name="article_split_review_is_known"
            ),
            models.CheckConstraint(
                condition=Q(split_confidence=None) | Q(split_confidence__gte=0, split_confidence__lte=1),
                name="article_split_confidence_is_a_share",
            ),
            models.UniqueConstraint(
                fields=["collection", "external_id"],
                condition=~Q(external_id=""),
                name="one_article_an_external_id",
            ),
            models.CheckConstraint(
                condition=Q(first_line=None) | Q(last_line=None) | Q(last_line__gte=F("first_line")),
                name="article_lines_are_ordered",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The article's page."""
        return reverse("search:article", args=[self.pk])

    def natural_key(self) -> tuple[str, str]:
        """What fixtures call it."""
        return (self.collection, self.external_id)

    @property
    def published_iso(self) -> str | None:
        """The date as precise as it is known: ``2020-10-05``, ``2020-10`` or ``2020``; ``None``
        when it is not."""
        return iso_of(self.published, self.published_precision)

    @property
    def published_in_future(self) -> bool:
        """Whether the date lay ahead, everywhere on Earth, when the article was taken in."""
        return lies_ahead(self.published, self.created_at)


class StructureChange(models.Model):
    """An article of a page that a person split in two, or two that were joined; with what undoes
    it."""

    Kind = choices.StructureKind

    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    first = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="structure_changes", verbose_name=_("article")
    )
    second = models.ForeignKey(
        Article, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("second article")
    )
    before = models.JSONField(_("as it was"), default=dict, editable=False)
    after = models.JSONField(_("as it became"), default=dict, editable=False)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of structure")
        verbose_name_plural = _("changes of structure")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=choices.StructureKind.values), name="structure_change_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.first}"


class CountryMention(models.Model):
    """One place in an article where a country is named: the evidence behind the country facet."""

    Field = choices.MentionField
    Origin = choices.MentionOrigin
    Status = choices.MentionStatus

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="mentions", verbose_name=_("article"))
    country = models.CharField(_("country"), max_length=2)
    surface = models.CharField(_("as written"), max_length=200, blank=True)
    field = models.CharField(_("where"), max_length=5, choices=Field.choices, default=Field.BODY)
    start = models.PositiveIntegerField(_("first character"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    rule = models.CharField(_("rule"), max_length=100, blank=True)
    origin = models.CharField(_("origin"), max_length=9, choices=Origin.choices, default=Origin.MANUAL)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.ACCEPTED)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "-field", "start"]
        verbose_name = _("country mention")
        verbose_name_plural = _("country mentions")
        indexes: ClassVar = [models.Index(fields=["country", "status"], name="mention_country_status")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(country__in=COUNTRY_CODES),
                name="mention_country_is_known",
                violation_error_message=_("Not an ISO 3166-1 alpha-2 country code, nor XK."),
            ),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(start__isnull=False, end__gt=F("start")),
                name="mention_span_is_ordered",
                violation_error_message=_("A span needs both ends, the first before the second."),
            ),
            models.CheckConstraint(condition=Q(field__in=choices.MentionField.values), name="mention_field_is_known"),
            models.CheckConstraint(
                condition=Q(origin__in=choices.MentionOrigin.values), name="mention_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=choices.MentionStatus.values), name="mention_status_is_known"
            ),
            models.UniqueConstraint(fields=["article", "country", "field", "start", "end"], name="one_mention_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.surface}"

    def get_absolute_url(self) -> str:
        """The article's page, at the part of its text where the mention stands."""
        address = self.article.get_absolute_url()
        if self.start is None or self.field != self.Field.BODY:
            return address
        return f"{address}?at={self.start}#{mention_anchor(self.country)}"

    @property
    def is_decided(self) -> bool:
        """Whether a person made it or said that it does not count: no detection overrules that."""
        return self.origin == self.Origin.MANUAL or self.status == self.Status.REJECTED

    def natural_key(self) -> tuple[str, str, str, str, int | None, int | None]:
        """What fixtures call it."""
        return (*self.article.natural_key(), self.country, self.field, self.start, self.end)

    natural_key.dependencies = ["search.article"]  # type: ignore[attr-defined]  # how Django orders a dump


def mention_anchor(country: str) -> str:
    """The id, on an article's page, of the first mention of a country."""
    return f"in-{country}"
