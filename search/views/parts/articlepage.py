"""The context of the article page."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from search.bounds import MAX_AUTHOR_CHARACTERS, MAX_TITLE_CHARACTERS
from search.cleaning import is_web_address
from search.countries.names import country_name
from search.dates.values import Precision
from search.languages.tags import language_name
from search.longtext import TextPart
from search.models import Article, mention_anchor
from search.query.facets import date_label
from search.query.highlight import Highlighter
from search.query.results import clipped
from search.selectors import CountryCount, StoryPart
from search.views.parts.articleplace import ArticlePlace, at_part, place_url
from search.views.parts.links import facet_url, results_url
from search.views.parts.marking import Countries, Passage, Piece, Span, paragraphs, pieces, sound_spans
from search.views.parts.pager import Pager, pager_between
from search.views.parts.searchbox import SearchBox
from search.views.parts.storypanel import StoryPanel, story_panel
from search.views.parts.text import direction, locale, number

#: Places of the words sought, and mentions of countries, that are marked on a page.
MOST_MARKS = MOST_MENTIONS = 1_000
#: Countries that are named at once; the others are a click away.
SHOWN_COUNTRIES = 30
#: Start, end, surface and country of a mention.
Mentioned = tuple[int | None, int | None, str, str]


@dataclass(frozen=True, slots=True)
class CountryLine:
    """A country of the article: how often it names it, the search for it, and where the text does
    first, if it does."""

    name: str
    url: str
    mentions: str
    first_url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line about the article; `url` where it leads somewhere, `note` says how it is known."""

    label: str
    value: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph, or several as `lines`; `language` and `direction` where they are not the
    article's."""

    pieces: tuple[Piece, ...]
    language: str = ""
    direction: str = ""
    lines: bool = False


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What `search/article.html` shows. `back_url` leads to the results it was reached from, at the
    same article.

    `part` says which part of a long text this is, `notices` what of it is not marked;
    `more_countries` are behind `more_countries_label`, `box` is the empty form of the header.
    """

    title: str
    title_pieces: tuple[Piece, ...]
    title_direction: str
    paragraphs: tuple[MarkedParagraph, ...]
    direction: str
    language: str
    outlet: str
    outlet_url: str
    author: str
    date: str
    published: str
    facts: tuple[Fact, ...]
    countries: tuple[CountryLine, ...]
    story: StoryPanel | None
    back_url: str
    edit_url: str
    canonical: str
    part: str = ""
    pager: Pager | None = None
    notices: tuple[str, ...] = ()
    more_countries: tuple[CountryLine, ...] = ()
    more_countries_label: str = ""
    box: SearchBox = field(default_factory=SearchBox)


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article with what its page shows of it: a part of its text, its countries, their places in
    the title and in the stretch that was read for the part (start, end, surface, country), and
    versions of its story."""

    article: Article
    part: TextPart
    countries: Sequence[CountryCount]
    title_mentions: Sequence[Mentioned]
    body_mentions: Sequence[Mentioned]
    story: StoryPart | None


def article_page(shown: ShownArticle, place: ArticlePlace, *, may_edit: bool) -> ArticlePage:
    """The page of a visible article at a place; what it costs depends on what is shown, not on how
    long the article is."""
    article, part, request = shown.article, shown.part, place.question
    title, address = clipped(article.title, MAX_TITLE_CHARACTERS), article.get_absolute_url()
    here = replace(place, part=part.number, at=None)
    codes = [each.code for each in shown.countries]
    marked = Countries(
        {code: country_name(code, locale()) for code in codes}, {code: facet_url("country", code) for code in codes}
    )
    mentions = _mentions(part, shown.body_mentions)
    highlighter = Highlighter(request.backend.tree if request else None)
    found = [
        span for each in highlighter.spans_within(part.context, article.language, cut_before=part.origin > 0)
        if (span := part.clipped(*each))
    ]  # fmt: skip
    usual = direction(part.text, article.language)
    lines = [_country_line(each, marked, here, address, part) for each in shown.countries]
    return ArticlePage(
        title=title,
        title_pieces=pieces(
            title,
            sound_spans(title, shown.title_mentions)[:MOST_MENTIONS],
            highlighter.title_spans(title, article.language),
            marked,
        ),
        title_direction=direction(title, article.language),
        paragraphs=tuple(
            _in_their_languages(
                article, part.start, usual, paragraphs(part.text, mentions[:MOST_MENTIONS], found[:MOST_MARKS], marked)
            )
        ),
        direction=usual,
        language=article.language,
        outlet=article.outlet.name if article.outlet else "",
        outlet_url=facet_url("outlet", article.outlet.slug) if article.outlet else "",
        author=clipped(article.author, MAX_AUTHOR_CHARACTERS),
        date=date_label(article.published_iso) if article.published_iso else _("No date"),
        published=article.published_iso or "",
        facts=tuple(_facts(article)),
        countries=tuple(lines[:SHOWN_COUNTRIES]),
        story=story_panel(
            shown.story,
            article.pk,
            place.versions,
            lambda page: f"{place_url(address, replace(here, versions=page))}#versions",
        ),
        back_url=f"{results_url(request)}#a{article.pk}" if request else "",
        edit_url=_edit_url(article) if may_edit else "",
        canonical=place_url(address, ArticlePlace(part.number)),
        part=_part_label(part),
        pager=pager_between(part.number, part.count, lambda number: place_url(address, at_part(place, number))),
        notices=tuple(_notices(len(mentions), len(found))),
        more_countries=tuple(lines[SHOWN_COUNTRIES:]),
        more_countries_label=_("and %(count)s more") % {"count": number(max(0, len(lines) - SHOWN_COUNTRIES))},
    )


