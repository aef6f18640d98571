"""`GET /api/search`: the answer as JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from search.exceptions import CorpusError, IndexUnavailable
from search.query.filters import SearchFilterSet
from search.query.payload import as_json
from search.query.results import search as answer
from search.views.guards import database_may_fail


def _without_database(error: CorpusError) -> JsonResponse:
    return _json({"errors": {"database": [str(error)]}}, status=503)


@require_safe
@database_may_fail(_without_database)
def search(request: HttpRequest) -> JsonResponse:
    """200 with the answer; 400 or 503 with ``{"errors": {field: [message]}}``."""
    form = SearchFilterSet(request.GET)
    if form.errors:
        return _json({"errors": form.errors}, status=400)
    try:
        return _json(as_json(answer(form.request_value())))
    except IndexUnavailable as error:
        return _json({"errors": {"index": [str(error)]}}, status=503)


def _json(content: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
