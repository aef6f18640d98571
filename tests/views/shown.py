"""What a page was made from."""

from __future__ import annotations

from typing import TypeVar

from django.template.response import TemplateResponse

Page = TypeVar("Page")


def page_shown(response: object, kind: type[Page]) -> Page:
    """The context of a page of ours, which must be of this kind."""
    assert isinstance(response, TemplateResponse)
    page = (response.context_data or {})["page"]
    assert isinstance(page, kind)
    return page
