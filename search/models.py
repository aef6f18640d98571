"""What the database holds: outlets, the documents they came in, articles, the countries they mention.

The database is the truth; the index is derived from it and can be thrown away. Constraints are in the database, so that
no form, command or shell can break them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Lower
from django.urls import reverse
from django.utils.text import slugify
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
from search.querysets import ArticleQuerySet, MentionQuerySet, NamedQuerySet, OutletQuerySet
from search.story_models import Story, StoryBand, StoryCopy, StoryDecision, StoryText

__all__ = [
    "Article", "CountryMention", "IndexOutbox", "IngestFailure", "IngestRun", "Outlet", "OutletAlias", "SourceDocument", "Story",
    "StoryBand", "StoryCopy", "StoryDecision", "StoryText", "StructureChange", "free_slug",
    "mention_anchor",
]  # fmt: skip

models.CharField.register_lookup(Length)


def _country_is_known(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__in": COUNTRY_CODES}),
        name=name,
        violation_error_message=_("Not an ISO 3166-1 alpha-2 country code, nor XK."),
    )


class IngestRun(models.Model):
    """One call of `manage.py ingest`."""

    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    options = models.JSONField(_("options"), default=dict, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("ingest run")
        verbose_name_plural = _("ingest runs")

    def __str__(self) -> str:
        return f"#{self.pk} {self.started_at:%Y-%m-%d %H:%M}"


class Outlet(models.Model):
    """Who published an article: a newspaper, an agency, a site."""

    name = models.CharField(_("name"), max_length=MAX_OUTLET_CHARACTERS, unique=True)
    slug = models.SlugField(_("slug"), max_length=MAX_OUTLET_CHARACTERS, unique=True, allow_unicode=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Where the outlet is based."))
    home_page = models.URLField(_("home page"), max_length=500, blank=True)

    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="outlet_has_a_name"),
            # `outlet=none` in an address means "articles without an outlet".
            models.CheckConstraint(condition=~Q(slug="") & ~Q(slug="none"), name="outlet_has_a_slug"),
            _country_is_known("country", "outlet_country_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The search for this outlet's articles."""
        return f"{reverse('search:results')}?outlet={self.slug}"

    def natural_key(self) -> tuple[str]:
        """What fixtures call it."""
        return (self.slug,)


