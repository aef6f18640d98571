"""Articles: finding, correcting and hiding them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from search import services
from search.admin.bulk import MAX_DETECTED_ROWS, BulkChange, action_of
from search.admin.codes import code_choices
from search.admin.filters import ArticleCountryFilter, LanguageFilter, OutletFilter, QueueFilter
from search.admin.finding import find_articles
from search.admin.forms import ArticleForm, HideForm, LanguageForm, OutletChoiceForm
from search.admin.index_state import report_after_commit
from search.admin.look import CuratorsLook
from search.admin.mentions import MentionInline, save_mention
from search.admin.typed import ModelAdmin
from search.languages.tags import language_name
from search.longtext import Stretch
from search.models import Article, CountryMention
from search.selectors import text_length, text_read

#: A text of more characters is shown in part and not edited in the form: browsers choke on it, and each save would send it.
MAX_EDITED_CHARACTERS = 200_000
SHOWN_CHARACTERS = 3_000
#: Fields from which countries and languages are found in the text anew, which of a text like that takes minutes.
READ_WITH_TEXT = ("title", "language")

BULK_CHANGES: tuple[BulkChange[Article], ...] = (
    BulkChange(
        "hide_selected",
        _("Hide the selected articles…"),
        _("Hide articles"),
        lambda rows, values: services.articles_hide(articles=rows, reason=values["reason"]),
        HideForm,
        most=None,
    ),
    BulkChange(
        "show_selected",
        _("Show the selected articles again"),
        _("Show articles"),
        lambda rows, _values: services.articles_show(articles=rows),
    ),
    BulkChange(
        "set_outlet",
        _("Set the outlet of the selected articles…"),
        _("Set the outlet"),
        lambda rows, values: services.articles_set_outlet(articles=rows, outlet=values["outlet"]),
        OutletChoiceForm,
    ),
    BulkChange(
        "set_language",
        _("Set the language of the selected articles…"),
        _("Set the language"),
        lambda rows, values: services.articles_set_language(articles=rows, language=values["language"]),
        LanguageForm,
        most=MAX_DETECTED_ROWS,
    ),
)


class ArticleChangeList(ChangeList):
    """The list without the articles' texts."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Article]:
        """Rows of the list."""
        rows: QuerySet[Article] = super().get_queryset(request, exclude_parameters)
        return rows.defer("body", "ingested", "evidence")

    def get_results(self, request: HttpRequest) -> None:
        """The rows of the page, their accepted countries fetched in one query."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        codes = CountryMention.objects.countries_by_article([article.pk for article in self.result_list])
        for article in self.result_list:
            article.country_codes = sorted(codes[article.pk])


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
    actions = tuple(action_of(change) for change in BULK_CHANGES)

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
        """No deletion in bulk: hiding can be undone, and a deleted article comes back with the next
        ingest."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Article | None:
        """An article; one with a very long text comes without it, and is saved without it."""
        article = super().get_object(request, object_id, from_field)
        if article is not None:
            # How long it is decides what the form holds; an edit meanwhile must not change that within a request.
            set_length(article)
        return article

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Articles without their texts; that of one whose form shows it is read then."""
        return super().get_queryset(request).defer("body", "ingested", "evidence")

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """A very long text is shown in part, with a note, in the place of its field."""
        fieldsets = super().get_fieldsets(request, obj)
        if not is_too_long(obj):
            return fieldsets
        (name, options), *others = fieldsets
        return [(name, {**options, "fields": ("title", "long_text")}), *others]

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> tuple[str, ...]:
        """Also what could not be changed without reading a very long text again."""
        return (*self.readonly_fields, "long_text", *READ_WITH_TEXT) if is_too_long(obj) else self.readonly_fields

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

    @admin.display(description=_("body"))
    def long_text(self, article: Article) -> SafeString:
        """The beginning of a text that is too long for a form, and why it cannot be edited."""
        note = _(
            "This text has %(count)s characters; a form holds up to %(most)s. Its beginning is shown. Title, text and language "
            "cannot be changed here: correct the file and ingest it again. Everything else can, and the text stays as it is."
        ) % {"count": f"{text_length(article=article):,}", "most": f"{MAX_EDITED_CHARACTERS:,}"}
        return format_html(
            '<div class="help">{}</div><p dir="auto" class="long-text">{}…</p><p><a href="{}">{}</a></p>',
            note,
            text_read(article=article, stretch=Stretch(0, SHOWN_CHARACTERS)),
            article.get_absolute_url(),
            _("Read all of it"),
        )

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
        return " ".join(article.country_codes) or "–"

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


def set_length(article: Article) -> None:
    """Note how many characters an article's text has."""
    setattr(article, "text_characters", text_length(article=article))  # noqa: B010 - no column


def is_too_long(article: Article | None) -> bool:
    """Whether a form does without the text of an article (None: of one that is being written)."""
    return getattr(article, "text_characters", 0) > MAX_EDITED_CHARACTERS
