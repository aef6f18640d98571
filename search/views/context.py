"""The context of the results page, whatever became of the question: answered, wrong, or asked of a
missing index."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from search.query.asking import total_of
from search.query.filters import SearchFilterSet
from search.query.querystring import encode
from search.query.request import SearchRequest
from search.query.results import SearchResults
from search.views.parts.chips import Chip, chips_of, without_filters
from search.views.parts.downloads import Download, downloads_of
from search.views.parts.facetpanel import FacetPanel, panel_of
from search.views.parts.hits import HitRow, row_of
from search.views.parts.links import results_url, too_long
from search.views.parts.pager import Pager, SortLink, pager_of, sorts_of
from search.views.parts.searchbox import FieldProblem, SearchBox, box_as_typed, box_of, problems_of
from search.views.parts.text import articles, number
from search.views.parts.timeline import Timeline, timeline_of

#: Filters whose removal is tried when nothing was found; each costs a search.
TRIED_REMOVALS = 6
#: The order of the facets beside the hits.
PANELS = ("country", "outlet", "language")


@dataclass(frozen=True, slots=True)
class WayOut:
    """A way out of no or few hits: a change to the question, and the articles it gives."""

    label: str
    url: str
    found: str


@dataclass(frozen=True, slots=True)
class ReadingLink:
    """A link to the same question read in the other way, and what is said before it."""

    said: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """What `search/results.html` shows.

    `title` is for the window, `heading` (the query, or what all articles are called) and `count`
    make the heading, `status` is announced. `problems` or `index_unavailable_page` (with what to
    do) stand instead of hits, never beside any.
    """

    box: SearchBox
    title: str
    heading: str
    count: str
    status: str
    canonical: str
    notices: tuple[str, ...] = ()
    reading: ReadingLink | None = None
    problems: tuple[FieldProblem, ...] = ()
    unavailable: str = ""
    chips: tuple[Chip, ...] = ()
    clear_url: str = ""
    filters_label: str = ""
    sorts: tuple[SortLink, ...] = ()
    panels: tuple[FacetPanel, ...] = ()
    timeline: Timeline | None = None
    hits: tuple[HitRow, ...] = ()
    pager: Pager | None = None
    downloads: tuple[Download, ...] = ()
    nothing_found: bool = False
    suggestion: WayOut | None = None
    ways_out: tuple[WayOut, ...] = ()


def results_page(results: SearchResults) -> ResultsPage:
    """The page of an answer. Raises IndexUnavailable when the index goes away meanwhile."""
    request = results.request
    chips = chips_of(request, results.facets)
    count = articles(results.total)
    heading = request.q.strip() or (_("Filtered articles") if chips else _("All articles"))
    facets = {facet.name: facet for facet in results.facets}
    return ResultsPage(
        box=box_of(request),
        title=f"{heading} · {count}",
        heading=heading,
        count=count,
        status=_status(results),
        canonical="" if too_long(request) else reverse("search:results") + encode(request),
        notices=results.notices,
        reading=_reading_link(request),
        chips=chips,
        clear_url=results_url(without_filters(request)),
        filters_label=_("Filters (%(count)s)") % {"count": number(len(chips))} if chips else _("Filters"),
        sorts=sorts_of(request),
        panels=tuple(
            panel
            for name in PANELS
            if (panel := panel_of(facets[name], request, request.facet_size)).shown or panel.missing
        ),
        timeline=timeline_of(facets["date"], request),
        hits=tuple(row_of(hit, request) for hit in results.hits),
        pager=pager_of(results) if results.total else None,
        downloads=downloads_of(request) if results.total else (),
        nothing_found=results.total == 0,
        suggestion=_suggestion(results),
        ways_out=_ways_out(request, chips) if results.total == 0 else (),
    )


def _reading_link(request: SearchRequest) -> ReadingLink | None:
    """To the letter where the question was read otherwise, and back where it was asked so."""
    if request.letter:
        url = results_url(replace(request, page=1, letter=False))
        return ReadingLink(_("The words were read to the letter."), _("Read them as people write"), url)
    if request.otherwise:
        url = results_url(replace(request, page=1, letter=True))
        return ReadingLink("", _("Search to the letter instead"), url)
    return None


def bad_question_page(form: SearchFilterSet, parameters: QueryDict) -> ResultsPage:
    """The page of an address that cannot be answered: messages at the fields, everything typed
    kept, no hits."""
    heading = _("This search cannot be answered")
    return ResultsPage(
        box=box_as_typed(parameters, form.errors, list(form.filters)),
        title=heading,
        heading=heading,
        count="",
        status=_("Nothing was searched. See the messages."),
        canonical=reverse("search:results"),
        problems=problems_of(parameters, form.errors),
        clear_url=f"{reverse('search:results')}?q=",
    )


def index_unavailable_page(request: SearchRequest, message: str) -> ResultsPage:
    """The page of a question that the index cannot answer now; `message` names the remedy."""
    heading = _("The index cannot answer")
    return ResultsPage(
        box=box_of(request),
        title=heading,
        heading=heading,
        count="",
        status=_("Nothing was searched."),
        canonical=reverse("search:results") + encode(request),
        unavailable=message,
    )


def _status(results: SearchResults) -> str:
    if results.hits:
        return _("Showing %(first)s–%(last)s of %(total)s") % {
            "first": number(results.first),
            "last": number(results.last),
            "total": number(results.total),
        }
    return _("No articles on this page") if results.total else _("No articles found")


def _suggestion(results: SearchResults) -> WayOut | None:
    found = results.suggestion
    if found is None:
        return None
    corrected = replace(results.request, page=1, q=found.q)
    label = _("Did you mean “%(query)s”?") % {"query": found.q}
    return WayOut(label, results_url(corrected), articles(found.total))


def _ways_out(request: SearchRequest, chips: tuple[Chip, ...]) -> tuple[WayOut, ...]:
    changes = [(chip.remove_label, chip.without) for chip in chips[:TRIED_REMOVALS]]
    if request.match == "all" and len(request.q.split()) > 1:
        changes.append((_("Search for any of the words"), replace(request, page=1, match="any")))
    found = [(label, changed, total_of(changed)) for label, changed in changes]
    return tuple(WayOut(label, results_url(changed), articles(count)) for label, changed, count in found if count)
