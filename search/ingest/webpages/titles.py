"""The headline of a page, without the names of site and section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from lxml import etree

from search.dates.reading import read_date
from search.dates.values import DateSource
from search.ingest.webpages.jsonld import StatedArticle
from search.ingest.webpages.markup import text_of
from search.ingest.webpages.opengraph import Meta
from search.ingest.webpages.plain import plain
from search.ingest.webpages.pruning import Size
from search.ingest.webpages.sites import Site, key

MAX_PAGE_TITLE_CHARS = 1_000
_SEPARATOR = re.compile(r"(?:(?<!\s)\s++)?+[|｜¦ㅣ：]\s*+|(?<!\s)\s++[-–—·•*»«/:]++\s++")
_SAME = 0.92
_LONG_HEADING = 15
_MAX_BESIDE = 40
_MAX_H1 = 30
_MIN_TITLE_CHARS = 3
_CUT = ("…", "...")
_MIN_CUT = 10
_MAX_SECTION_WORDS = 3
_MIN_HEADLINE = 25
_FEW_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Cleaner:
    """What may stand beside a headline in a title: the site, the article's sections, its
    authors."""

    site: Site
    others: frozenset[str]

    def clean(self, title: str, headings: Iterable[str] = (), *, sections: bool = False) -> str:
        """``title`` without what stands beside the headline; one of ``headings`` proves where it
        ends.

        With ``sections``, as in a window's title, a short part before the site's name is a
        section's.
        """
        title = plain(title)[:MAX_PAGE_TITLE_CHARS]
        cuts = list(_SEPARATOR.finditer(title))
        known = {key(each) for each in headings}
        for cut in reversed(cuts):
            if key(title[: cut.start()]) in known:
                return title[: cut.start()]
        for each in headings:
            rest = title[len(each) :]
            if (
                len(each) >= _LONG_HEADING
                and title.startswith(each)
                and len(rest) <= _MAX_BESIDE
                and not rest[:1].isalnum()
            ):
                return each if rest[:1] not in (".", "?", "!", "…") else title
        removed = False
        while cuts and self._is_beside(title[cuts[-1].end() :]) and len(key(title[: cuts[-1].start()])) >= 3:
            title = title[: cuts.pop().start()]
            removed = True
        if sections and removed and cuts and _is_section(title, cuts[-1]):
            title = title[: cuts.pop().start()]
        while cuts and self._is_site(title[: cuts[0].start()]) and not title[: cuts[0].end()].rstrip().endswith(":"):
            title = title[cuts[0].end() :]
            cuts = list(_SEPARATOR.finditer(title))
        return title.strip()

    def _is_site(self, part: str) -> bool:
        return key(part) in self.site.keys

    def _is_beside(self, part: str) -> bool:
        if not part or self.site.is_named(part) or key(part) in self.others:
            return True
        words = part.split()
        if len(words) <= 6 and words[0].lower() == "by" and key(" ".join(words[1:])) in self.others:
            return True
        return len(part) <= 24 and any(char.isdigit() for char in part) and _is_date(part)


def _is_section(title: str, cut: re.Match[str]) -> bool:
    """Whether the last part of a title is a section's name after a headline: few words after a bar
    or an arrow."""
    last = title[cut.end() :].split()
    return (
        cut[0].strip() in ("|", "｜", "»", "«", "/", "•", "·")
        and len(last) <= _MAX_SECTION_WORDS
        and cut.start() >= _MIN_HEADLINE
    )


def _is_date(part: str) -> bool:
    digits = sum(char.isdigit() for char in part)
    return digits >= 5 and read_date(part, source=DateSource.STATED).day is not None


def read_title(tree: etree._Element, articles: list[StatedArticle], meta: Meta, site: Site, headings: list[str]) -> str:
    """The headline; ``""`` where the page has none.

    Editors write several: the headline, one for shares, and one for search engines, which is also
    the window's title. JSON-LD's headline counts first; where it is but the window's title, a
    different OpenGraph title goes before it.
    """
    bar = window_title(tree)
    names = [each for each in headings if _is_name_in(each, bar)]
    headings = [each for each in headings if each not in names]
    site = replace(site, keys=site.keys | {key(each) for each in names})
    others = [name for each in articles for name in (each.section, *each.people, *each.organizations) if name]
    others += meta.all("article:section", "author", "article:author", "section")
    cleaner = _Cleaner(site, frozenset(key(each) for each in others))
    title = _chosen(cleaner, articles, meta, bar, headings)
    return _completed(
        title, [*headings, plain(meta.first("og:title")), *(each.headline for each in articles[:1]), bar], cleaner
    )


def _chosen(cleaner: _Cleaner, articles: list[StatedArticle], meta: Meta, bar: str, headings: list[str]) -> str:
    raw_shared = meta.first("og:title", "og_title")
    article = next((each for each in articles if each.rank < 2 and each.headline), None)
    stated = cleaner.clean(_headline(article, bar), [*headings, raw_shared]) if article else ""
    shared = cleaner.clean(raw_shared, [*headings, stated])
    window = cleaner.clean(bar, [*headings, stated, shared], sections=True)
    if article and shared:
        # An object that states its headline twice, as its name too, leaves no doubt.
        return stated if _is_repeated(article) else _headline_of(stated, shared, window)
    page = next((cleaner.clean(each.headline, headings) for each in articles if each.headline), "")
    named = meta.first("twitter:title", "dc.title", "title", "parsely-title", "sailthru.title")
    return stated or shared or cleaner.clean(named, headings) or _first_heading(headings, window) or window or page


def _headline(article: StatedArticle, window: str) -> str:
    """An object's headline; its name where the window's title begins with that and does not know
    the headline."""
    name, headline, said = key(article.name), key(article.headline), key(window)
    if len(name) > _MIN_TITLE_CHARS and said.startswith(name) and headline not in said and name not in headline:
        return article.name
    return article.headline


def _is_name_in(heading: str, bar: str) -> bool:
    """Whether a heading is but the site's name: the last part of the window's title, after a longer
    one."""
    parts = [part for part in _SEPARATOR.split(bar) if key(part)]
    return len(parts) > 1 and key(heading) == key(parts[-1]) and len(key(parts[0])) > len(key(heading))


def _completed(title: str, others: Iterable[str], cleaner: _Cleaner) -> str:
    """A headline that was cut to fit (``…``) as another place has it whole."""
    if not title.endswith(_CUT):
        return title
    start = key(title)
    if len(start) < _MIN_CUT:
        return title
    whole = (
        each
        for each in others
        if not each.endswith(_CUT) and len(key(each)) > len(start) and key(each).startswith(start)
    )
    return next((cleaner.clean(each) for each in whole), title)


def _headline_of(stated: str, shared: str, window: str) -> str:
    """Which of two different headlines is the article's own."""
    if stated.endswith(shared) and stated[: -len(shared)].rstrip().endswith((":", "|")):
        return shared  # a topic stands before the headline
    if not window or _likeness(stated, shared) >= _SAME:
        return stated
    return shared if _nearness(window, stated) > _nearness(window, shared) else stated


