"""The curators' admin: one module a model, registered by importing it."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from search.admin import articles, documents, failures, mentions, outbox, outlets, runs

__all__ = ["articles", "documents", "failures", "mentions", "outbox", "outlets", "runs"]

admin.site.site_header = "Corpus"
admin.site.site_title = "Corpus"
admin.site.index_title = _("Curation")
