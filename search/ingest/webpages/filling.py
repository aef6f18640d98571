"""Paragraphs of prose that extraction left out from between those it found."""

from __future__ import annotations

from lxml import etree

from search.ingest.limits import MAX_COMPARED_PARAGRAPHS
from search.ingest.webpages.markup import text_of
from search.ingest.webpages.paragraphs import Paragraph
from search.ingest.webpages.sites import key

_MIN_SIBLINGS = 3
_MIN_CHARS = 60


def fill_gaps(paragraphs: list[Paragraph], tree: etree._Element) -> list[Paragraph]:
    """``paragraphs`` with those that stand among them on the page, as children of the same element.

    Args:
        paragraphs: what was extracted, in order.
        tree: the page without its embeds.
    """
    places = {key(each.text): index for index, each in enumerate(paragraphs)}
    if len(paragraphs) > MAX_COMPARED_PARAGRAPHS:
        return paragraphs
    held = key(" ".join(each.text for each in paragraphs))
    missing: dict[int, list[Paragraph]] = {}
    for parent in tree.iter():
        children = [child for child in parent if child.tag == "p"]
        if len(children) <= _MIN_SIBLINGS:
            continue
        shown = [(child, text_of(child)) for child in children]
        known = [places.get(key(text)) for _, text in shown]
        if sum(place is not None for place in known) < _MIN_SIBLINGS:
            continue
        last = max(index for index, place in enumerate(known) if place is not None)
        after = next(place for place in known if place is not None) - 1
        for (child, text), place in zip(shown[:last], known, strict=False):
            if place is not None:
                after = place
            elif (
                len(text) >= _MIN_CHARS
                and text[-1:] in '.!?…。”"»’'
                and not _is_linked(child)
                and key(text) not in held
            ):
                missing.setdefault(after, []).append(Paragraph(text))
    filled = list(missing.get(-1, []))
    for index, each in enumerate(paragraphs):
        filled.append(each)
        filled.extend(missing.get(index, []))
    return filled


def _is_linked(element: etree._Element) -> bool:
    text = len(text_of(element))
    return 3 * sum(len(text_of(link)) for link in element.iter("a")) > text
