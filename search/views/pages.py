"""The pages: results (and start) and article. They decode, ask and hand a context to a template."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.exceptions import IndexMissing, IndexUnavailable
from search.query.filters import SearchFilterSet
from search.query.results import search
from search.selectors import article_for_page, has_articles, story_members
from search.views.context import answered, unavailable, wrong
from search.views.errors import without_database
from search.views.guards import database_may_fail
from search.views.parts.articlepage import article_page
from search.views.parts.links import decoded
from search.views.parts.startpage import empty_page, start_page
from search.views.responses import page_response


@require_safe
@database_may_fail(without_database)
def results(request: HttpRequest) -> HttpResponse:
    """`GET /`: the start page without parameters, else the results of the question in the address."""
    form = SearchFilterSet(request.GET)
    if form.errors:
        return page_response(request, "search/results.html", wrong(form, request.GET), status=400)
    question = form.request_value()
    try:
        if not request.GET:
            return page_response(request, "search/start.html", start_page())
        return page_response(request, "search/results.html", answered(search(question)))
    except IndexUnavailable as error:
        if isinstance(error, IndexMissing) and not request.GET and not has_articles():
            return page_response(request, "search/start.html", empty_page())
        return page_response(request, "search/results.html", unavailable(question, str(error)), status=503)


@require_safe
@database_may_fail(without_database)
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """`GET /articles/<id>/`; the question it was found by, when the address carries one, marks its words and leads back."""
    found = article_for_page(pk=pk)
    if found is None:
        raise Http404(_("There is no such article."))
    question = decoded(request.GET) if request.GET else None
    story = story_members(article=found)
    page = article_page(found, question, story, may_edit=_may_edit(request.user))
    return page_response(request, "search/article.html", page)


def _may_edit(user: AbstractBaseUser | AnonymousUser) -> bool:
    return bool(getattr(user, "is_staff", False) and getattr(user, "has_perm", bool)("search.change_article"))
