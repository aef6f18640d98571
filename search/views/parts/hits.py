"""A hit as the list shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from search.countries.names import country_name
from search.languages.tags import language_name
from search.query.facets import date_label
from search.query.request import SearchRequest
from search.query.results import Hit
from search.views.parts.links import article_url
from search.views.parts.text import direction, locale, number

#: More countries than these are counted, not named.
HIT_COUNTRIES = 5


@dataclass(frozen=True, slots=True)
class Snippet:
    """An excerpt with its words marked, and its direction."""

    html: SafeString
    direction: str


@dataclass(frozen=True, slots=True)
class HitRow:
    """One article of the list. `title_html` and snippets are escaped HTML with ``<mark>``."""

    id: int
    url: str
    title_html: SafeString
    direction: str
    language: str
    language_name: str
    outlet: str
    author: str
    date: str
    published: str
    countries: tuple[str, ...]
    more_countries: str
    snippets: tuple[Snippet, ...]


def row_of(hit: Hit, request: SearchRequest) -> HitRow:
    """The row of a hit; its link carries the question, for the way back."""
    countries = [country_name(code, locale()) for code in hit.countries]
    more = len(countries) - HIT_COUNTRIES
    return HitRow(
        id=hit.id,
        url=article_url(hit.url, request),
        title_html=hit.title_html,
        direction=direction(hit.title, hit.language),
        language=hit.language,
        language_name=language_name(hit.language, locale()),
        outlet=hit.outlet.name if hit.outlet else "",
        author=hit.author,
        date=date_label(hit.published) if hit.published else _("No date"),
        published=hit.published or "",
        countries=tuple(countries[:HIT_COUNTRIES]),
        more_countries=_("%(count)s more") % {"count": number(more)} if more > 0 else "",
        snippets=tuple(Snippet(html, direction(html, hit.language)) for html in hit.snippets),
    )
