"""Source documents: the files that articles came from."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from search.admin.readonly import ReadOnlyAdmin
from search.models import Article, SourceDocument


@admin.register(SourceDocument)
class DocumentAdmin(ReadOnlyAdmin[SourceDocument]):
    """Which file, read how, in which run."""

    list_display = ("name", "collection", "format", "encoding", "run", "article_count")
    list_filter = ("format", "encoding")
    list_select_related = ("run",)
    search_fields = ("name", "collection", "content_hash")
    fields = ("name", "collection", "format", "encoding", "content_hash", "run", "article_count")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceDocument]:
        """Documents with the number of their articles, counted for the rows that are shown."""
        articles = Article.objects.filter(source_document=OuterRef("pk")).order_by().values("source_document")
        count = Subquery(articles.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
        return super().get_queryset(request).annotate(articles_held=Coalesce(count, 0))

    @admin.display(description=_("articles"), ordering="articles_held")
    def article_count(self, document: Any) -> int:
        """How many articles of the database came from it."""
        return int(document.articles_held)
