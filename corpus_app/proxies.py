"""Telling a proxy that is not trusted from a client without HTTPS."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)


class UntrustedProxyMiddleware:
    """Where HTTPS_ONLY is on: a proxy that says the client came by HTTPS, but is not among
    FORWARDED_ALLOW_IPS, is told so. A redirect to HTTPS, which is where the client is already,
    would go on without end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """400 with the remedy, or what comes after."""
        claims_https = request.headers.get("X-Forwarded-Proto", "").strip().lower() == "https"
        if not settings.SECURE_SSL_REDIRECT or not claims_https or request.is_secure():
            return self._get_response(request)
        message = (
            f"A proxy at {request.META.get('REMOTE_ADDR', 'an unknown address')} says that this came by HTTPS, "
            "and is not trusted to say so. "
            "Remedy: start the site with the proxy's address in FORWARDED_ALLOW_IPS (docs/operations.md)."
        )
        logger.warning("%s", message)
        return HttpResponse(message + "\n", status=400, content_type="text/plain; charset=utf-8")
