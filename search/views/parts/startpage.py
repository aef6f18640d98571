"""The context of the start page: what the collection holds, and first searches to try in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.query.asking import question_of
from search.query.facets import Facet, date_label
from search.query.request import MAX_FACET_SIZE, SearchRequest
from search.query.results import SearchResults, search
from search.selectors import has_articles
from search.views.parts.examplewords import frequent_word, titles_to_read
from search.views.parts.facetpanel import FacetPanel, panel_of
from search.views.parts.hits import HitRow, row_of
from search.views.parts.links import results_url, words_url
from search.views.parts.searchbox import SearchBox, box_of
from search.views.parts.text import articles, number
from search.views.parts.timeline import Timeline, timeline_of

LATEST = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A search to try: what to type, and what it does."""

    query: str
    meaning: str
    url: str


@dataclass(frozen=True, slots=True)
class StartPage:
    """What `search/start.html` shows. `commands` are there when there is nothing to search: what to
    run, and why."""

    box: SearchBox
    title: str
    total: str = ""
    all_url: str = ""
    figures: tuple[str, ...] = ()
    panels: tuple[FacetPanel, ...] = ()
    timeline: Timeline | None = None
    examples: tuple[Example, ...] = ()
    latest: tuple[HitRow, ...] = ()
    commands: tuple[tuple[str, str], ...] = ()


def start_page() -> StartPage:
    """The start page, from the index itself, so that its numbers agree with every search. Raises
    IndexUnavailable."""
    request = question_of(QueryDict(f"page_size={LATEST}&facet_size={MAX_FACET_SIZE}"))
    if request is None:
        raise AssertionError("an address without values has no errors")
    results = search(request)
    if not results.total:
        return empty_page()
    # Links from here are to the default sizes.
    asked = replace(request, page_size=SearchRequest().page_size, facet_size=SearchRequest().facet_size)
    facets = {facet.name: facet for facet in results.facets}
    return StartPage(
        box=box_of(asked),
        title=_("Search news articles"),
        total=articles(results.total),
        all_url=results_url(asked),
        figures=tuple(_figures(facets)),
        panels=tuple(panel_of(facets[name], asked, MAX_FACET_SIZE) for name in ("country", "language", "outlet")),
        timeline=timeline_of(facets["date"], asked),
        examples=tuple(_examples(facets, results)),
        latest=tuple(row_of(hit, asked) for hit in results.hits),
    )


def empty_page() -> StartPage:
    """The start page when nothing can be found yet: which command to run."""
    commands: tuple[tuple[str, str], ...]
    if has_articles():
        commands = (("manage.py update_index", _("puts the articles of the database into the index")),)
    else:
        commands = (
            ("manage.py ingest FOLDER", _("reads your own articles: text pages or JSON lines")),
            ("manage.py load_fixtures", _("loads the demo collection")),
        )
    return StartPage(box=SearchBox(), title=_("Search news articles"), commands=commands)


def _figures(facets: dict[str, Facet]) -> list[str]:
    outlets, languages, countries = (
        sum(1 for value in facets[name].values if value.count) for name in ("outlet", "language", "country")
    )
    figures = [
        ngettext("%(count)s outlet", "%(count)s outlets", outlets) % {"count": number(outlets)},
        ngettext("%(count)s language", "%(count)s languages", languages) % {"count": number(languages)},
        ngettext("%(count)s country", "%(count)s countries", countries) % {"count": number(countries)},
    ]
    dated = [value.value for value in facets["date"].values if value.count]
    if dated:
        first, last = date_label(min(dated)), date_label(max(dated))
        figures.append(first if first == last else f"{first} – {last}")
    return figures


def _examples(facets: dict[str, Facet], results: SearchResults) -> list[Example]:
    examples = []
    word = frequent_word(titles_to_read())
    if word:
        examples.append(_example(word, _("a word, in any of its forms")))
    countries = [value for value in facets["country"].values if value.count]
    if len(countries) > 1:
        first, second = countries[0], countries[1]
        examples.append(
            _example(
                f"country:{first.value} -country:{second.value}",
                _("articles that mention %(first)s but not %(second)s")
                % {"first": first.label, "second": second.label},
            )
        )
    outlets = [value for value in facets["outlet"].values if value.count]
    if outlets and '"' not in outlets[0].label:
        examples.append(
            _example(f'outlet:"{outlets[0].label}"', _("everything from %(outlet)s") % {"outlet": outlets[0].label})
        )
    if facets["date"].bars:
        busiest = max(facets["date"].bars, key=lambda bar: bar.count)
        span = busiest.first if busiest.first == busiest.last else f"{busiest.first}..{busiest.last}"
        examples.append(_example(f"date:{span}", _("the busiest time")))
    return examples


def _example(query: str, meaning: str) -> Example:
    return Example(query, meaning, words_url(query))