def _is_repeated(article: StatedArticle) -> bool:
    name, headline = key(article.name), key(article.headline)
    return name == headline or (article.name.endswith(("…", "...")) and len(name) > 20 and headline.startswith(name))


def _nearness(window: str, headline: str) -> float:
    """How much of a window's title a headline says, by pairs of letters, and how much alike they
    read."""
    left, right = (_pairs(key(text)) for text in (window, headline))
    return len(left & right) / max(1, len(left)) + _likeness(window, headline)


def _pairs(folded: str) -> set[str]:
    return {folded[index : index + 2] for index in range(len(folded) - 1)}


def _likeness(left: str, right: str) -> float:
    return SequenceMatcher(None, left.casefold()[:300], right.casefold()[:300], autojunk=False).ratio()


def window_title(tree: etree._Element) -> str:
    """What the page calls itself in the window's bar."""
    # The title of an inline drawing is no title of the page.
    title = tree.find("./head/title")
    if title is None:
        title = tree.find(".//title")
    return text_of(title) if title is not None else ""


def read_headings(tree: etree._Element, sizes: Mapping[etree._Element, Size]) -> list[str]:
    """The first-level headings that the page shows, in order."""
    found: list[str] = []
    for element in tree.iter("h1"):
        if _MIN_TITLE_CHARS <= sizes[element].text <= MAX_PAGE_TITLE_CHARS:
            found.append(plain(text_of(element)))
        if len(found) >= _MAX_H1:
            break
    return found


def _first_heading(headings: list[str], window: str) -> str:
    """The heading that the window's title repeats, else the only one."""
    for each in headings:
        if key(each) in key(window) or (window and _likeness(each, window) >= _SAME):
            return each
    if len(headings) != 1:
        return ""
    # A word or two are a section's or a rubric's name, where the window's title says more.
    short = len(headings[0].split()) < _FEW_WORDS and headings[0].isascii()
    return "" if short and len(window.split()) >= _FEW_WORDS else headings[0]
