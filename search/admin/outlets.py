"""Outlets and their other names."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from search import services
from search.admin.codes import country_label
from search.admin.filters import OutletCountryFilter
from search.admin.finding import find_outlets
from search.admin.forms import AliasForm, OutletForm
from search.admin.look import CuratorsLook
from search.admin.typed import ModelAdmin, TabularInline
from search.models import Article, Outlet, OutletAlias


class AliasInline(TabularInline[OutletAlias, Outlet]):
    """Other names, in any script: a search for one finds the outlet."""

    model = OutletAlias
    form = AliasForm
    extra = 1


@admin.register(Outlet)
class OutletAdmin(CuratorsLook, ModelAdmin[Outlet]):
    """Who publishes."""

    form = OutletForm
    inlines = (AliasInline,)
    list_display = ("name_shown", "country_shown", "article_count", "alias_names", "home_page")
    list_filter = (OutletCountryFilter,)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("name", "aliases__name")
    search_help_text = _("Any part of a name, an alias or a slug, however it is spelled.")
    fields = ("name", "slug", "country", "home_page", "article_link")
    readonly_fields = ("article_link",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        """Outlets with the number of their articles, counted for the rows that are shown."""
        articles = Article.objects.filter(outlet=OuterRef("pk")).order_by().values("outlet")
        count = Subquery(articles.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
        aliases = Prefetch("aliases", queryset=OutletAlias.objects.order_by("name"))
        return super().get_queryset(request).annotate(articles_held=Coalesce(count, 0)).prefetch_related(aliases)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Outlet], search_term: str
    ) -> tuple[QuerySet[Outlet], bool]:
        """Outlets called something like this."""
        return (find_outlets(queryset, search_term) if search_term.strip() else queryset), False

    def get_readonly_fields(self, request: HttpRequest, obj: Outlet | None = None) -> tuple[str, ...]:
        """The slug is in addresses that people have kept, so it stays."""
        return ("slug", *self.readonly_fields) if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Outlet, form: Any, change: bool) -> None:
        """Save all but a new name of an old outlet (`save_related`)."""
        renamed = change and "name" in form.changed_data
        obj.name, name = (form.initial["name"] if renamed else obj.name), obj.name
        super().save_model(request, obj, form, change)
        obj.name = name

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Aliases first: a rename keeps the old name as one, unless it was just typed in."""
        super().save_related(request, form, formsets, change)
        if change and "name" in form.changed_data:
            services.outlet_rename(outlet=form.instance, name=form.instance.name)

    @admin.display(description=_("name"), ordering="name")
    def name_shown(self, outlet: Outlet) -> SafeString:
        """The name in its own direction."""
        return format_html("<bdi>{}</bdi>", outlet.name)

    @admin.display(description=_("country"), ordering="country")
    def country_shown(self, outlet: Outlet) -> str:
        """Where it is based."""
        return country_label(outlet.country) or "–"

    @admin.display(description=_("articles"), ordering="articles_held")
    def article_count(self, outlet: Any) -> SafeString:
        """How many articles it has, leading to them."""
        address = f"{reverse('admin:search_article_changelist')}?outlet={outlet.pk}"
        return format_html('<a href="{}">{}</a>', address, outlet.articles_held)

    @admin.display(description=_("articles"))
    def article_link(self, outlet: Any) -> SafeString | str:
        """The same, on the outlet's own page."""
        return self.article_count(outlet) if outlet and outlet.pk else "–"

    @admin.display(description=_("aliases"))
    def alias_names(self, outlet: Outlet) -> SafeString | str:
        """Its other names."""
        return format_html_join(" · ", "<bdi>{}</bdi>", ((alias.name,) for alias in outlet.aliases.all())) or "–"
