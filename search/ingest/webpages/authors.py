"""Who wrote a page's article: JSON-LD, then ``meta`` elements, then the byline that the page
shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from search.ingest.limits import MAX_AUTHORS
from search.ingest.splitting.byline_forms import FOR
from search.ingest.webpages.jsonld import StatedArticle
from search.ingest.webpages.markup import text_of
from search.ingest.webpages.opengraph import Meta
from search.ingest.webpages.plain import plain
from search.ingest.webpages.pruning import Size
from search.ingest.webpages.sites import Site, key
from search.names.persons import looks_like_name

MAX_AUTHOR_CHARS = 120
_MAX_BYLINE = 200
_MAX_STATED = 1_000
_META = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
    "og:article:author", "og:author", "byl", "byline", "article:byline", "cxenseparse:author", "dcsext.author", "mrf:authors",
    "citation_author", "twitter:misc:written by", "articleauthor", "article-author", "article_author", "author_name",
    "author-name", "authors", "writer",
)  # fmt: skip
_NO_NAME = re.compile(
    r"https?:|www\.|@|^\W*$|^\d+$|\.(?:com|html?|php|org|net)\b|^(?:admin\w*|editor|user|guest|unknown|none|null|n/a"
    r"|webmaster|anonymous|developer)$",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"\s*\S[^\s@]*+@\S[^\s.]*+\.\S+|\s*\(?https?://\S+\)?")
_CODE = re.compile(r"(?<!\s)\s++\([a-zäöü.]{1,6}\)$")  # an agency's or a colleague's sign after a name
_BY = re.compile(
    r"^\W*(?:(?:story|text|analysis|written|reported|posted|published|words)\s+by|by|von|vom|par|por|di|da|af|av|door|przez"
    r"|автор(?:ы|ка)?|текст|autor(?:in|es|as|a|/in)?|auteurs?|autorin/autor|yazar|reporter|penulis|tác giả|kirjoittaja|szerző"
    r"|بقلم|كتب|كتبت|الكاتب|نویسنده|作者|文|記者|记者)(?:\s*[:：|]\s*|\s+|$)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:written by|verfasst von|escrito por|écrit par|geschreven door|scritto da|автор|autor\w*|author\w*|auteur\w*"
    r"|autorin/autor|yazar|بقلم|作者|skrevet av|skrivet av|kirjoittaja|szerző|napisane przez)\W*$",
    re.IGNORECASE,
)
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|by-line|author|authors|autor|autores|auteur|autore|writer|reporter|journalist|penulis)"
    r"(?:[\s_-]*(?:names?|link|label|text|block|info|wrapper|list))?(?:$|\s)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:[|•·]|\s[-–—]\s|[(\d]|\b(?:on|am|le|il|el|em|op|på|den)\s+(?:\w+,?\s+)?(?:\w+\s+)?\d|\b(?:stand|updated|published|posted|publicado|publié|veröffentlicht|aktualisiert|pubblicato"
    r"|обновлено|опубликовано)\b).*$",
    re.DOTALL | re.IGNORECASE,
)


def read_authors(
    tree: etree._Element,
    articles: list[StatedArticle],
    meta: Meta,
    site: Site,
    sizes: Mapping[etree._Element, Size],
) -> tuple[str, ...]:
    """The authors as stated, people before organisations; empty where nothing states one."""
    people = _cleaned(_without_site(name, site) for each in articles[:1] for name in each.people)
    if not people:
        people = _cleaned(
            _without_site(name, site) for name in next((each.people for each in articles if each.people), ())
        )
    real = tuple(name for name in people if not site.is_named(name))
    stated = _cleaned([*meta.all(*_META), *_labelled_meta(meta)])
    named = tuple(name for name in stated if not site.is_named(name))
    if real:
        fuller = next((name for name in named if len(name) > len(" ".join(real)) and _holds(name, real)), None)
        return (fuller,) if fuller else real
    if named and looks_personal(named[0]):
        return (named[0],)
    shown = _byline(tree, site, sizes)
    if shown:
        return (shown,)
    organizations = _cleaned(name for each in articles for name in each.organizations)
    for rest in (named[:1], people, organizations, stated[:1]):
        if rest:
            return rest
    return ()


def _without_site(name: str, site: Site) -> str:
    """A name without "for" and the site's name."""
    for_whom = FOR.search(name)
    return name[: for_whom.start()] if for_whom and site.is_named(name[for_whom.end() :]) else name


