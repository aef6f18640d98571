"""One saved page into one article."""

from __future__ import annotations

from datetime import date

from lxml import etree

from search.dates.addresses import date_from_url
from search.exceptions import ReadError
from search.ingest.webpages.authors import read_authors
from search.ingest.webpages.dates import date_votes, elected
from search.ingest.webpages.jsonld import StatedArticle, read_jsonld
from search.ingest.webpages.kinds import NotAnArticle, Shown, why_no_article
from search.ingest.webpages.markup import parse_page
from search.ingest.webpages.opengraph import Meta
from search.ingest.webpages.originals import read_original
from search.ingest.webpages.own import own_first
from search.ingest.webpages.pruning import measure
from search.ingest.webpages.record import PageRecord
from search.ingest.webpages.several import exported_documents, whole_articles
from search.ingest.webpages.shown_dates import read_shown_dates
from search.ingest.webpages.sites import read_site
from search.ingest.webpages.text import read_body
from search.ingest.webpages.titles import read_headings, read_title, window_title
from search.names.sites import host_of

_MONTH_FIRST = frozenset(["en-us", "en-ph", "es-us"])


def read_documents(page: bytes | str, *, url: str | None = None, today: date | None = None) -> tuple[PageRecord, ...]:
    """The articles of a saved page: its own, or every document of a page that holds several.

    Raises:
        NotAnArticle: the page was read and is no article.
        ReadError: as of `read_web_page`.
    """
    tree = parse_page(page)
    exported = exported_documents(tree, today=today)
    if exported:
        return exported
    pages = whole_articles(tree)
    if pages:
        return tuple(_read(each, url=None, today=today) for each in pages)
    return (_read(tree, url=url, today=today),)


def read_web_page(page: bytes | str, *, url: str | None = None, today: date | None = None) -> PageRecord:
    """The article of a saved page.

    Args:
        page: the file's bytes, or its text where the encoding is known.
        url: where the page was saved from, if that is known; the page's own statement goes before
            it.
        today: settles the century of two-digit years.

    Raises:
        NotAnArticle: the page was read and is no article.
        ReadError: no HTML, too many tags or too deep ones, or neither a title nor a text in it.
    """
    return _read(parse_page(page), url=url, today=today)


def _read(tree: etree._Element, *, url: str | None, today: date | None) -> PageRecord:
    meta = Meta(tree)
    sizes = measure(tree)
    headings = read_headings(tree, sizes)
    shared = [*meta.all("og:title", "twitter:title"), window_title(tree), *headings]
    articles = own_first(read_jsonld(tree), canonical_url(tree, [], meta), shared)
    address = canonical_url(tree, articles, meta) or (url if host_of(url) else None)
    window = window_title(tree)
    site = read_site(meta, articles, address, window)
    reason = why_no_article(Shown(tree, sizes, window, headings), articles, meta, site, address)
    if reason is not None:
        raise NotAnArticle(reason)
    title = read_title(tree, articles, meta, site, headings)
    authors = read_authors(tree, articles, meta, site, sizes)
    text = read_body(
        tree,
        sizes,
        titles=[title, *(each.headline for each in articles), *meta.all("og:title", "twitter:title"), *headings],
        names=[*authors, site.name or ""],
        descriptions=[
            *(each.description for each in articles if each.rank < 2),
            *meta.all("og:description", "description", "twitter:description"),
        ],
        is_stated=_is_stated(articles, meta),
        body=max((each.body for each in articles if each.rank < 2), key=len, default=""),
    )
    if not title and not text:
        raise ReadError("no article found in the page: neither a title nor a text")
    language = _language(tree, articles, meta)
    shown = read_shown_dates(tree, sizes, title, language=language, today=today, month_first=_month_first(tree, meta))
    votes = date_votes(tree, articles, meta, url=address, shown=shown, today=today)
    return PageRecord(
        title=title,
        text=text,
        authors=authors,
        published=elected(votes) or date_from_url(address),
        outlet=site.name,
        original_outlet=read_original(text, articles, meta, site, address),
        language=language,
        url=address,
        date_votes=tuple(votes),
    )


def canonical_url(tree: etree._Element, articles: list[StatedArticle], meta: Meta) -> str | None:
    """The page's own address, where it states an absolute one."""
    links = [
        element.get("href") or ""
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    ]
    stated = [each.strip() for each in (*links, *meta.all("og:url"), *(each.url for each in articles))]
    return next((each for each in stated if each.lower().startswith(("http://", "https://")) and host_of(each)), None)


def _is_stated(articles: list[StatedArticle], meta: Meta) -> bool:
    return (
        any(each.rank < 2 and each.headline for each in articles)
        or meta.first("og:type").lower() == "article"
        or bool(meta.first("article:published_time"))
    )


def _month_first(tree: etree._Element, meta: Meta) -> bool:
    """Whether the page says that it is of a country where the month stands first."""
    root = tree.getroottree().getroot()
    stated = (root.get("lang") or "", *meta.all("og:locale", "content-language"))
    return any(each.strip().replace("_", "-").lower() in _MONTH_FIRST for each in stated)


def _language(tree: etree._Element, articles: list[StatedArticle], meta: Meta) -> str | None:
    root = tree.getroottree().getroot()
    stated = [
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or "",
        *(each.language for each in articles),
        *meta.all("og:locale", "content-language", "dc.language", "language", "inlanguage"),
    ]
    for each in stated:
        code = each.strip().replace("_", "-").split("-")[0].lower()
        if 2 <= len(code) <= 3 and code.isascii() and code.isalpha():
            return code
    return None
