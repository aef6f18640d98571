"""Country mentions: the rows under an article, and the list over all articles."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from search import services
from search.admin.bulk import BulkChange, action_of
from search.admin.codes import country_label
from search.admin.filters import CountryFilter, KindFilter
from search.admin.finding import find_mentions
from search.admin.forms import MentionForm, MentionFormSet
from search.admin.index_state import report_after_commit
from search.admin.look import CuratorsLook
from search.admin.surroundings import sentence_of, set_sentences
from search.admin.typed import ModelAdmin, ModelForm, TabularInline
from search.models import Article, CountryMention


class MentionInline(TabularInline[CountryMention, Article]):
    """An article's mentions, each with the sentence it is in."""

    model = CountryMention
    form = MentionForm
    formset = MentionFormSet  # type: ignore[assignment]  # the stubs want the form's type spelled their way
    fields = ("country", "surface", "status", "sentence", "found_by")
    readonly_fields = ("sentence", "found_by")
    extra = 0
    can_delete = False
    show_change_link = True
    verbose_name_plural = _("countries mentioned")

    @admin.display(description=_("sentence"))
    def sentence(self, mention: CountryMention) -> SafeString:
        """The words around the mention, itself marked."""
        return sentence_of(mention)

    @admin.display(description=_("found by"))
    def found_by(self, mention: CountryMention) -> str:
        """Who found it, as what kind of name, by which rule."""
        return found_by(mention)


class MentionChangeList(ChangeList):
    """The list with the sentences."""

    def get_results(self, request: HttpRequest) -> None:
        """The rows of the page, each with the sentence it is in."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        set_sentences(self.result_list)


BULK_CHANGES: tuple[BulkChange[CountryMention], ...] = (
    BulkChange(
        "accept_selected",
        _("Accept the selected mentions"),
        _("Accept mentions"),
        lambda rows, _values: services.mentions_accept(mentions=rows),
        article_path="article_id",
    ),
    BulkChange(
        "reject_selected",
        _("Reject the selected mentions"),
        _("Reject mentions"),
        lambda rows, _values: services.mentions_reject(mentions=rows),
        article_path="article_id",
    ),
)


@admin.register(CountryMention)
class MentionAdmin(CuratorsLook, ModelAdmin[CountryMention]):
    """All mentions: which names give which country, and which of them are wrong."""

    form = MentionForm
    list_display = ("surface_shown", "country_shown", "status", "context", "article_link", "found")
    list_filter = ("status", "origin", "field", KindFilter, CountryFilter)
    list_select_related = ("article",)
    list_per_page = 50
    ordering = ("-pk",)
    show_full_result_count = False
    search_fields = ("surface",)
    search_help_text = _("A name as articles write it, or the number of an article.")
    autocomplete_fields = ("article",)
    fields = ("article", "country", "surface", "status", "sentence", "field", "start", "end", "kind", "rule", "origin")
    readonly_fields = ("sentence", "field", "start", "end", "kind", "rule", "origin")
    actions = tuple(action_of(change) for change in BULK_CHANGES)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CountryMention]:
        """Rows without their articles' texts."""
        return super().get_queryset(request).defer("article__body", "article__ingested", "article__evidence")

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        """The list with the words around the mentions."""
        return MentionChangeList

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> CountryMention | None:
        """A mention with the words around it."""
        mention = super().get_object(request, object_id, from_field)
        if mention is not None:
            set_sentences([mention])
        return mention

    def view_on_site(self, mention: CountryMention) -> str:
        """The article's page where the mention stands."""
        return mention.get_absolute_url()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[CountryMention], search_term: str
    ) -> tuple[QuerySet[CountryMention], bool]:
        """Mentions written with this name, spelled this way or another."""
        return (find_mentions(queryset, search_term) if search_term.strip() else queryset), False

    def get_readonly_fields(self, request: HttpRequest, obj: CountryMention | None = None) -> tuple[str, ...]:
        """The place of an existing mention stays."""
        return ("article", "surface", *self.readonly_fields) if obj else self.readonly_fields

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No deletion in bulk: a rejected mention stays rejected, a deleted one is found again."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def save_model(self, request: HttpRequest, obj: CountryMention, form: Any, change: bool) -> None:
        """Save through the services."""
        save_mention(obj, form)
        report_after_commit(request, [obj.article_id])

    def delete_model(self, request: HttpRequest, obj: CountryMention) -> None:
        """Delete, and say whether the index knows."""
        super().delete_model(request, obj)
        report_after_commit(request, [obj.article_id])

    @admin.display(description=_("as written"), ordering="surface")
    def surface_shown(self, mention: CountryMention) -> SafeString:
        """The name in its own direction."""
        return format_html("<bdi>{}</bdi>", mention.surface or "–")

    @admin.display(description=_("country"), ordering="country")
    def country_shown(self, mention: CountryMention) -> str:
        """The country's name in the reader's language."""
        return country_label(mention.country)

    @admin.display(description=_("sentence"))
    def context(self, mention: Any) -> SafeString:
        """The words around the mention, itself marked."""
        return sentence_of(mention)

    @admin.display(description=_("sentence"))
    def sentence(self, mention: Any) -> SafeString:
        """The same, on the mention's own page."""
        return sentence_of(mention)

    @admin.display(description=_("article"))
    def article_link(self, mention: CountryMention) -> SafeString:
        """The article, to correct it."""
        address = reverse("admin:search_article_change", args=[mention.article_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, mention.article.title[:80])

    @admin.display(description=_("found by"))
    def found(self, mention: CountryMention) -> str:
        """Who found it, as what kind of name, by which rule."""
        return found_by(mention)


def found_by(mention: CountryMention) -> str:
    """``automatic · city · gazetteer``."""
    if mention.pk is None:
        return "–"
    return " · ".join(str(part) for part in (mention.get_origin_display(), mention.kind, mention.rule) if part)


def save_mention(mention: CountryMention, form: ModelForm[CountryMention]) -> None:
    """Write what the form changed of a mention, or a new one, through the services."""
    if mention.pk is None:
        added = services.mention_add(article=mention.article, country=mention.country, surface=mention.surface)
        mention.pk = added.pk
        if mention.status == CountryMention.Status.REJECTED:
            services.mention_reject(mention=added)
        return
    if "country" in form.changed_data:
        services.mention_change(mention=mention, country=mention.country)
    if "status" in form.changed_data:
        accepted = mention.status == CountryMention.Status.ACCEPTED
        (services.mention_accept if accepted else services.mention_reject)(mention=mention)
