"""Numbered pages and the choice of order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from search.backends.base import Sort
from search.query.querystring import on_page
from search.query.request import SearchRequest
from search.query.results import SearchResults
from search.views.parts.links import Submit, results_url, too_long
from search.views.parts.text import number

#: Pages shown on each side of the current one.
AROUND = 2


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page; without `url` it is a gap, or a button of a long question."""

    label: str
    url: str
    current: bool = False
    submit: Submit | None = None


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages of an answer; `previous` and `next` are empty at the ends."""

    pages: tuple[PageLink, ...]
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class SortLink:
    """One order."""

    label: str
    url: str
    current: bool
    submit: Submit | None = None


def pager_of(results: SearchResults) -> Pager | None:
    """The pages; None when there is only one."""
    request, last = results.request, results.page_count
    if last == 1 and request.page == 1:
        return None
    links = numbered(min(request.page, last), last, lambda page: _page(request, page))
    if too_long(request):
        return Pager(links, "", "")
    return Pager(
        links,
        results_url(on_page(request, min(request.page - 1, last))) if request.page > 1 else "",
        results_url(on_page(request, request.page + 1)) if request.page < last else "",
    )


def numbered(here: int, last: int, link: Callable[[int], PageLink]) -> tuple[PageLink, ...]:
    """Links to the first page, the last, and those around the current one, with gaps between."""
    wanted = sorted({1, last, *range(max(1, here - AROUND), min(last, here + AROUND) + 1)})
    links: list[PageLink] = []
    for before, page in zip([0, *wanted], wanted, strict=False):
        if page == before + 2:
            links.append(link(page - 1))
        elif page > before + 2:
            links.append(PageLink("…", ""))
        links.append(link(page))
    return tuple(links)


def pager_between(here: int, last: int, address: Callable[[int], str]) -> Pager | None:
    """The pager of anything in numbered pages; None when there is only one."""
    if last <= 1:
        return None
    links = numbered(here, last, lambda page: PageLink(number(page), address(page), page == here))
    return Pager(links, address(here - 1) if here > 1 else "", address(here + 1) if here < last else "")


def _page(request: SearchRequest, page: int) -> PageLink:
    current = page == request.page
    if too_long(request):
        return PageLink(number(page), "", current, Submit("page", str(page)))
    return PageLink(number(page), results_url(on_page(request, page)), current)


def sorts_of(request: SearchRequest) -> tuple[SortLink, ...]:
    """The orders there are; relevance only where there are words."""
    newest = _sort(request, "newest", _("Newest"))
    oldest = _sort(request, "oldest", _("Oldest"))
    if request.backend.tree is None and request.sort != "relevance":
        return newest, oldest
    return _sort(request, "relevance", _("Relevance")), newest, oldest


def _sort(request: SearchRequest, sort: Sort, label: str) -> SortLink:
    if too_long(request):
        return SortLink(label, "", request.sort == sort, Submit("sort", sort))
    return SortLink(label, results_url(replace(request, page=1, sort=sort)), request.sort == sort)
