"""Telling a curator whether what was saved can be found yet."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.admin.expressions import InList
from search.index.pending import pending_count
from search.models import IndexOutbox


def report_after_commit(request: HttpRequest, article_ids: Collection[int]) -> None:
    """Once the transaction is over and the index had its turn, say whether it has these articles as
    they are now."""
    transaction.on_commit(partial(_report, request, tuple(article_ids)))


def _report(request: HttpRequest, article_ids: tuple[int, ...]) -> None:
    waiting = IndexOutbox.objects.filter(InList("article_id", article_ids), applied=False).exists()
    if not waiting:
        messages.info(request, _("The search index has this change."))
        return
    count = pending_count()
    messages.warning(
        request,
        ngettext(
            "Saved, but the search index does not have it yet: %(count)d change is waiting. It is applied with the "
            "next save, or by manage.py rebuild_index where there is no index.",
            "Saved, but the search index does not have it yet: %(count)d changes are waiting. They are applied with "
            "the next save, or by manage.py rebuild_index where there is no index.",
            count,
        )
        % {"count": count},
    )
