"""Taking out of a page what stands in its article but is no part of its text: embeds, captions,
teasers, appeals."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from lxml import etree

# Words of class and id names, whole between hyphens, underscores and capitals.
_BOILERPLATE_TABLE = """
    advert advertisement advertisements ads adslot banner sponsor sponsored promo promotion promotions outbrain taboola
    related relateds recommend recommended recommendation recommendations recirc recirculation teaser teasers readmore
    alsoread seealso morefrom mostread popular trending newsletter newsletters subscribe subscription signup paywall piano
    regwall login share sharing social socials follow comments disqus caption captions figcaption credit credits copyright
    imagecaption biography bio authorbox tags breadcrumb breadcrumbs topics keywords toolbar tooltip cookie consent
    tweet embed infobox factbox poll quiz correction donate donation donations
    sidebar inread player gallery slideshow carousel transcript dateline timestamp byline bylines
"""
_BOILERPLATE = frozenset(_BOILERPLATE_TABLE.split())
# "Teaser" names the block of another article, or this article's own introduction, which links to nothing.
_BOILERPLATE_WITH_LINKS = frozenset(["teaser", "teasers"])
_PHRASES = re.compile(
    r"read[-_]?(?:more|also|next)|see[-_]?also|also[-_]?read|more[-_](?:from|on|stories|news|articles)|most[-_](?:read|viewed)"
    r"|sign[-_]?up|call[-_]to[-_]action|author[-_]?(?:bio|box|card|info|description|details)|article[-_]?(?:author|byline|tags"
    r"|footer|date|meta)|(?:image|photo|media|video|picture|img|foto|bild)[-_]{0,2}(?:caption|credit|copyright|description|text"
    r"|info|meta|title)|twitter-tweet|instagram-media|tiktok-embed|fb-post|bluesky-embed|telegram-post|wp-caption|pull-?quote"
    r"|external[-_]?content|social[-_]?(?:media|embed)|lesen[-_]?sie|mehr[-_]?zum|lire[-_]?aussi|leggi[-_]?anche|lee[-_]?tambien",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_EMBEDS = frozenset(["figcaption", "dialog", "nav", "footer", "form", "button", "iframe", "audio", "video", "object"])
_DOUBTFUL = frozenset(["aside", "figure"])
_KEPT = frozenset(["html", "head", "body", "main", "article"])
_LINK_BLOCKS = frozenset(["p", "li", "ul", "ol", "h2", "h3", "h4", "h5", "h6", "div", "section"])
# What holds more of the page's prose than this is the article itself, whatever its class.
_MAX_SHARE = 0.25
_ALL_LINK = 0.9
_LIST_LINK = 0.5
_MAX_CONSENT = 0.7
_CONSENT = re.compile(r"cookie|consent|gdpr|onetrust|didomi|usercentrics|\bcmp\b", re.IGNORECASE)
_MIN_PROSE = 60
_MAX_NAMES = 400
_MIN_LINK_CHARS = 8


@dataclass(frozen=True, slots=True)
class Size:
    """Characters in an element: all, inside links, in prose (paragraphs and other long runs outside
    links)."""

    text: int = 0
    linked: int = 0
    prose: int = 0


_NOTHING = Size()


def measure(tree: etree._Element) -> dict[etree._Element, Size]:
    """The size of every element, in one walk."""
    sizes: dict[etree._Element, Size] = {}
    for _, element in etree.iterwalk(tree, events=("end",)):
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "noscript", "template"):
            sizes[element] = Size()
            continue
        text = _length(element.text)
        linked, prose = 0, _prose(text)
        for child in element:
            inner = sizes.get(child, _NOTHING)
            tail = _length(child.tail)
            text += inner.text + tail
            linked += inner.linked
            prose += inner.prose + _prose(tail)
        if element.tag == "a":
            linked, prose = text, 0
        elif element.tag == "p" and 2 * linked < text:
            prose = text
        sizes[element] = Size(text, linked, prose)
    return sizes


def _prose(length: int) -> int:
    return length if length >= _MIN_PROSE else 0


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0


def prune(tree: etree._Element) -> None:
    """Remove from the tree what is no part of the article's text. Text after a removed element
    stays."""
    sizes = measure(tree)
    total = max(1, sizes[tree].prose)
    _rename_main_asides(tree, sizes, total)
    total = max(1, total - _remove_consent(tree, sizes, total))
    doomed: list[etree._Element] = []
    # Paragraphs that share a class share a fate: "paywall" on each of thirty is the article, not an appeal.
    alike: Counter[str] = Counter()
    for element in tree.iter():
        if element.getparent() is None or element.tag in _KEPT or not isinstance(element.tag, str):
            continue
        size = sizes[element]
        if size.text and _is_boilerplate(element, size, total):
            doomed.append(element)
            if element.tag == "p":
                alike[element.get("class") or ""] += size.prose
    for element in doomed:
        if element.tag != "p" or alike[element.get("class") or ""] <= _MAX_SHARE * total:
            _remove(element)


def clear(tree: etree._Element) -> None:
    """Remove from the tree only what asks for consent, and take an article's aside for the part it
    is."""
    sizes = measure(tree)
    total = max(1, sizes[tree].prose)
    _rename_main_asides(tree, sizes, total)
    _remove_consent(tree, sizes, total)


def _rename_main_asides(tree: etree._Element, sizes: dict[etree._Element, Size], total: int) -> None:
    """An aside that holds the headline and much of the prose, or says that it is the main part, is
    the article's."""
    for element in list(tree.iter("aside")):
        holds = element.find(".//h1") is not None and sizes[element].prose > _MAX_SHARE * total
        if holds or (element.get("role") or "").lower() == "main":
            element.tag = "div"