class OutletAlias(models.Model):
    """Another name of an outlet, in any script."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=MAX_OUTLET_CHARACTERS, unique=True)

    objects = NamedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("outlet alias")
        verbose_name_plural = _("outlet aliases")
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(name=""), name="alias_has_a_name")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """What fixtures call it."""
        return (self.name,)


class SourceDocument(models.Model):
    """A file that articles came from, as it was when it was read."""

    class Format(models.TextChoices):
        """How a file was read."""

        TEXT = "text", _("saved page of text")
        JSONL = "jsonl", _("JSON lines")
        HTML = "html", _("saved web page")
        CSV = "csv", _("table (CSV)")
        JSON = "json", _("JSON array or fixture")
        FEED = "feed", _("RSS or Atom feed")
        WARC = "warc", _("web archive (WARC)")

    name = models.CharField(_("file name"), max_length=255)
    collection = models.CharField(_("collection"), max_length=300)
    content_hash = models.CharField(_("content hash"), max_length=64)
    format = models.CharField(_("format"), max_length=10, choices=Format.choices)
    encoding = models.CharField(_("encoding"), max_length=40, blank=True)
    run = models.ForeignKey(IngestRun, on_delete=models.PROTECT, related_name="documents", verbose_name=_("run"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "name", "content_hash"], name="one_row_a_document_version"),
            models.CheckConstraint(
                condition=Q(format__in=["text", "jsonl", "html", "csv", "json", "feed", "warc"]),
                name="document_format_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IngestFailure(models.Model):
    """Something a run could not take in; `manage.py ingest --retry` reads the open ones again."""

    class Status(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("open")
        RESOLVED = "resolved", _("resolved")
        FAILED_AGAIN = "again", _("failed again")

    run = models.ForeignKey(IngestRun, on_delete=models.CASCADE, related_name="failures", verbose_name=_("run"))
    path = models.TextField(_("path"))
    #: Size and time of the file then: lines of one that was written since may have moved.
    version = models.CharField(max_length=60, blank=True, editable=False)
    file = models.CharField(_("file name"), max_length=500)
    collection = models.CharField(_("collection"), max_length=300, blank=True)
    format = models.CharField(_("format"), max_length=10, blank=True)
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.OPEN)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    closed_by = models.ForeignKey(
        IngestRun,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="closed_failures",
        verbose_name=_("run that read it again"),
    )
    closed_at = models.DateTimeField(_("read again"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("ingest failure")
        verbose_name_plural = _("ingest failures")
        indexes: ClassVar = [models.Index(fields=["status", "path"], name="failure_status_path")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=["open", "resolved", "again"]), name="failure_status_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class Article(models.Model):
    """One article of one outlet."""

    class Precision(models.TextChoices):
        """How much of the publication date is known."""

        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")
        UNKNOWN = "unknown", _("unknown")

    class DateSource(models.TextChoices):
        """Where the publication date came from."""

        STATED = "stated", _("stated in the text")
        METADATA = "metadata", _("metadata of the file")
        URL = "url", _("the address")
        INFERRED = "inferred", _("inferred")
        MANUAL = "manual", _("a curator")
        NONE = "none", _("nowhere")

    class SplitReview(models.TextChoices):
        """Whether a person should look at where an article of a saved page begins and ends."""

        NONE = "", _("not needed")
        DOUBTFUL = "doubtful", _("doubtful")
        SETTLED = "settled", _("settled by a person")

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
    #: Derived from the texts and from `StoryDecision`, so no part of a fixture; `search.ingest.membership` keeps it.
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
            models.Index(fields=["split_confidence"], name="article_doubtful", condition=Q(split_review="doubtful")),
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
                condition=Q(published=None, published_precision="unknown")
                | Q(published__isnull=False, published_precision__in=["day", "month", "year"]),
                name="article_date_and_precision_agree",
                violation_error_message=_("A date needs a precision, and no date means an unknown one."),
            ),
            models.CheckConstraint(
                condition=Q(published_source__in=["stated", "metadata", "url", "inferred", "manual", "none"]),
                name="article_date_source_is_known",
            ),
            models.CheckConstraint(
                condition=Q(split_review__in=["", "doubtful", "settled"]), name="article_split_review_is_known"
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
        """The date as precise as it is known: ``2020-10-05``, ``2020-10`` or ``2020``; ``None`` when it is not."""
        if self.published is None:
            return None
        width = {"day": 10, "month": 7, "year": 4}[self.published_precision]
        return self.published.isoformat()[:width]

    @property
    def published_in_future(self) -> bool:
        """Whether the date lay ahead, everywhere on Earth, when the article was taken in."""
        return lies_ahead(self.published, self.created_at)


class StructureChange(models.Model):
    """An article of a page that a person split in two, or two that were joined; with what undoes it."""

    class Kind(models.TextChoices):
        """What was done."""

        SPLIT = "split", _("split in two")
        JOIN = "join", _("joined with the next")

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
            models.CheckConstraint(condition=Q(kind__in=["split", "join"]), name="structure_change_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.first}"


class CountryMention(models.Model):
    """One place in an article where a country is named: the evidence behind the country facet."""

    class Field(models.TextChoices):
        """Which text the span counts in."""

        TITLE = "title", _("title")
        BODY = "body", _("body")

    class Origin(models.TextChoices):
        """Who found the mention."""

        AUTOMATIC = "automatic", _("automatic")
        MANUAL = "manual", _("manual")

    class Status(models.TextChoices):
        """Whether the mention counts."""

        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

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
            models.CheckConstraint(condition=Q(field__in=["title", "body"]), name="mention_field_is_known"),
            models.CheckConstraint(condition=Q(origin__in=["automatic", "manual"]), name="mention_origin_is_known"),
            models.CheckConstraint(condition=Q(status__in=["accepted", "rejected"]), name="mention_status_is_known"),
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

    def natural_key(self) -> tuple[str, str, str, str, int | None, int | None]:
        """What fixtures call it."""
        return (*self.article.natural_key(), self.country, self.field, self.start, self.end)

    natural_key.dependencies = ["search.article"]  # type: ignore[attr-defined]  # how Django orders a dump


class IndexOutbox(models.Model):
    """A note, written with a change, that an article's index entry may be out of date.

    Applied rows stay while an index is being built beside the live one, so that the new one gets them too.
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
    """Shows nothing: a dump loaded elsewhere must not make that database take itself for this one."""

    def get_queryset(self) -> models.QuerySet[IndexState]:
        """None."""
        return super().get_queryset().none()


class IndexState(models.Model):
    """One row: the id of this collection, the state of it that the index has, and the one a commit under way will have."""

    #: The row's key.
    ONLY: ClassVar = 1

    collection = models.CharField(max_length=32)
    state = models.CharField(max_length=60)
    coming = models.CharField(max_length=60, blank=True)

    objects = _NotDumped()

    def __str__(self) -> str:
        return f"{self.collection} {self.state}"


def mention_anchor(country: str) -> str:
    """The id, on an article's page, of the first mention of a country."""
    return f"in-{country}"


def free_slug(name: str) -> str:
    """A slug for an outlet's name, in its own script, that no outlet has yet."""
    base = slugify(name, allow_unicode=True)[: MAX_OUTLET_CHARACTERS - 10] or "outlet"
    taken = set(Outlet.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | {"none"}
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
