"""Pages that hold several documents: exports of databases and messengers, and pages of whole
articles one under the other."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import date

from lxml import etree
from lxml import html as lxml_html

from search.dates.reading import read_date
from search.dates.values import DateSource, PublishedDate
from search.ingest.limits import MAX_DOCUMENTS_A_PAGE
from search.ingest.webpages.authors import clean_author
from search.ingest.webpages.jsonld import read_jsonld
from search.ingest.webpages.layouts import LAYOUTS, Layout, has_name, named, names_in
from search.ingest.webpages.markup import pieces_of, text_of
from search.ingest.webpages.opengraph import Meta
from search.ingest.webpages.pruning import Size, measure
from search.ingest.webpages.record import PageRecord
from search.ingest.webpages.sites import key
from search.ingest.webpages.titles import window_title

_BLOCKS = frozenset(
    ["p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote", "section", "article",
     "dt", "dd", "pre", "hr", "header", "footer", "td", "th", "text", "leadpara", "headline"]
)  # fmt: skip
_HIDDEN = frozenset(["script", "style", "noscript", "template", "svg", "button", "form"])
_TITLE_CHARS = 100
_SENTENCE = re.compile(r"(?<=[.!?…。！？؟।])\s")
# After the date of a database's document: its page and length.
_PAGE_NUMBER = re.compile(
    r"[-–—,;•|] ?(?:pp?|pages?|s|seiten?|pág|pag)\b\.? ?[\w-]{1,12}|(?<!\d)\d{1,6} (?:mots|words)\b", re.IGNORECASE
)
# Whole articles of a page: none of these in their class, and so much prose.
_NO_ARTICLE = re.compile(
    r"comment|repl(?:y|ies)|\blive|ticker|update|teaser|preview|excerpt|\bcard|related|promo|summary|tweet|embed",
    re.IGNORECASE,
)
_LIVE = re.compile(
    r"\blive\b|liveblog|live-blog|ticker|en direct|en vivo|ao vivo|minuto a minuto|онлайн|مباشر|canlı", re.IGNORECASE
)
_MIN_PROSE = 250
_MIN_PROSE_UNDER_HEADING = 600
_MIN_HEADING = 8
_HEADINGS = ("h1", "h2", "h3")
_CUT = ("…", "...", "[…]", "[...]")


def exported_documents(tree: etree._Element, *, today: date | None = None) -> tuple[PageRecord, ...]:
    """The documents of an export, in order; empty for any other page."""
    names = names_in(tree)
    for layout in LAYOUTS:
        if names.isdisjoint(layout.document) or names.isdisjoint(layout.proof):
            continue
        found = tuple(_documents(tree, layout, today))
        if len(found) > 1 or (found and layout.name in ("Europresse", "Telegram")):
            return found
    return ()


def _documents(tree: etree._Element, layout: Layout, today: date | None) -> Iterator[PageRecord]:
    outlet = _line(tree, layout.page_outlet)
    author = ""
    elements = (each for each in tree.iter() if any(has_name(each, name) for name in layout.document))
    inside: set[etree._Element] = set()
    for element in elements:
        if any(each in inside for each in element.iterancestors()):
            continue
        inside.add(element)
        if next(named(element, layout.proof), None) is None:
            continue
        text = _lines(element, layout)
        title = _line(element, layout.title)
        author = _line(element, layout.author) or (author if "joined" in (element.get("class") or "").split() else "")
        if not text and not title:
            continue
        if not title:
            title = _first_words(text)
        lines = [line for line in text if key(line) != key(title)] or text
        by = clean_author(author)
        name = _line(element, layout.outlet) or outlet
        yield PageRecord(
            title=title,
            text="\n".join(lines),
            authors=(by,) if by and key(by) != key(name) else (),
            published=_published(element, layout, today),
            outlet=name or None,
        )


def _first_words(lines: list[str]) -> str:
    """A message has no title: its first line or sentence is, as far as a title goes."""
    first = _SENTENCE.split(lines[0], maxsplit=1)[0] if len(lines[0]) > _TITLE_CHARS else lines[0]
    if len(first) <= _TITLE_CHARS:
        return first
    return first[:_TITLE_CHARS].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def _line(element: etree._Element, names: tuple[str, ...]) -> str:
    return next((text for each in named(element, names) if (text := text_of(each))), "") if names else ""


def _lines(element: etree._Element, layout: Layout) -> list[str]:
    places = list(named(element, layout.text)) or ([element] if layout.name == "blocks" else [])
    lines: list[str] = []
    for place in places:
        if any(above in places for above in place.iterancestors()):
            continue
        whole = "".join(pieces_of(place, _BLOCKS, _HIDDEN, "\ufdd1")).replace("\n", " ").replace("\u00ad", "")
        lines += [line for each in whole.split("\ufdd1") if (line := " ".join(each.split()))]
    return lines


def _published(element: etree._Element, layout: Layout, today: date | None) -> PublishedDate:
    for each in named(element, layout.published):
        for raw in (each.get(layout.dated_by) or "" if layout.dated_by else "", text_of(each)):
            found = (
                read_date(_PAGE_NUMBER.split(raw, maxsplit=1)[0], source=DateSource.STATED, today=today)
                if raw
                else PublishedDate()
            )
            if found.day is not None:
                return found
    return PublishedDate()


def whole_articles(tree: etree._Element) -> list[etree._Element]:
    """The articles of a page that holds several whole ones, each as a page of its own; empty for a
    page of one.

    An article's own page, a list of teasers, a live blog and comments are none: what the page calls
    itself names one of the articles, or they are short, or marked as parts.
    """
    tops = [
        each
        for each in tree.iter("article")
        if not any(above.tag in ("article", "aside", "nav", "footer") for above in each.iterancestors())
    ]
    if not 2 <= len(tops) <= MAX_DOCUMENTS_A_PAGE:
        return []
    sizes = measure(tree)
    whole = [(each, heading) for each in tops if (heading := _heading(each)) and _is_whole(each, sizes[each], heading)]
    if len({key(heading) for _, heading in whole}) < 2 or len({key(heading) for _, heading in whole}) < len(whole):
        return []
    if 2 * sum(sizes[each].prose for each, _ in whole) < sizes[tree].prose or _is_of_one(
        tree, sizes, tops, [each[1] for each in whole]
    ):
        return []
    site = Meta(tree).first("og:site_name")
    return [_page_of(each, heading, site, tree) for each, heading in whole]


def _heading(article: etree._Element) -> str:
    for tag in _HEADINGS:
        heading = article.find(f".//{tag}")
        if heading is not None and len(text := text_of(heading)) >= _MIN_HEADING:
            return text
    return ""


def _is_whole(article: etree._Element, size: Size, heading: str) -> bool:
    if size.prose < _MIN_PROSE or 3 * size.linked > size.text:
        return False
    names = f"{article.get('class') or ''} {article.get('id') or ''}"[:400]
    if _NO_ARTICLE.search(names):
        return False
    return not text_of(article).endswith(_CUT)


def _is_of_one(
    tree: etree._Element, sizes: dict[etree._Element, Size], tops: list[etree._Element], headings: list[str]
) -> bool:
    """Whether the page is that of one article, or of one event told in parts."""
    window = key(window_title(tree))
    meta = Meta(tree)
    if any(key(each) in window for each in headings) or any(
        key(each) == key(meta.first("og:title")) for each in headings
    ):
        return True
    if (
        meta.first("og:type").lower() == "article"
        or meta.first("article:published_time")
        or _LIVE.search(window_title(tree))
    ):
        return True
    if len([each for each in read_jsonld(tree) if each.rank < 2]) == 1:
        return True
    outside = [
        each
        for each in tree.iter("h1")
        if len(text_of(each)) >= _MIN_HEADING and not any(above in tops for above in each.iterancestors())
    ]
    return any(key(text_of(each)) in window or _LIVE.search(text_of(each)) for each in outside) and any(
        sizes[each].prose < _MIN_PROSE_UNDER_HEADING for each in tops
    )


def _page_of(article: etree._Element, heading: str, site: str, tree: etree._Element) -> etree._Element:
    page = lxml_html.document_fromstring("<html><head><title></title></head><body></body></html>")
    root = tree.getroottree().getroot()
    if root.get("lang"):
        page.set("lang", root.get("lang"))
    page.find("./head/title").text = heading
    if site:
        etree.SubElement(page.find("./head"), "meta", {"property": "og:site_name", "content": site})
    inner = copy.deepcopy(article)
    inner.tail = None
    page.find("./body").append(inner)
    return page
