"""The date that a page shows near its headline, in any language, where its markup states none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from lxml import etree

from search.dates.reading import read_date
from search.dates.values import DateSource, Precision, PublishedDate
from search.ingest.webpages.markup import text_of
from search.ingest.webpages.pruning import Size

_MAX_CHARS = 120
_MIN_DIGITS = 3
# From the headline up: its header, its article, the column these stand in.
_MAX_UP = 4
_DATE_CLASS = re.compile(
    r"date|time|datum|zeit|fecha|data|publi|posted|tarih|tanggal|byline|meta|info|تاريخ|дата|日期|时间", re.IGNORECASE
)
_ELSEWHERE = frozenset(["nav", "footer", "aside", "script", "style", "form", "head", "ul", "ol", "table"])
_UPDATED = re.compile(
    r"updat|modif|aktualis|mis à jour|actualiz|atualiz|обновл|güncel|تحديث|更新|روزرسانی", re.IGNORECASE
)


def read_shown_date(
    tree: etree._Element, sizes: Mapping[etree._Element, Size], title: str, *, language: str | None, today: date | None
) -> PublishedDate:
    """The nearest date around the headline; without precision where none is shown there.

    Dates in the page's head and foot are of the day it was seen, those in lists of other articles.
    """
    seen: set[etree._Element] = set()
    for place in _around(tree, title):
        for element in _short(place, sizes):
            if element in seen:
                continue
            seen.add(element)
            text = text_of(element)
            if sum(char.isdigit() for char in text) < _MIN_DIGITS or (_UPDATED.search(text) and len(text) < 40):
                continue
            found = read_date(text, source=DateSource.STATED, language=language, today=today)
            if found.precision is Precision.DAY:
                return found
    return PublishedDate()


def _around(tree: etree._Element, title: str) -> Iterator[etree._Element]:
    """The elements that hold the headline, from the nearest up."""
    headings = [each for each in tree.iter("h1", "h2") if text_of(each)]
    heading = next((each for each in headings if text_of(each) == title), headings[0] if headings else None)
    if heading is None:
        return
    place = heading.getparent()
    for _ in range(_MAX_UP):
        if place is None or place.tag in ("body", "html"):
            return
        yield place
        place = place.getparent()


def _short(place: etree._Element, sizes: Mapping[etree._Element, Size]) -> Iterator[etree._Element]:
    """Elements of a date's length that are marked as one, in order, without lists and other parts
    of the page."""
    todo = [place]
    while todo:
        element = todo.pop()
        if not isinstance(element.tag, str) or element.tag in _ELSEWHERE:
            continue
        marked = element.tag == "time" or _DATE_CLASS.search(
            f"{element.get('class') or ''} {element.get('id') or ''}"[:400]
        )
        if marked and element in sizes and 0 < sizes[element].text <= _MAX_CHARS:
            yield element
            continue
        todo.extend(reversed(element))