def _remove_consent(tree: etree._Element, sizes: dict[etree._Element, Size], total: int) -> int:
    """Take what asks for consent out, however much of the prose it is; how much it was."""
    removed = 0
    for element in list(tree.iter("div", "section", "aside", "dialog", "form")):
        names = f"{(element.get('class') or '')[:_MAX_NAMES]} {(element.get('id') or '')[:_MAX_NAMES]}"
        if _CONSENT.search(names) and sizes[element].prose < _MAX_CONSENT * total and element.find(".//h1") is None:
            if any(above.tag == "removed" for above in element.iterancestors()):
                continue
            removed += sizes[element].prose
            _remove(element)
            element.tag = "removed"
    return removed


def _is_boilerplate(element: etree._Element, size: Size, total: int) -> bool:
    if size.prose > _MAX_SHARE * total:
        return False
    if element.tag in _EMBEDS or element.tag in _DOUBTFUL or _has_name_of_boilerplate(element, linked=size.linked > 0):
        return True
    if size.linked < _MIN_LINK_CHARS or element.tag not in _LINK_BLOCKS or element.find(".//h1") is not None:
        return False
    return size.linked >= _ALL_LINK * size.text or _is_link_list(element, size)


def _is_link_list(element: etree._Element, size: Size) -> bool:
    """Whether a list is of links with labels before them: "Interview: a linked headline"."""
    if element.tag not in ("ul", "ol") or size.linked < _LIST_LINK * size.text:
        return False
    items = element.findall("li")
    return len(items) >= 2 and all(item.find(".//a") is not None for item in items)


def _has_name_of_boilerplate(element: etree._Element, *, linked: bool) -> bool:
    names = f"{(element.get('class') or '')[:_MAX_NAMES]} {(element.get('id') or '')[:_MAX_NAMES]}"
    if len(names) < 3:
        return False
    if _PHRASES.search(names):
        return True
    words = {word.lower() for word in _WORD.findall(names)}
    return not words.isdisjoint(_BOILERPLATE) or (linked and not words.isdisjoint(_BOILERPLATE_WITH_LINKS))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + " " + element.tail
        else:
            parent.text = (parent.text or "") + " " + element.tail
    parent.remove(element)
