"""Finding rows as the site finds articles: الحكومه finds الحكومة, Erdogan finds Erdoğan."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from search.admin.expressions import InList
from search.analysis.terms import fold_word
from search.backends.base import BackendQuery
from search.database_errors import without_folders
from search.exceptions import IndexUnavailable, QueryError
from search.index.belonging import require_belonging
from search.index.connection import get_backend
from search.models import Article, CountryMention, Outlet
from search.query.language import parse_query

#: More than any corpus has: an admin list shows all matches, page by page.
EVERY_HIT = 10_000_000
SAID = "search.admin.said"


def find_articles(request: HttpRequest, articles: QuerySet[Article], term: str) -> QuerySet[Article]:
    """Articles that the site's own search finds, hidden ones by their titles, and those with this
    id.

    Without an index only titles are searched, and the page says so.
    """
    try:
        parsed = parse_query(term, "all")
        for notice in parsed.notices:
            _say(request, notice)
        require_belonging()
        hits = get_backend().search(BackendQuery(tree=parsed.tree, sort="newest", limit=EVERY_HIT)).hits
    except QueryError as error:
        _say(request, str(error))
        return articles.none()
    except IndexUnavailable as error:
        _say(request, _("Only titles were searched, letter by letter: %(why)s") % {"why": without_folders(str(error))})
        return articles.filter(Q(title__icontains=term) | Q(pk__in=_ids(term)))
    hidden = Article.objects.filter(visible=False).values_list("pk", "title")
    return articles.filter(InList("pk", {*(hit.id for hit in hits), *_containing(term, hidden), *_ids(term)}))


def find_outlets(outlets: QuerySet[Outlet], term: str) -> QuerySet[Outlet]:
    """Outlets whose name, alias or slug contains the term, spelled this way or another."""
    names = Outlet.objects.order_by().values_list("pk", "name", "aliases__name", "slug")
    found = _containing(term, ((pk, text) for pk, *texts in names.iterator() for text in texts if text))
    return outlets.filter(InList("pk", found))


def find_mentions(mentions: QuerySet[CountryMention], term: str) -> QuerySet[CountryMention]:
    """Mentions written with this word, or of the article with this number."""
    surfaces = CountryMention.objects.order_by().values_list("surface", flat=True).distinct()
    folded = fold_word(term)
    written = InList("surface", [surface for surface in surfaces if folded in fold_word(surface)])
    return mentions.filter(written | Q(article_id__in=_ids(term)))


def _containing(term: str, rows: Iterable[tuple[int, str]]) -> set[int]:
    folded = fold_word(term)
    return {pk for pk, text in rows if folded in fold_word(text)}


def _ids(term: str) -> list[int]:
    return [int(term)] if term.isascii() and term.isdigit() and len(term) < 19 else []


def _say(request: HttpRequest, text: str) -> None:
    """Warn once a request, and never from an autocompletion, whose message would show on a later
    page."""
    said: set[str] = request.META.setdefault(SAID, set())
    if text not in said and request.resolver_match and request.resolver_match.url_name != "autocomplete":
        messages.warning(request, text)
    said.add(text)