def _mentions(part: TextPart, rows: Sequence[Mentioned]) -> list[Span]:
    """The mentions that are where they say, as spans of the part's own text."""
    in_context = [
        (start - part.origin, end - part.origin, surface, country)
        for start, end, surface, country in rows
        if start is not None and end is not None and start >= part.origin
    ]
    return [
        Span(*within, span.country)
        for span in sound_spans(part.context, in_context)
        if (within := part.clipped(span.start, span.end))
    ]


def _part_label(part: TextPart) -> str:
    if part.count == 1:
        return ""
    return _("Part %(number)s of %(count)s") % {"number": number(part.number), "count": number(part.count)}


def _notices(mentions: int, found: int) -> Iterator[str]:
    """What is not marked, because a page can hold only so many marks."""
    if found > MOST_MARKS:
        yield _(
            "The words sought are marked at the first %(count)s places here, and at %(more)s more they are not."
        ) % {
            "count": number(MOST_MARKS),
            "more": number(found - MOST_MARKS),
        }
    if mentions > MOST_MENTIONS:
        yield _("The first %(count)s mentions of countries here are marked, and %(more)s more are not.") % {
            "count": number(MOST_MENTIONS),
            "more": number(mentions - MOST_MENTIONS),
        }


def _country_line(
    each: CountryCount, marked: Countries, here: ArticlePlace, address: str, part: TextPart
) -> CountryLine:
    count = number(each.count)
    first = ""
    if each.first is not None:
        # Where the part begins that holds a place is only looked up for the place that is asked for.
        page = "" if part.count == 1 else place_url(address, replace(here, part=0, at=each.first, versions=1))
        first = f"{page}#{mention_anchor(each.code)}"
    return CountryLine(
        marked.labels[each.code],
        marked.urls[each.code],
        _("over %(count)s") % {"count": count} if each.more else count,
        first,
    )


def _in_their_languages(
    article: Article, start: int, usual: str, shown: Iterable[Passage]
) -> Iterator[MarkedParagraph]:
    """Paragraphs of a text that begins at a place of the body, with the language of the passage
    they are in."""
    passages = deque(article.language_parts)
    for paragraph in shown:
        at = start + paragraph.start
        while passages and passages[0][1] <= at:
            passages.popleft()
        language = passages[0][2] if passages and passages[0][0] <= at else ""
        own = usual
        if language:
            own = direction("".join(piece.text for piece in paragraph.pieces), language)
        yield MarkedParagraph(
            paragraph.pieces,
            language if language != article.language else "",
            own if own != usual else "",
            paragraph.lines,
        )


def _facts(article: Article) -> list[Fact]:
    facts = []
    if article.outlet:
        country = article.outlet.country and country_name(article.outlet.country, locale())
        facts.append(Fact(_("Outlet"), article.outlet.name, facet_url("outlet", article.outlet.slug), country))
    if article.original_outlet:
        facts.append(Fact(_("First published by"), article.original_outlet))
    if article.author:
        facts.append(Fact(_("Author"), clipped(article.author, MAX_AUTHOR_CHARACTERS)))
    facts.append(_date_fact(article))
    if article.language:
        name = language_name(article.language, locale())
        facts.append(Fact(_("Language"), name, facet_url("language", article.language), _language_note(article)))
    if article.source_document:
        facts.append(Fact(_("Source file"), article.source_document.name, note=_lines(article)))
    if article.url:
        # What an ingested file calls an address may be anything; only those of the web become links.
        facts.append(Fact(_("Original"), article.url, article.url if is_web_address(article.url) else ""))
    return facts


def _date_fact(article: Article) -> Fact:
    if article.published_iso is None:
        return Fact(_("Date"), _("No date"))
    notes = [
        {
            Precision.DAY: _("precise to the day"),
            Precision.MONTH: _("precise to the month"),
            Precision.YEAR: _("precise to the year"),
        }[Precision(article.published_precision)],
        _("from: %(source)s") % {"source": article.get_published_source_display()},
    ]
    if article.published_raw:
        # Isolated, or the numbers of a date change places after Arabic letters.
        raw = article.published_raw
        # A date in digits has no direction of its own; on an Arabic page it would read backwards.
        isolate = "\u2068" if any(map(str.isalpha, raw)) else "\u2066"
        notes.append(_("written “%(date)s”") % {"date": f"{isolate}{raw}\u2069"})
    if article.published_in_future:
        notes.append(_("ahead of the day it was taken in"))
    return Fact(_("Date"), date_label(article.published_iso), note=" · ".join(notes))


def _language_note(article: Article) -> str:
    if article.language_confidence is None:
        return _("as stated")
    return _("detected, %(percent)s%% sure") % {"percent": number(round(article.language_confidence * 100))}


def _lines(article: Article) -> str:
    if article.first_line is None:
        return ""
    if article.last_line in (None, article.first_line):
        return _("line %(line)s") % {"line": number(article.first_line)}
    return _("lines %(first)s–%(last)s") % {
        "first": number(article.first_line),
        "last": number(article.last_line or article.first_line),
    }


def _edit_url(article: Article) -> str:
    try:
        return reverse("admin:search_article_change", args=[article.pk])
    except NoReverseMatch:
        return ""
