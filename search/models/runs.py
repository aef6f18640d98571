"""Calls of `manage.py ingest`, the files they read and what they could not take in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from search.models import choices


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


class SourceDocument(models.Model):
    """A file that articles came from, as it was when it was read."""

    Format = choices.DocumentFormat

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
                condition=Q(format__in=choices.DocumentFormat.values),
                name="document_format_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IngestFailure(models.Model):
    """Something a run could not take in; `manage.py ingest --retry` reads the open ones again."""

    Status = choices.FailureStatus

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
            models.CheckConstraint(condition=Q(status__in=choices.FailureStatus.values), name="failure_status_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file
