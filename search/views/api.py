"""`GET /api/search`: the answer as JSON."""

from __future__ import annotations

import logging
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from search.database_errors import without_folders
from search.exceptions import IndexUnavailable
from search.query.filters import SearchFilterSet
from search.query.payload import as_json
from search.query.results import search as answer
from search.views.errors import RETRY_AFTER_SECONDS

logger = logging.getLogger(__name__)


@require_safe
def search(request: HttpRequest) -> JsonResponse:
    """200 with the answer; 400 or 503 with ``{"errors": {field: [message]}}``."""
    form = SearchFilterSet(request.GET)
    if form.errors:
        return _json({"errors": form.errors}, status=400)
    try:
        return _json(as_json(answer(form.request_value())))
    except IndexUnavailable as error:
        logger.error("%s: %s", request.path, error)
        response = _json({"errors": {"index": [without_folders(str(error))]}}, status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response


def _json(content: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
