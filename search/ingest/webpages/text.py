"""The text of a page's article: trafilatura on a page without its embeds, then trimmed to what the
article says."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping

import trafilatura
from lxml import etree

from search.ingest.webpages.bodies import hold_against
from search.ingest.webpages.filling import fill_gaps
from search.ingest.webpages.leads import find_leads
from search.ingest.webpages.paragraphs import Paragraph
from search.ingest.webpages.pruning import Size, clear, prune
from search.ingest.webpages.trimming import trim

_MIN_CHARS = 200
_MUCH_MORE = 1.25
_GLUED_CHARS = 600  # paragraphs of news are shorter on average


def read_body(
    tree: etree._Element,
    sizes: Mapping[etree._Element, Size],
    *,
    titles: Iterable[str],
    names: Iterable[str],
    descriptions: Iterable[str],
    body: str,
    is_stated: bool = True,
) -> str:
    """The article's text, one paragraph a line; ``""`` when the page has none.

    Args:
        tree: the page.
        sizes: of its elements.
        titles: spellings of the headline, which the text does not repeat.
        names: authors and outlet.
        descriptions: what the metadata says the article is about.
        body: the text that JSON-LD states, ``""`` for none.
        is_stated: whether the page says that it is an article, and is laid out as those are.
    """
    titles, names = [each for each in titles if each], [each for each in names if each]
    paragraphs = trim(extract_paragraphs(tree, is_stated=is_stated), titles=titles, names=names)
    if body:
        paragraphs = hold_against(paragraphs, body, tree, sizes)
    leads = find_leads(tree, sizes, paragraphs, descriptions, titles)
    return "\n".join(each.text for each in (*leads, *paragraphs))


def extract_paragraphs(tree: etree._Element, *, is_stated: bool = True) -> list[Paragraph]:
    """The paragraphs of the article, with the boilerplate that stands in the same place; empty when
    there is none."""
    pruned = copy.deepcopy(tree)
    prune(pruned)
    found = fill_gaps(_extract(copy.deepcopy(pruned), tables=False), pruned)
    if not is_stated:
        # An encyclopedia's or a manual's page: its lists and tables are text, and links are no sign of teasers.
        whole = _extract(_cleared(tree), tables=True)
        return whole if _size(whole) > _MUCH_MORE * _size(found) else found
    if _size(found) < _MIN_CHARS:
        # A page laid out in tables, or one whose article was taken for a teaser.
        whole = _extract(_cleared(tree), tables=True)
        return whole if _size(whole) > 2 * _size(found) else found
    if _size(found) > _GLUED_CHARS * len(found):
        # Without some of its parts the page was taken for one block; with them it may fall into paragraphs.
        whole = _extract(_cleared(tree), tables=False)
        return whole if len(whole) > 2 * len(found) else found
    return found


def _cleared(tree: etree._Element) -> etree._Element:
    page = copy.deepcopy(tree)
    clear(page)
    return page


def _extract(tree: etree._Element, *, tables: bool) -> list[Paragraph]:
    document = trafilatura.bare_extraction(tree, include_comments=False, include_tables=tables, with_metadata=False)
    if document is None or isinstance(document, dict) or document.body is None:
        return []
    return list(_paragraphs(document.body))


def _size(paragraphs: Iterable[Paragraph]) -> int:
    return sum(len(each.text) for each in paragraphs)


def _paragraphs(body: etree._Element) -> Iterator[Paragraph]:
    yield from _split(body.text or "")
    for element in body:
        if element.tag == "list":
            for item in element.iter("item"):
                yield from _lines(item, is_item=True)
        elif element.tag == "table":
            for row in element.iter("row"):
                cells = (" ".join("".join(cell.itertext()).split()) for cell in row.iter("cell"))
                yield from _split(" | ".join(cell for cell in cells if cell))
        elif element.tag == "quote" and any(child.tag == "p" for child in element):
            for child in element:
                yield from _lines(child)
        else:
            yield from _lines(element, is_heading=element.tag == "head")
        # Text between line breaks has no element of its own.
        yield from _split(element.tail or "")


def _lines(element: etree._Element, *, is_heading: bool = False, is_item: bool = False) -> Iterator[Paragraph]:
    for each in element.iter("lb"):
        each.tail = "\n" + (each.tail or "")
    return _split("".join(element.itertext()), is_heading=is_heading, is_item=is_item)


def _split(text: str, *, is_heading: bool = False, is_item: bool = False) -> Iterator[Paragraph]:
    for line in text.split("\n"):
        clean = " ".join(line.replace("\u00ad", "").split())
        if clean:
            yield Paragraph(clean, is_heading, is_item)
