"""Ingest runs: what was read when, and what came of it."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from search.admin.readonly import ReadOnlyAdmin
from search.models import IngestRun, SourceDocument

MAX_DOCUMENTS_SHOWN = 100


@admin.register(IngestRun)
class RunAdmin(ReadOnlyAdmin[IngestRun]):
    """One call of `manage.py ingest`."""

    list_display = ("__str__", "finished_at", "counts_shown")
    list_filter = ("started_at", ("finished_at", admin.EmptyFieldListFilter))
    search_fields = ("options",)
    fields = ("started_at", "finished_at", "counts_shown", "options_shown", "documents")

    @admin.display(description=_("counts"), empty_value="–")
    def counts_shown(self, run: IngestRun) -> SafeString | None:
        """How many articles were new, unchanged and so on."""
        return _pairs(run.counts)

    @admin.display(description=_("options"), empty_value="–")
    def options_shown(self, run: IngestRun) -> SafeString | None:
        """What the command was told."""
        return _pairs(run.options)

    @admin.display(description=_("source documents"), empty_value="–")
    def documents(self, run: IngestRun) -> SafeString | None:
        """The files it read first, with their pages."""
        rows = SourceDocument.objects.filter(run=run).order_by("name")[:MAX_DOCUMENTS_SHOWN]
        links = ((f"../../../sourcedocument/{document.pk}/change/", document.name) for document in rows)
        return format_html_join(" · ", '<a href="{}"><bdi>{}</bdi></a>', links) or None


def _pairs(values: object) -> SafeString | None:
    if not isinstance(values, dict):
        return format_html_join("", "{}", [(values,)]) if values else None
    return format_html_join(" · ", "{}: {}", ((name, value) for name, value in values.items())) or None
