"""Error pages in the site's design."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from search.views.parts.searchbox import SearchBox
from search.views.responses import CONTENT_SECURITY_POLICY, ENGINE, RETRY_AFTER_SECONDS, page_response


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What `search/error.html` shows: what happened, and what to do."""

    title: str
    message: str
    box: SearchBox


def bad_request_response(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    page = ErrorPage(
        _("This address cannot be read"), _("Something in it is malformed. Start from the search."), SearchBox()
    )
    return page_response(request, "search/error.html", page, status=400)


def not_found_response(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    page = ErrorPage(
        _("There is no such page"),
        _("The article may have been hidden or removed, or the address mistyped. Try the search."),
        SearchBox(),
    )
    return page_response(request, "search/error.html", page, status=404)


def unavailable_response(message: str) -> HttpResponse:
    """503: something the site needs cannot answer, and the message says what to do. Nothing that
    needs it is used."""
    page = ErrorPage(_("The site cannot answer now"), message, SearchBox())
    response = _bare(page, status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def server_error_response(request: HttpRequest) -> HttpResponse:
    """500. Nothing that may have failed is used: no session, no database."""
    page = ErrorPage(
        _("Something went wrong here"),
        _("The error was written to the server's log. Try again, or start from the search."),
        SearchBox(),
    )
    return _bare(page, status=500)


def _bare(page: ErrorPage, status: int) -> HttpResponse:
    response = HttpResponse(render_to_string("search/error.html", {"page": page}, using=ENGINE), status=status)
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return response
