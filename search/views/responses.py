"""How pages leave: with the headers every one of them has."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Everything comes from this host, nothing is inline.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def page_response(request: HttpRequest, template: str, page: object, status: int = 200) -> HttpResponse:
    """A template rendered with its context, a frozen dataclass, as `page`."""
    response = render(request, template, {"page": page}, status=status)
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return response
