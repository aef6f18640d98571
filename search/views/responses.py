"""How pages leave: with the headers every one of them has."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse

# Everything comes from this host, nothing is inline.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: When a program may ask again after a 503.
RETRY_AFTER_SECONDS = 30
#: The template engine of the site, as the settings name it.
ENGINE = "site"


def page_response(request: HttpRequest, template: str, page: object, status: int = 200) -> HttpResponse:
    """A template rendered with its context, a frozen dataclass, as `page`."""
    # At once: what reading the user from the database may raise is the view's to answer.
    response = TemplateResponse(request, template, {"page": page}, status=status, using=ENGINE).render()
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return response


def json_response(content: dict[str, Any], status: int = 200) -> JsonResponse:
    """JSON as people can read it; with a 503 goes when to ask again."""
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
