"""What the results page offers to take away."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse

from search.exporting.formats import FORMATS
from search.query.querystring import encode
from search.query.request import SearchRequest
from search.views.parts.links import too_long


@dataclass(frozen=True, slots=True)
class Download:
    """A format of export: its address with the question, or, where that is too long to be repeated,
    `action`, to which the page's form sends it. `content_type` where programs may follow it."""

    label: str
    url: str
    action: str
    content_type: str


def downloads_of(request: SearchRequest) -> tuple[Download, ...]:
    """Each format."""
    question = encode(replace(request, page=1))
    long = too_long(request)
    paths = {name: reverse("search:export", args=[name]) for name in FORMATS}
    return tuple(
        Download(
            kind.label,
            "" if long else paths[name] + question,
            paths[name] if long else "",
            kind.content_type if kind.followed else "",
        )
        for name, kind in FORMATS.items()
    )
