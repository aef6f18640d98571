"""Whether a page is an article at all: what asks for a captcha, was not found, or lists others is
none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from search.exceptions import ReadError
from search.ingest.limits import MAX_KIND_ELEMENTS
from search.ingest.webpages.jsonld import StatedArticle
from search.ingest.webpages.kind_words import BODIES, MARKS, TITLES, Kind
from search.ingest.webpages.markup import text_of
from search.ingest.webpages.opengraph import Meta
from search.ingest.webpages.pruning import Size
from search.ingest.webpages.sites import Site, key

_PARTS = re.compile(r"(?<!\s)\s++[-–—|·•:»/]\s|[|｜]")
#: What such a page calls itself is short; titles and headings have single spaces.
MAX_NAME_CHARS = 200
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
#: Text of a page that asks for something or tells that something is missing is short; more is an article about it.
_MAX_TEXT: Mapping[Kind, int] = {
    Kind.CHALLENGE: 2_500,
    Kind.NOT_FOUND: 2_500,
    Kind.LOGIN: 1_500,
    Kind.CONSENT: 4_000,
}
_REASONS: Mapping[Kind, str] = {
    Kind.CHALLENGE: "a page that asks whether a person is there (captcha, challenge, access denied), no article",
    Kind.NOT_FOUND: "a page that says that something is missing or out of order, no article",
    Kind.LOGIN: "a page to log in or register, no article",
    Kind.CONSENT: "a page that asks for consent to cookies, no article",
}
_FRONT = "a front page or a list of articles, no article of its own"
_CONSENT_NAME = re.compile(r"consent|cookie|gdpr|privacy|onetrust|didomi|usercentrics|\bcmp\b|\bqc-cmp", re.IGNORECASE)
_MIN_OWN_PROSE = 300
_MIN_TEASERS = 6
_MIN_TEASER_CHARS = 25
_LINKED = 0.6
#: Of a list: prose outside links, for each teaser. A teaser's own lines are as long.
_PROSE_A_TEASER = 220
_HEADS = frozenset(["h2", "h3", "h4"])


class NotAnArticle(ReadError):
    """A page that was read and is no article; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What tells of a page's kind: its window's title, its first headings, and its elements'
    sizes."""

    tree: etree._Element
    sizes: Mapping[etree._Element, Size]
    window: str
    headings: Sequence[str]

    @property
    def size(self) -> Size:
        """Of the whole page."""
        return self.sizes.get(self.tree, Size())


def why_no_article(
    shown: Shown, articles: Iterable[StatedArticle], meta: Meta, site: Site, address: str | None
) -> str | None:
    """The reason why a page is no article, ``None`` for one that may be. In doubt it is one.

    A page that states an article, or the day of its publication, is one whatever it looks like.
    """
    if any(each.rank < 2 and (each.published or each.body) for each in articles):
        return None
    if meta.first("article:published_time", "og:article:published_time") or _is_article_type(meta):
        return None
    kind = _kind(shown, meta)
    if kind is not None:
        return _REASONS[kind]
    return _FRONT if _is_list(shown, site, address) else None


def _is_article_type(meta: Meta) -> bool:
    return meta.first("og:type").lower() in ("article", "news", "blog_post", "newsarticle")


def _kind(shown: Shown, meta: Meta) -> Kind | None:
    text = shown.size.text
    if not text:
        return None
    names = {
        clean
        for title in (shown.window, *shown.headings[:2], meta.first("og:title"))
        for part in (title, *_PARTS.split(title))
        if len(part) <= MAX_NAME_CHARS and (clean := _EDGES.sub("", part).casefold())
    }
    for kind, pattern in TITLES.items():
        if text <= _MAX_TEXT[kind] and any(pattern.fullmatch(name) for name in names):
            return kind
    if text > max(_MAX_TEXT.values()):
        return None
    whole = text_of(shown.tree)[: max(_MAX_TEXT.values()) + 1_000]
    for kind, body in BODIES.items():
        if kind is Kind.CONSENT and shown.size.prose - _prose_of_consent(shown) >= _MIN_OWN_PROSE:
            continue  # beside an article
        if text <= _MAX_TEXT[kind] and len({match[0].casefold() for match in body.finditer(whole)}) >= 2:
            return kind
    if text <= _MAX_TEXT[Kind.CHALLENGE] // 2 and shown.size.prose < 400 and _is_marked(shown.tree):
        return Kind.CHALLENGE
    if text <= _MAX_TEXT[Kind.LOGIN] and shown.size.prose < 200 and _asks_for_password(shown.tree):
        return Kind.LOGIN
    return None


def _prose_of_consent(shown: Shown) -> int:
    """How much of a page's prose stands in blocks that are named after consent or cookies."""
    prose, inside = 0, set[etree._Element]()
    for element in shown.tree.iter():
        if element.getparent() in inside:
            inside.add(element)
        elif isinstance(element.tag, str) and _CONSENT_NAME.search(
            f"{element.get('class') or ''} {element.get('id') or ''}"[:400]
        ):
            inside.add(element)
            prose += shown.sizes.get(element, Size()).prose
    return prose


def _is_marked(tree: etree._Element) -> bool:
    """Whether a program is in the page that keeps robots out, and the page is nothing else."""
    return any(
        MARKS.search((script.get("src") or "")[:500]) or MARKS.search((script.text or "")[:2_000])
        for script in tree.iter("script", "iframe")
    )


def _asks_for_password(tree: etree._Element) -> bool:
    return any((each.get("type") or "").lower() == "password" for each in tree.iter("input"))


def _is_list(shown: Shown, site: Site, address: str | None) -> bool:
    """Whether a page is links to articles and little else: teasers with headings that lead to them,
    and no headline of its own."""
    size = shown.size
    if not size.text:
        return False
    teasers = _teasers(shown)
    if len(teasers) < _MIN_TEASERS:
        return False
    root = address is not None and not urlsplit(address).path.strip("/") and not urlsplit(address).query
    if root:
        return _longest_run(shown) < 3
    own = next((each for each in shown.headings if len(each) >= _MIN_TEASER_CHARS and not site.is_named(each)), None)
    if own is not None and key(own) not in teasers:
        return False
    return size.linked >= _LINKED * size.text and size.prose <= _PROSE_A_TEASER * len(teasers)


def _teasers(shown: Shown) -> set[str]:
    """Headings that are links, folded."""
    found: set[str] = set()
    for count, element in enumerate(shown.tree.iter("h1", *_HEADS)):
        if count >= MAX_KIND_ELEMENTS:
            break
        size = shown.sizes.get(element, Size())
        above = element.getparent()
        is_link = size.linked >= 0.9 * size.text or (above is not None and above.tag == "a")
        if _MIN_TEASER_CHARS <= size.text <= 300 and is_link:
            found.add(key(text_of(element)))
    return found


def _longest_run(shown: Shown) -> int:
    """How many paragraphs of prose stand side by side: three are a text."""
    longest = 0
    for element in shown.tree.iter():
        if not isinstance(element.tag, str):
            continue
        run = 0
        for child in element:
            size = shown.sizes.get(child, Size())
            if child.tag == "p" and size.text >= 120 and 3 * size.linked < size.text:
                run += 1
                longest = max(longest, run)
            elif child.tag in ("div", "article", "section", "li"):
                run = 0
    return longest
