"""A question answered: the page of results as plain values, ready for a template or JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models.functions import Substr
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from search.backends.base import BackendResult, MatchPlaces
from search.bounds import MAX_AUTHOR_CHARACTERS, MAX_TITLE_CHARACTERS
from search.index.belonging import require_belonging
from search.index.connection import get_backend
from search.models import Article, CountryMention
from search.query.facets import Facet, facets_of
from search.query.highlight import READ_CHARACTERS, Highlighter
from search.query.request import SearchRequest

#: What is read of an article to show it in a list.
SHOWN_FIELDS = (
    "title",
    "url",
    "outlet__slug",
    "outlet__name",
    "author",
    "language",
    "published",
    "published_precision",
)
#: Beginnings of texts in memory at a time.
READ_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class OutletLabel:
    """An outlet as hits show it."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found. `title_html` and `snippets` are escaped HTML with `<mark>` around the words
    found."""

    id: int
    title: str
    title_html: SafeString
    url: str
    source_url: str
    outlet: OutletLabel | None
    author: str
    language: str
    published: str | None
    countries: tuple[str, ...]
    score: float
    snippets: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of results. `first` and `last` number the hits shown, from 1; both 0 when there are
    none."""

    request: SearchRequest
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    notices: tuple[str, ...]
    took_ms: float

    @property
    def page(self) -> int:
        """The page asked for."""
        return self.request.page

    @property
    def page_count(self) -> int:
        """How many pages there are; at least one."""
        return _page_count(self.total, self.request)

    @property
    def first(self) -> int:
        """Number of the first hit shown."""
        return (self.page - 1) * self.request.page_size + 1 if self.hits else 0

    @property
    def last(self) -> int:
        """Number of the last hit shown."""
        return self.first + len(self.hits) - 1 if self.hits else 0


def search(request: SearchRequest) -> SearchResults:
    """Answer a decoded question. Raises IndexUnavailable when the index cannot answer, or is not of
    this database."""
    require_belonging()
    answer = get_backend().search(replace(request.backend, located=True))
    return SearchResults(
        request=request,
        total=answer.total,
        hits=_hits(answer, request),
        facets=facets_of(answer, request),
        notices=tuple(dict.fromkeys(_notices(answer, request))),
        took_ms=answer.took_ms,
    )


def _notices(answer: BackendResult, request: SearchRequest) -> Iterator[str]:
    yield from request.notices
    if answer.cut:
        yield _("A wildcard or fuzzy word stands for very many words; only some of them were searched.")
    last = _page_count(answer.total, request)
    if request.page > last:
        yield _("There is no page %(page)d: the last page is %(last)d.") % {"page": request.page, "last": last}


def _page_count(total: int, request: SearchRequest) -> int:
    return max(1, math.ceil(total / request.page_size))


def clipped(text: str, most: int) -> str:
    """A label that no page or answer gets longer than its column allows, whatever a shell or a
    fixture wrote there."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _hits(answer: BackendResult, request: SearchRequest) -> tuple[Hit, ...]:
    found = answer.hits
    ids = [hit.id for hit in found]
    countries = CountryMention.objects.countries_by_article(ids)
    highlighter = Highlighter(request.backend.tree)
    # One more than is read, to see where a text goes on; few at a time, so that long texts are not in memory together.
    begun = Substr("body", 1, READ_CHARACTERS + 1)
    articles = Article.objects.visible().select_related("outlet").only(*SHOWN_FIELDS).annotate(begun=begun)
    scores = {hit.id: hit.score for hit in found}
    hits = {
        article.pk: _hit(
            article,
            article.begun,
            scores[article.pk],
            tuple(sorted(countries[article.pk])),
            highlighter,
            answer.places.get(article.pk),
        )
        for article in articles.filter(pk__in=ids).order_by().iterator(chunk_size=READ_AT_ONCE)
    }
    return tuple(hits[hit.id] for hit in found if hit.id in hits)


def _hit(
    article: Article,
    begun: str,
    score: float,
    countries: tuple[str, ...],
    highlighter: Highlighter,
    places: MatchPlaces | None,
) -> Hit:
    title = clipped(article.title, MAX_TITLE_CHARACTERS)
    return Hit(
        id=article.pk,
        title=title,
        title_html=highlighter.title(title, article.language),
        url=article.get_absolute_url(),
        source_url=article.url,
        outlet=OutletLabel(article.outlet.slug, article.outlet.name) if article.outlet else None,
        author=clipped(article.author, MAX_AUTHOR_CHARACTERS),
        language=article.language,
        published=article.published_iso,
        countries=countries,
        score=score,
        snippets=highlighter.snippets(
            begun[:READ_CHARACTERS], article.language, places, goes_on=len(begun) > READ_CHARACTERS
        ),
    )
