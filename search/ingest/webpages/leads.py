"""An article's introduction (standfirst, subtitle), which stands above the text and is often left
out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice

from lxml import etree

from search.ingest.limits import MAX_COMPARED_CHARACTERS, MAX_LEAD_ELEMENTS
from search.ingest.webpages.markup import text_of
from search.ingest.webpages.paragraphs import Paragraph
from search.ingest.webpages.pruning import Size
from search.ingest.webpages.sites import key

MAX_LEAD_CHARS = 1_500
_MIN_LEAD_CHARS = 30
_MAX_LEADS = 2
_MUCH = 1.3  # how much longer an element is that holds more than the introduction in it
_MATCHED = 40  # letters of a description that prove that an element shows it
_TAGS = frozenset(["p", "div", "h2", "h3", "h4", "span", "strong", "b", "em", "section", "header", "li", "ul"])
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|leadtext|intro|introduction|introtext|standfirst|stand-first|summary|subtitle|sub-title|subtitles"
    r"|subhead|subheadline|sub-headline|subheading|dek|deck|excerpt|abstract|vorspann|anreisser|unterzeile|untertitel|chapo"
    r"|chapeau|sapo|bajada|entradilla|copete|epigraphe?|gravata|linhafina|sommario|occhiello|catenaccio|ingress|manchet|perex"
    r"|zajawka|spot|hook|preamble|underrubrik|undertittel|teaser-?text|article-?description|article-?desc)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def find_leads(
    tree: etree._Element,
    sizes: Mapping[etree._Element, Size],
    paragraphs: list[Paragraph],
    descriptions: Iterable[str],
    titles: Iterable[str],
) -> list[Paragraph]:
    """What the page shows between its headline and its text, and the text does not hold.

    Args:
        tree: the whole page.
        sizes: of its elements.
        paragraphs: the text as extracted.
        descriptions: what the metadata says the article is about; shown on the page they are its
            introduction.
        titles: spellings of the headline.
    """
    held = key(" ".join(each.text for each in paragraphs))[:MAX_COMPARED_CHARACTERS]
    first = key(paragraphs[0].text)[:80] if paragraphs else ""
    known = [folded[:_MATCHED] for each in descriptions if len(folded := key(each)) >= _MATCHED]
    known = [each for each in known if each not in held]
    headlines = {key(title) for title in titles if title}
    leads: dict[str, Paragraph] = {}
    after_headline = in_text = False
    for element in islice(tree.iter(), MAX_LEAD_ELEMENTS):
        size = sizes.get(element, Size())
        if element.tag == "h1" and size.text:
            after_headline = True
        if element.tag not in _TAGS or not _MIN_LEAD_CHARS <= size.text <= MAX_LEAD_CHARS:
            continue
        text = text_of(element)
        if "©" in text:
            continue  # a caption
        folded = key(text)
        if first and first in folded:
            in_text = in_text or (after_headline and folded.startswith(first))
            continue
        if not folded or folded in held or _repeats(folded, headlines):
            continue
        described = any(each in folded[: 2 * _MATCHED] for each in known)
        named = after_headline and not in_text and _is_named(element) and size.linked < size.text / 3
        if not described and not named:
            continue
        if not _is_captioned(element):
            # What is inside an element found before is the better cut of the two.
            leads = {
                other: lead for other, lead in leads.items() if folded not in other or len(other) < _MUCH * len(folded)
            }
            if not any(other in folded for other in leads):
                leads[folded] = Paragraph(text)
    return list(leads.values())[:_MAX_LEADS]


def _repeats(folded: str, headlines: set[str]) -> bool:
    """Whether an element shows a headline, alone or with more; a section's name is too short to
    tell."""
    return any(folded in each or (len(each) > _MIN_LEAD_CHARS // 2 and each in folded) for each in headlines)


def _is_captioned(element: etree._Element) -> bool:
    """Whether it belongs to a picture, another article's block or the page's frame."""
    return any(each.tag in ("figure", "figcaption", "aside", "nav", "footer", "a") for each in element.iterancestors())


def _is_named(element: etree._Element) -> bool:
    names = (element.get("class") or "")[:400]
    return bool(names) and _NAMES.search(_CAPITALS.sub("-", names)) is not None
