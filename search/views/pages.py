"""The pages: results (and start), article and help. They decode, ask and hand a context to a
template."""

from __future__ import annotations

import logging

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.database_errors import without_folders
from search.exceptions import IndexMissing, IndexUnavailable
from search.longtext import Stretch
from search.models import Article
from search.query.filters import SearchFilterSet
from search.query.results import search
from search.selectors import (
    article_for_page,
    countries_mentioned,
    has_articles,
    mentions_in,
    part_at,
    story_members,
    text_part,
)
from search.views.context import bad_question_page, index_unavailable_page, results_page
from search.views.parts.articlepage import ShownArticle, article_page
from search.views.parts.articleplace import ArticlePlace, article_place
from search.views.parts.helppage import help_page
from search.views.parts.startpage import empty_page, start_page
from search.views.parts.storypanel import SHOWN_VERSIONS, version_pages
from search.views.responses import RETRY_AFTER_SECONDS, page_response

logger = logging.getLogger(__name__)


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`GET /`: the start page without parameters, else the results of the question in the
    address."""
    form = SearchFilterSet(request.GET)
    if form.errors:
        return page_response(request, "search/results.html", bad_question_page(form, request.GET), status=400)
    question = form.request_value()
    try:
        if not request.GET:
            return page_response(request, "search/start.html", start_page())
        return page_response(request, "search/results.html", results_page(search(question)))
    except IndexUnavailable as error:
        if isinstance(error, IndexMissing) and not request.GET and not has_articles():
            return page_response(request, "search/start.html", empty_page())
        logger.error("%s: %s", request.path, error)
        page = index_unavailable_page(question, without_folders(str(error)))
        response = page_response(request, "search/results.html", page, status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """`GET /articles/<id>/`; the question it was found by, when the address carries one, marks its
    words and leads back.

    `part` is the number of a part of a long text, `at` a place in it, `versions` a page of the
    story's versions; 404 where there is no such part, place or page.
    """
    place = article_place(request.GET)
    found = article_for_page(pk=pk) if place else None
    shown = _shown(*found, place) if found and place else None
    if place is None or shown is None:
        raise Http404(_("There is no such article, or no such part of it."))
    page = article_page(shown, place, may_edit=_may_edit(request.user))
    return page_response(request, "search/article.html", page)


@require_safe
def how_to_search(request: HttpRequest) -> HttpResponse:
    """`GET /help/`: what can be typed into the box, with examples of this collection."""
    return page_response(request, "search/help.html", help_page())


def _shown(found: Article, length: int, place: ArticlePlace) -> ShownArticle | None:
    """What is shown of an article with a text of so many characters at a place; None when it has no
    such place."""
    number = place.part or 1
    if not place.part and place.at is not None:
        number = part_at(article=found, place=place.at, length=length) or 0
    part = text_part(article=found, number=number, length=length)
    if part is None:
        return None
    story = story_members(article=found, skip=(place.versions - 1) * SHOWN_VERSIONS, most=SHOWN_VERSIONS)
    if place.versions > (version_pages(story.total) if story else 1):
        return None
    countries = countries_mentioned(article=found)
    title, body = Stretch(0, len(found.title)), Stretch(part.origin, part.end)
    return ShownArticle(
        found,
        part,
        countries,
        mentions_in(article=found, countries=countries, field="title", stretch=title),
        mentions_in(article=found, countries=countries, field="body", stretch=body),
        story,
    )


def _may_edit(user: AbstractBaseUser | AnonymousUser) -> bool:
    return bool(getattr(user, "is_staff", False) and getattr(user, "has_perm", bool)("search.change_article"))