def looks_personal(name: str) -> bool:
    """Whether a stated author could be people rather than an office: at least two words of a name
    in one of its parts."""
    parts = re.split(r"(?:(?<!\s)\s++)?+[,;/&]\s*+|(?<!\s)\s++(?:and|und|et|y|e|og|och|en|и|و)\s++", name)
    return any(looks_like_name(part) and (len(part.split()) > 1 or not part.isascii()) for part in parts if part)


def _holds(text: str, names: Iterable[str]) -> bool:
    return all(key(name) in key(text) for name in names)


def _cleaned(names: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for name in names:
        clean = clean_author(name)
        if clean and key(clean) not in kept:
            kept[key(clean)] = clean
    return tuple(kept.values())[:MAX_AUTHORS]


def clean_author(name: str) -> str:
    """A stated author without "By", addresses and signs; ``""`` for what is no name."""
    if len(name) > _MAX_STATED:
        return ""
    name = _CONTACT.sub("", plain(name)) if "@" in name or "://" in name else plain(name)
    name = _CODE.sub("", _without_by(name)).strip(" ,;:|-–—·")
    return "" if _NO_NAME.search(name) or len(name) > MAX_AUTHOR_CHARS else name


def _without_by(name: str) -> str:
    shorter = _BY.sub("", name)
    return shorter if shorter else name


def _labelled_meta(meta: Meta) -> Iterator[str]:
    """Pairs of label and value that Twitter cards have: "Written by", a name."""
    for number in ("1", "2"):
        if _LABEL.match(meta.first(f"twitter:label{number}")):
            yield from meta.all(f"twitter:data{number}")


def _byline(tree: etree._Element, site: Site, sizes: Mapping[etree._Element, Size]) -> str:
    """The first byline in the page's markup that holds a name."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("meta", "link", "script", "style", "form", "input"):
            continue
        if not 2 <= sizes[element].text <= _MAX_BYLINE or not _is_byline(element):
            continue
        text = text_of(element)
        name = clean_author(_AFTER.sub("", _without_by(text)))
        if name and not site.is_named(name) and looks_personal(name):
            return name
    return _labelled(tree, site, sizes)


def _is_byline(element: etree._Element) -> bool:
    return (
        "author" in (element.get("rel") or "").split()
        or "author" in (element.get("itemprop") or "").split()
        or _BYLINE_CLASS.search((element.get("class") or "")[:400]) is not None
    )


def _labelled(tree: etree._Element, site: Site, sizes: Mapping[etree._Element, Size]) -> str:
    """A name after a label of its own: ``<strong>Author</strong> A Name``, or a line that starts
    with "By"."""
    for element in tree.iter("strong", "b", "span", "dt", "th", "p", "i", "em", "small", "div"):
        head = (element.text or "").strip()
        if not head or len(head) > 80:
            continue
        if _LABEL.match(head) and len(element) == 0:
            following = element.getnext()
            value = element.tail or ""
            if not value.strip() and following is not None and sizes[following].text <= _MAX_BYLINE:
                value = text_of(following)
        elif (
            element.tag in ("p", "span", "i", "em", "small", "div") and (by := _BY.match(head)) and by.end() < len(head)
        ):
            value = _AFTER.sub("", head[by.end() :].split(",")[0])
        else:
            continue
        name = clean_author(value)
        if name and len(name) <= 60 and looks_like_name(name) and not site.is_named(name):
            return name
    return ""
