"""How pages leave: with the headers every one of them has."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

# Everything comes from this host, nothing is inline.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


#: The template engine of the site, as the settings name it.
ENGINE = "site"


def page_response(request: HttpRequest, template: str, page: object, status: int = 200) -> HttpResponse:
    """A template rendered with its context, a frozen dataclass, as `page`."""
    # At once: what reading the user from the database may raise is the view's to answer.
    response = TemplateResponse(request, template, {"page": page}, status=status, using=ENGINE).render()
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return response
