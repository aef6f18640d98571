"""The context of the article page."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from search.ingest.countries.names import country_name
from search.ingest.readers.cleaning import is_web_address
from search.models import Article, CountryMention
from search.query.facets import date_label
from search.query.highlight import Highlighter
from search.query.names import language_name
from search.query.request import SearchRequest
from search.selectors import StoryMember
from search.views.parts.links import facet_url, results_url
from search.views.parts.marking import Countries, Piece, paragraphs, pieces, sound_spans
from search.views.parts.storypanel import StoryPanel, story_panel
from search.views.parts.text import direction, locale, number


@dataclass(frozen=True, slots=True)
class CountryLine:
    """A country of the article: how often its text names it, and the search for it."""

    name: str
    url: str
    mentions: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A line about the article; `url` where it leads somewhere, `note` says how it is known."""

    label: str
    value: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `language` and `direction` where they are not the article's."""

    pieces: tuple[Piece, ...]
    language: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What `search/article.html` shows. `back_url` leads to the results it was reached from, at the same article."""

    title: str
    title_pieces: tuple[Piece, ...]
    title_direction: str
    paragraphs: tuple[Paragraph, ...]
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


def article_page(
    article: Article, request: SearchRequest | None, story: Sequence[StoryMember], *, may_edit: bool
) -> ArticlePage:
    """The page of a visible article; `request` is the question it was found by, None when there is none, `story` the
    members of its story."""
    mentions = [m for m in article.mentions.all() if m.status == CountryMention.Status.ACCEPTED]
    counts = Counter(mention.country for mention in mentions)
    marked = Countries(
        {code: country_name(code, locale()) for code in counts}, {code: facet_url("country", code) for code in counts}
    )
    title_mentions, body_mentions = (
        sound_spans(text, [(m.start, m.end, m.surface, m.country) for m in mentions if m.field == field])
        for text, field in ((article.title, "title"), (article.body, "body"))
    )
    highlighter = Highlighter(request.backend.tree if request else None)
    found = highlighter.spans(article.body, article.language)
    return ArticlePage(
        title=article.title,
        title_pieces=pieces(article.title, title_mentions, [], marked),
        title_direction=direction(article.title, article.language),
        paragraphs=tuple(_in_their_languages(article, paragraphs(article.body, body_mentions, found, marked))),
        direction=direction(article.body, article.language),
        language=article.language,
        outlet=article.outlet.name if article.outlet else "",
        outlet_url=facet_url("outlet", article.outlet.slug) if article.outlet else "",
        author=article.author,
        date=date_label(article.published_iso) if article.published_iso else _("No date"),
        published=article.published_iso or "",
        facts=tuple(_facts(article)),
        countries=tuple(
            CountryLine(marked.labels[code], marked.urls[code], number(count)) for code, count in counts.most_common()
        ),
        story=story_panel(story, article.pk),
        back_url=f"{results_url(request)}#a{article.pk}" if request else "",
        edit_url=_edit_url(article) if may_edit else "",
        canonical=article.get_absolute_url(),
    )


def _in_their_languages(article: Article, shown: Iterable[tuple[Piece, ...]]) -> Iterator[Paragraph]:
    """Paragraphs with the language of the passage they are in."""
    usual, at = direction(article.body, article.language), 0
    passages = deque(article.language_parts)
    for paragraph in shown:
        text = "".join(piece.text for piece in paragraph)
        at = max(article.body.find(text, at), at)
        while passages and passages[0][1] <= at:
            passages.popleft()
        language = passages[0][2] if passages and passages[0][0] <= at else ""
        at += len(text)
        own = direction(text, language) if language else usual
        yield Paragraph(paragraph, language if language != article.language else "", own if own != usual else "")


def _facts(article: Article) -> list[Fact]:
    facts = []
    if article.outlet:
        country = article.outlet.country and country_name(article.outlet.country, locale())
        facts.append(Fact(_("Outlet"), article.outlet.name, facet_url("outlet", article.outlet.slug), country))
    if article.original_outlet:
        facts.append(Fact(_("First published by"), article.original_outlet))
    if article.author:
        facts.append(Fact(_("Author"), article.author))
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
            "day": _("precise to the day"),
            "month": _("precise to the month"),
            "year": _("precise to the year"),
        }[article.published_precision],
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
