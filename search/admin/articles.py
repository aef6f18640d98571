"""Articles: finding, correcting and hiding them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from search import services
from search.admin.bulk import MAX_DETECTED_ROWS, BulkChange, run
from search.admin.codes import code_choices
from search.admin.filters import ArticleCountryFilter, LanguageFilter, OutletFilter, QueueFilter
from search.admin.finding import find_articles
from search.admin.forms import ArticleForm, HideForm, LanguageForm, OutletChoiceForm
from search.admin.index_state import report_after_commit
from search.admin.look import CuratorsLook
from search.admin.mentions import MentionInline, save_mention
from search.admin.typed import ModelAdmin
from search.models import Article, CountryMention
from search.query.names import language_name


class ArticleChangeList(ChangeList):
    """The list without the articles' texts."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Article]:
        """Rows of the list, their accepted countries fetched in one query."""
        accepted = CountryMention.objects.filter(status=CountryMention.Status.ACCEPTED)
        countries = accepted.order_by("country").only("article_id", "country")
        rows: QuerySet[Article] = super().get_queryset(request, exclude_parameters)
        return rows.defer("body", "ingested").prefetch_related(
            Prefetch("mentions", queryset=countries, to_attr="accepted_mentions")
        )


@admin.register(Article)
class ArticleAdmin(CuratorsLook, ModelAdmin[Article]):
    """Articles, with their mentions."""

    form = ArticleForm
    inlines = (MentionInline,)
    autocomplete_fields = ("outlet",)
    list_display = ("title_shown", "outlet", "date_shown", "language_shown", "countries", "visible")
    list_filter = (
        QueueFilter,
        "visible",
        OutletFilter,
        ArticleCountryFilter,
        LanguageFilter,
        "published_precision",
        "published_source",
    )
    list_select_related = ("outlet",)
    list_per_page = 50
    show_full_result_count = False
    # What is searched is decided in get_search_results; the admin shows its search box when this is not empty.
    search_fields = ("title",)
    search_help_text = _("Words as on the site, with its operators; or the number of an article.")
    ordering = ("-pk",)
    readonly_fields = (
        "language_confidence",
        "published_source",
        "published_raw",
        "collection",
        "external_id",
        "source",
        "lines",
        "ingest_run",
        "input_hash",
        "content_hash",
        "created_at",
        "updated_at",
    )
    fieldsets = (
        (None, {"fields": ("title", "body")}),
        (
            _("About it"),
            {
                "fields": (
                    "outlet",
                    "original_outlet",
                    "author",
                    ("language", "language_confidence"),
                    ("published", "published_precision"),
                    ("published_raw", "published_source"),
                    "url",
                )
            },
        ),
        (_("On the site"), {"fields": ("visible", "hidden_reason")}),
        (
            _("Where it came from"),
            {
                "classes": ("collapse",),
                "fields": (
                    "collection",
                    "external_id",
                    "source",
                    "lines",
                    "ingest_run",
                    "input_hash",
                    "content_hash",
                    "created_at",
                    "updated_at",
                ),
            },
        ),
    )
    actions = ("hide_selected", "show_selected", "set_outlet", "set_language")

    def get_urls(self) -> list[URLPattern]:
        """Also the choices of countries and languages."""
        choices = self.admin_site.admin_view(code_choices)
        return [path("codes/<slug:kind>/", choices, name="search_codes"), *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        """The list without texts."""
        return ArticleChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """What the site's own search finds."""
        return (find_articles(request, queryset, search_term) if search_term.strip() else queryset), False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No deletion in bulk: hiding can be undone, and a deleted article comes back with the next ingest."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def view_on_site(self, article: Article) -> str:
        """The article's page."""
        return article.get_absolute_url()

    # Saving

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Save a new article now, its mentions need it; an old one after them (`save_related`)."""
        if not change:
            services.article_save(article=obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Decisions about mentions first, so that detecting countries anew sees and keeps them."""
        for formset in formsets:
            formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
            for row in formset.forms:
                if not row.has_changed():
                    continue
                new = row.instance.pk is None
                row.instance.article = form.instance
                save_mention(row.instance, row)
                if new:
                    formset.new_objects.append(row.instance)
                else:
                    formset.changed_objects.append((row.instance, row.changed_data))
        if change and form.has_changed():
            services.article_save(article=form.instance)
        report_after_commit(request, [form.instance.pk])

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        """Delete, and say whether the index knows."""
        pk = obj.pk
        super().delete_model(request, obj)
        report_after_commit(request, [pk])

    # Columns and fields

    @admin.display(description=_("title"), ordering="title")
    def title_shown(self, article: Article) -> SafeString:
        """The title in its own direction, cut to a readable length."""
        title = article.title if len(article.title) <= 120 else f"{article.title[:119]}…"
        return format_html('<bdi dir="auto">{}</bdi>', title)

    @admin.display(description=_("published"), ordering="published", empty_value="–")
    def date_shown(self, article: Article) -> str | None:
        """The date as precisely as it is known."""
        return article.published_iso

    @admin.display(description=_("language"), ordering="language")
    def language_shown(self, article: Article) -> str:
        """The language's name."""
        return language_name(article.language, get_language() or "en") or "–"

    @admin.display(description=_("countries"))
    def countries(self, article: Any) -> str:
        """Codes of the countries it mentions."""
        return " ".join(dict.fromkeys(mention.country for mention in article.accepted_mentions)) or "–"

    @admin.display(description=_("source document"))
    def source(self, article: Article) -> SafeString | str:
        """The file it came from."""
        document = article.source_document
        if document is None:
            return "–"
        address = reverse("admin:search_sourcedocument_change", args=[document.pk])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, document.name)

    @admin.display(description=_("lines"))
    def lines(self, article: Article) -> str:
        """From which line to which."""
        return f"{article.first_line}–{article.last_line}" if article.first_line is not None else "–"

    @admin.display(description=_("ingest run"))
    def ingest_run(self, article: Article) -> SafeString | str:
        """The run that read the file."""
        document = article.source_document
        if document is None:
            return "–"
        address = reverse("admin:search_ingestrun_change", args=[document.run_id])
        return format_html('<a href="{}">{}</a>', address, document.run)

    # Bulk actions

    @admin.action(description=_("Hide the selected articles…"), permissions=["change"])
    def hide_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> TemplateResponse | None:
        """Take them off the site, with a reason."""
        return run(
            BulkChange(
                "hide_selected",
                _("Hide articles"),
                lambda rows, values: services.articles_hide(articles=rows, reason=values["reason"]),
                HideForm,
                most=None,
            ),
            self,
            request,
            queryset,
        )

    @admin.action(description=_("Show the selected articles again"), permissions=["change"])
    def show_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> TemplateResponse | None:
        """Put them back on the site."""
        return run(
            BulkChange(
                "show_selected",
                _("Show articles"),
                lambda rows, _values: services.articles_show(articles=rows),
            ),
            self,
            request,
            queryset,
        )

    @admin.action(description=_("Set the outlet of the selected articles…"), permissions=["change"])
    def set_outlet(self, request: HttpRequest, queryset: QuerySet[Article]) -> TemplateResponse | None:
        """Say who published them."""
        return run(
            BulkChange(
                "set_outlet",
                _("Set the outlet"),
                lambda rows, values: services.articles_set_outlet(articles=rows, outlet=values["outlet"]),
                OutletChoiceForm,
            ),
            self,
            request,
            queryset,
        )

    @admin.action(description=_("Set the language of the selected articles…"), permissions=["change"])
    def set_language(self, request: HttpRequest, queryset: QuerySet[Article]) -> TemplateResponse | None:
        """Say which language they are in."""
        return run(
            BulkChange(
                "set_language",
                _("Set the language"),
                lambda rows, values: services.articles_set_language(articles=rows, language=values["language"]),
                LanguageForm,
                most=MAX_DETECTED_ROWS,
            ),
            self,
            request,
            queryset,
        )
