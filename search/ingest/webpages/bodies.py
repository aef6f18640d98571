"""Holding extracted paragraphs against the article's text as JSON-LD states it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from lxml import etree

from search.ingest.limits import MAX_BLOCK_ELEMENTS, MAX_COMPARED_CHARACTERS, MAX_COMPARED_PARAGRAPHS
from search.ingest.webpages.markup import text_of
from search.ingest.webpages.paragraphs import Paragraph
from search.ingest.webpages.pruning import Size
from search.ingest.webpages.sites import key

# How much of what was extracted a stated text must hold before it is believed to be the whole article.
_TRUSTED = 0.7
# A stated text this much longer holds paragraphs that were missed.
_LONGER = 1.4
_MAX_AFTER = 0.15
_GLUED = 0.9
_LONG = 80
_MIN_KEY = 12
_MIN_BODY = 200
_BLOCKS = frozenset(["p", "h2", "h3", "h4", "li", "blockquote", "div"])
_MAX_BLOCK_CHARS = 6_000


def hold_against(
    paragraphs: list[Paragraph], body: str, tree: etree._Element, sizes: Mapping[etree._Element, Size]
) -> list[Paragraph]:
    """The paragraphs without what stands after the stated text and short lines that it lacks, or
    what was missed of it.

    ``paragraphs`` themselves come back where the stated text is short or another one.
    """
    stated = key(body)
    if not _MIN_BODY <= len(stated) <= MAX_COMPARED_CHARACTERS or len(paragraphs) > MAX_COMPARED_PARAGRAPHS:
        return paragraphs
    flags = [_is_in(each.text, stated) for each in paragraphs]
    prose = [(len(each.text), flag) for each, flag in zip(paragraphs, flags, strict=True) if not each.is_heading]
    total = sum(size for size, _ in prose)
    held = sum(size for size, flag in prose if flag)
    if held < _TRUSTED * total:
        return paragraphs
    lines = body.split("\n")
    if len(lines) > 1 and any(len(key(each.text)) >= _GLUED * len(stated) for each in paragraphs):
        return [Paragraph(line) for line in lines]  # extracted from the same statement, without its paragraphs
    if len(stated) > _LONGER * len(key("".join(each.text for each in paragraphs))):
        shown = _shown(tree, sizes, stated)
        if len(key("".join(each.text for each in shown))) > 0.8 * len(stated):
            return shown
        return [Paragraph(line) for line in lines]
    if not any(flags):
        return paragraphs
    last = len(flags) - 1 - flags[::-1].index(True)
    after = sum(len(each.text) for each in paragraphs[last + 1 :])
    if after > _MAX_AFTER * total:
        return paragraphs  # the stated text is cut
    return [
        each
        for each, flag in zip(paragraphs[: last + 1], flags, strict=False)
        if flag or each.is_heading or len(each.text) > _LONG
    ]


def _is_in(text: str, stated: str) -> bool:
    folded = key(text)
    if len(folded) < _MIN_KEY:
        return folded in stated
    # A link or a sign that one of the two leaves out does not make it another paragraph.
    return folded in stated or folded[:60] in stated or folded[-60:] in stated


def _shown(tree: etree._Element, sizes: Mapping[etree._Element, Size], stated: str) -> list[Paragraph]:
    """The blocks of the page whose text is in the stated text, in order, none twice."""
    found: list[Paragraph] = []
    seen: set[str] = set()
    for element in islice(tree.iter(*_BLOCKS), MAX_BLOCK_ELEMENTS):
        size = sizes.get(element, Size()).text
        if not 1 <= size <= _MAX_BLOCK_CHARS or any(child.tag in _BLOCKS for child in element):
            continue
        text = text_of(element)
        folded = key(text)
        if len(folded) >= _MIN_KEY and folded not in seen and _is_in(text, stated):
            seen.add(folded)
            found.append(Paragraph(text, element.tag.startswith("h"), element.tag == "li"))
    return found
