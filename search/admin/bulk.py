"""Bulk actions: a page that asks first, with a count and a sample; then one transaction; then a
report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, AdminForm
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.admin.expressions import InList
from search.admin.index_state import report_after_commit

if TYPE_CHECKING:
    # A lazy text, which only the stubs know by this name.
    from django.utils.functional import _StrPromise

SAMPLE_ROWS = 10
#: Each changed article is indexed again before the page answers, some hundreds a second.
MAX_INDEXED_ROWS = 5_000
#: The same where countries are detected anew, about a hundred articles a second.
MAX_DETECTED_ROWS = 1_000
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class BulkChange(Generic[Row]):
    """One bulk action. `apply` gets the rows and the form's values and returns how many rows it
    changed.

    `label` stands in the list of actions, `title` on the page that asks and in the report.
    `article_path` leads from a row to its article; `most` is how many rows one request can change
    in time.
    """

    name: str
    label: str | _StrPromise
    title: str | _StrPromise
    apply: Callable[[QuerySet[Row], dict[str, Any]], int]
    form: type[forms.Form] = forms.Form
    article_path: str = "pk"
    most: int | None = MAX_INDEXED_ROWS
    permission: str = "change"


#: What the admin calls with itself, the request and the rows that were chosen.
Action = Callable[[Any, HttpRequest, QuerySet[Any]], TemplateResponse | None]


def action_of(change: BulkChange[Row]) -> Action:
    """A bulk change as the admin lists and calls it."""

    @admin.action(description=change.label, permissions=[change.permission])
    def act(model_admin: ModelAdmin[Row], request: HttpRequest, chosen: QuerySet[Row]) -> TemplateResponse | None:
        return run(change, model_admin, request, chosen)

    # The admin knows actions by this name.
    act.__name__ = change.name
    return act


def run(
    change: BulkChange[Row], model_admin: ModelAdmin[Row], request: HttpRequest, chosen: QuerySet[Row]
) -> TemplateResponse | None:
    """Ask, or do it when it was confirmed; None sends the admin back to the list."""
    if change.most is not None and (count := chosen.count()) > change.most:
        text = _("%(count)d are too many at once: choose at most %(most)d, by filters or on one page.")
        messages.error(request, text % {"count": count, "most": change.most})
        return None
    form = change.form(request.POST if "confirmed" in request.POST else None)
    if not form.is_bound or not form.is_valid():
        return _ask(change, model_admin, request, chosen, form)
    # By id: what is changed may no longer match the filters that chose it.
    ids = list(chosen.order_by().values_list("pk", flat=True))
    rows = model_admin.model._default_manager.filter(InList("pk", ids))
    with transaction.atomic():
        article_ids = list(rows.order_by().values_list(change.article_path, flat=True).distinct())
        count = change.apply(rows, form.cleaned_data)
        report_after_commit(request, article_ids)
        LogEntry.objects.log_actions(
            int(request.user.pk or 0),
            model_admin.get_queryset(request).filter(InList("pk", ids)),
            CHANGE,
            str(change.title),
        )
    text = ngettext("%(title)s: %(count)d changed.", "%(title)s: %(count)d changed.", count)
    messages.success(request, text % {"title": change.title, "count": count})
    return None


def _ask(
    change: BulkChange[Row],
    model_admin: ModelAdmin[Row],
    request: HttpRequest,
    chosen: QuerySet[Row],
    form: forms.Form,
) -> TemplateResponse:
    across = request.POST.get("select_across") == "1"
    selected = request.POST.getlist(ACTION_CHECKBOX_NAME)
    shown: Any = AdminForm(cast(Any, form), [(None, {"fields": list(form.fields)})], {}, model_admin=model_admin)
    return TemplateResponse(
        request,
        "admin/search/bulk_confirmation.html",
        {
            **model_admin.admin_site.each_context(request),
            "title": change.title,
            "opts": model_admin.opts,
            "media": model_admin.media + form.media,
            "action": change.name,
            "form": form,
            "fieldset": next(iter(shown)),
            "count": chosen.count(),
            "sample": chosen[:SAMPLE_ROWS],
            # The rows are found again by the list's own address; one id is enough to say that something was chosen.
            "across": across,
            "selected": selected[:1] if across else selected,
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "more": _("and more"),
            "sample_rows": SAMPLE_ROWS,
        },
    )
