"""Files that browsers and crawlers ask for at the root of a site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

_A_DAY = 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=_A_DAY)
def favicon(request: HttpRequest) -> HttpResponse:
    """`GET /favicon.ico`: where the icon is, for pages that name none."""
    return HttpResponsePermanentRedirect(static("search/icon.svg"))


@require_safe
@cache_control(public=True, max_age=_A_DAY)
def robots(request: HttpRequest) -> HttpResponse:
    """`GET /robots.txt`: articles may be read; searches, which are without end, the API and the
    admin may not."""
    start = reverse("search:results")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in (reverse("admin:index"), f"{start}api/", f"{start}*?"))]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
