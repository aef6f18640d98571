"""Ingest failures: what could not be taken in, and why."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from search.admin.readonly import ReadOnlyAdmin
from search.models import IngestFailure


@admin.register(IngestFailure)
class FailureAdmin(ReadOnlyAdmin[IngestFailure]):
    """Which file and line, for what reason, and whether it is resolved since."""

    list_display = ("place", "reason_shown", "status", "run", "at")
    list_filter = ("status", "at", "format")
    list_select_related = ("run",)
    search_fields = ("path", "file", "reason", "=run__pk")
    fields = (
        "file", "line", "path", "collection", "format", "reason_shown", "status", "run", "at", "closed_by", "closed_at",
    )  # fmt: skip

    @admin.display(description=_("where"), ordering="path")
    def place(self, failure: IngestFailure) -> SafeString:
        """File and line, in their own direction."""
        return format_html("<bdi>{}</bdi>", str(failure))

    @admin.display(description=_("reason"), ordering="reason")
    def reason_shown(self, failure: IngestFailure) -> SafeString:
        """Why, in its own direction."""
        return format_html("<bdi>{}</bdi>", failure.reason)
