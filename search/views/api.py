"""`GET /api/search`: the answer as JSON."""

from __future__ import annotations

import logging

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from search.database_errors import without_folders
from search.exceptions import IndexUnavailable
from search.query.filters import SearchFilterSet
from search.query.payload import as_json
from search.query.results import search as answer
from search.views.responses import json_response

logger = logging.getLogger(__name__)


@require_safe
def search(request: HttpRequest) -> JsonResponse:
    """200 with the answer; 400 or 503 with ``{"errors": {field: [message]}}``."""
    form = SearchFilterSet(request.GET)
    if form.errors:
        return json_response({"errors": form.errors}, status=400)
    try:
        return json_response(as_json(answer(form.request_value())))
    except IndexUnavailable as error:
        return index_unavailable_response(request, error)


def index_unavailable_response(request: HttpRequest, error: IndexUnavailable) -> JsonResponse:
    """503 for programs; the log has the whole message."""
    logger.error("%s: %s", request.path, error)
    return json_response({"errors": {"index": [without_folders(str(error))]}}, status=503)
