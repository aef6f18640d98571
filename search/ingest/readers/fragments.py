"""Pieces of HTML in feeds and tables as text, one paragraph a line."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from search.ingest.limits import MAX_PAGE_TAGS
from search.ingest.webpages.markup import pieces_of
from search.ingest.webpages.plain import plain

# No characters: a line's end, and a sign that is no tag's.
_BREAK, _LESS = "\ufdd1", "\ufdd0"
_TAG = re.compile(
    r"</?(?:p|div|br|a|b|i|em|strong|span|h[1-6]|ul|ol|li|img|figure|blockquote|table|section|article)\b[^<>]*>",
    re.IGNORECASE,
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BLOCKS = frozenset(
    ["p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote", "section", "article",
     "dt", "dd", "dl", "pre", "hr", "header", "footer", "td", "th"]
)  # fmt: skip
# What stands beside a text: pictures with their captions, programs, players, forms.
_DROPPED = frozenset(
    ["script", "style", "noscript", "template", "svg", "figure", "figcaption", "iframe", "form", "button", "object", "video",
     "audio", "nav", "aside"]
)  # fmt: skip


def looks_like_html(text: str) -> bool:
    """Whether a string has markup of a text in it."""
    return "<" in text and _TAG.search(text) is not None


def fragment_text(markup: str) -> str:
    """What a piece of HTML shows, without pictures and their captions; ``""`` for none. Beyond
    bounds its tags are cut out."""
    if "<" not in markup or markup.count("<") > MAX_PAGE_TAGS:
        return plain(markup, lines=True)
    data = f"<div>{_CONTROL.sub('', markup)}</div>".encode("utf-8", "replace")
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return plain(markup, lines=True)
    # Line ends of the source are blanks in HTML; those of blocks are told apart from them.
    text = (
        "".join(pieces_of(tree, _BLOCKS, _DROPPED, _BREAK)).replace("\r", " ").replace("\n", " ").replace(_BREAK, "\n")
    )
    return plain(text.replace("<", _LESS), lines=True).replace(_LESS, "<")
