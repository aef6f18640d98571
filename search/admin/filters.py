"""Filters of the lists: queues of work, codes by name, and outlets by autocompletion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters, ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from search.admin.codes import CodeSelect, country_label, language_label, outlet_select
from search.models import Article, CountryMention, IndexOutbox, Outlet

UNCERTAIN_BELOW = 0.6
#: What a database takes for a key.
MAX_KEY_DIGITS = 19
Row = TypeVar("Row", bound=Model)


def mentioning(country: str) -> Q:
    """Articles with an accepted mention of a country.

    As a list of ids: SQLite answers the same question, asked article by article, with a scan for
    each.
    """
    mentions = CountryMention.objects.filter(country=country, status=CountryMention.Status.ACCEPTED)
    return Q(pk__in=mentions.order_by().values("article_id"))


def mentioning_none() -> Any:
    """Articles without an accepted mention."""
    return ~Exists(CountryMention.objects.filter(article=OuterRef("pk"), status=CountryMention.Status.ACCEPTED))


class QueueFilter(admin.SimpleListFilter):
    """What is waiting for somebody to look at it."""

    title = _("work to do")
    parameter_name = "queue"
    queues: dict[str, tuple[Any, Callable[[], Any]]] = {
        "undated": (_("no date"), lambda: Q(published=None)),
        "future": (_("date ahead of its ingest"), lambda: Q(pk__in=Article.objects.dated_ahead().values("pk"))),
        "no-language": (_("no language"), lambda: Q(language="")),
        "uncertain-language": (_("uncertain language"), lambda: Q(language_confidence__lt=UNCERTAIN_BELOW)),
        "no-country": (_("no country"), mentioning_none),
        "no-outlet": (_("no outlet"), lambda: Q(outlet=None)),
        "doubtful-split": (_("doubtful boundaries"), lambda: Q(split_review=Article.SplitReview.DOUBTFUL)),
        "not-indexed": (
            _("not in the index yet"),
            lambda: Exists(IndexOutbox.objects.filter(article_id=OuterRef("pk"), applied=False)),
        ),
    }

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        """The queues by name."""
        return [(key, name) for key, (name, _condition) in self.queues.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Row]) -> QuerySet[Row]:
        """The articles of the chosen queue."""
        queue = self.queues.get(self.value() or "")
        return queryset.filter(queue[1]()) if queue else queryset


class LanguageFilter(admin.SimpleListFilter):
    """The languages that articles are in, by name."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        """Every language that occurs."""
        codes = Article.objects.order_by().exclude(language="").values_list("language", flat=True).distinct()
        return sorted(((code, language_label(code)) for code in codes), key=lambda row: row[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Row]) -> QuerySet[Row]:
        """Articles in the chosen language."""
        return queryset.filter(language=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """The kinds of names that mentions are."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        """Every kind that occurs."""
        kinds = CountryMention.objects.order_by().exclude(kind="").values_list("kind", flat=True).distinct()
        return [(kind, kind) for kind in sorted(kinds)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Row]) -> QuerySet[Row]:
        """Mentions of the chosen kind."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class WidgetFilter(admin.SimpleListFilter, Generic[Row]):
    """A filter with too many values to list: a form with one field. Subclasses say how it looks and
    what it selects."""

    template = "admin/search/widget_filter.html"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> tuple[()]:
        """None: the widget asks the server for them."""
        return ()

    def has_output(self) -> bool:
        """Always shown."""
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """One row: the form that changes the filter and the link that clears it."""
        others = [
            (name, value)
            for name, values in changelist.filter_params.items()
            if name not in (self.parameter_name, "p")
            for value in values
        ]
        if changelist.query:
            others.append(("q", changelist.query))
        yield {
            "widget": self.widget(),
            "others": others,
            "selected": self.value(),
            "clear": changelist.get_query_string(remove=[self.parameter_name or "", "p"]),
        }

    def widget(self) -> SafeString:
        """The form's field."""
        raise NotImplementedError


class OutletFilter(WidgetFilter[Article]):
    """Articles of one outlet."""

    title = _("outlet")
    parameter_name = "outlet"

    def widget(self) -> SafeString:
        """The admin's autocompletion of outlets."""
        field: Any = forms.ModelChoiceField(Outlet.objects.all(), required=False, widget=outlet_select())
        label = {"aria-label": str(self.title), "id": "filter-outlet"}
        return SafeString(field.widget.render(self.parameter_name, self.value() or "", label))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        """Articles of the chosen outlet."""
        if not self.value():
            return queryset
        key = self.value() or ""
        if not (key.isascii() and key.isdigit() and len(key) < MAX_KEY_DIGITS):
            raise IncorrectLookupParameters(f"no outlet has the number {key!r}")
        return queryset.filter(outlet=int(key))


class _CountryWidgetFilter(WidgetFilter[Row]):
    title = _("country")
    parameter_name = "country"

    def widget(self) -> SafeString:
        """A select that finds countries by their names."""
        label = {"aria-label": str(self.title), "id": "filter-country"}
        return CodeSelect("country").render(self.parameter_name, self.value() or "", label)


class ArticleCountryFilter(_CountryWidgetFilter[Article]):
    """Articles that mention a country."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        """Articles with an accepted mention of the chosen country."""
        return queryset.filter(mentioning(self.value() or "")) if self.value() else queryset


class CountryFilter(_CountryWidgetFilter[Row]):
    """Rows whose own country is this one."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Row]) -> QuerySet[Row]:
        """Rows of the chosen country."""
        return queryset.filter(country=self.value()) if self.value() else queryset


class OutletCountryFilter(admin.SimpleListFilter):
    """The countries where outlets are based."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        """Every country that occurs, and none."""
        codes = Outlet.objects.order_by().exclude(country="").values_list("country", flat=True).distinct()
        known = sorted(((code, country_label(code)) for code in codes), key=lambda row: row[1])
        return [*known, ("none", str(_("no country")))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Outlet]) -> QuerySet[Outlet]:
        """Outlets based in the chosen country."""
        if not self.value():
            return queryset
        return queryset.filter(country="" if self.value() == "none" else self.value())
