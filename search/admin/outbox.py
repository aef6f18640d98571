"""The index outbox: changes that the search index has not seen yet."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from search.admin.readonly import ReadOnlyAdmin
from search.database_errors import without_folders
from search.exceptions import IndexUnavailable
from search.index.outbox import apply_outbox
from search.models import IndexOutbox


@admin.register(IndexOutbox)
class OutboxAdmin(ReadOnlyAdmin[IndexOutbox]):
    """Empty when search is up to date."""

    list_display = ("__str__", "article_link", "queued_at", "applied")
    list_filter = ("applied", "queued_at")
    search_fields = ("=article_id",)
    fields = ("article_link", "queued_at", "applied")
    actions = ("apply_now",)

    @admin.display(description=_("article"), ordering="article_id")
    def article_link(self, entry: IndexOutbox) -> SafeString:
        """The article; it may have been deleted since."""
        address = reverse("admin:search_article_change", args=[entry.article_id])
        return format_html('<a href="{}">{}</a>', address, entry.article_id)

    @admin.action(description=_("Apply everything that is waiting to the index"), permissions=["view"])
    def apply_now(self, request: HttpRequest, queryset: QuerySet[IndexOutbox]) -> None:
        """Bring the index up to date."""
        try:
            count = apply_outbox()
        except IndexUnavailable as error:
            messages.error(request, without_folders(str(error)))
            return
        text = ngettext("%(count)d change was applied.", "%(count)d changes were applied.", count)
        messages.success(request, text % {"count": count})
