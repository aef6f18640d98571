"""The dates that a page shows around its headline, in any language: what its readers take for the
day it came out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lxml import etree

from search.dates.calendars import gregorian
from search.dates.reading import find_dates, pick_published
from search.dates.values import Precision
from search.folding import ascii_digits, plain_spaces
from search.ingest.limits import MAX_DATED_ELEMENTS
from search.ingest.webpages.markup import text_of
from search.ingest.webpages.pruning import Size
from search.ingest.webpages.sites import key

_MAX_CHARS = 100
_MIN_CHARS = 4
_MIN_DIGITS = 3
# Characters of text between the headline and the date, before and after it.
_ABOVE, _BELOW = 120, 600
_FAR_ABOVE = 40
_MAX_BESIDE = 25  # letters beside a date that is a line of its own: "Published on", a weekday
_MAX_WORDS = 8
_MARK = re.compile(
    r"date|time|datum|zeit|fecha|data|publi|posted|tarih|tanggal|byline|meta|info|author|autor|header|تاريخ|дата|日期|时间",
    re.IGNORECASE,
)
_LISTS = frozenset(["nav", "footer", "aside", "form", "li", "table", "figure", "figcaption"])
_OTHERS = re.compile(
    r"related|teaser|recommend|popular|most-?read|comment|sidebar|widget|today|footer|copyright", re.IGNORECASE
)
_FRAME = ("nav", "footer", "aside", "figure", "form")
_HIDDEN = frozenset(["script", "style", "noscript", "template", "svg", "head"])
_UPDATED = re.compile(
    r"updat|modif|edited|changed|\bakt\b|aktualis|geändert|änderung|mis à jour|actualiz|atualiz|aggiorn|обновл|измен|güncel|تحديث|تعديل"
    r"|更新|修改|수정|روزرسانی",
    re.IGNORECASE,
)
_DIGITS_ALIKE = re.compile(r"(?<![\d.,/-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")


class Place(StrEnum):
    """How a shown date stands to the headline."""

    BY = "by the headline"  # marked as a date, or a line of its own
    ABOVE = "above the headline"
    PLAIN = "in a line near the headline"


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A day as the page shows it. ``swapped`` is what it is where the month stands first, if that
    may be."""

    day: date
    place: Place
    text: str
    swapped: date | None = None


def read_shown_dates(
    tree: etree._Element,
    sizes: Mapping[etree._Element, Size],
    title: str,
    *,
    language: str | None,
    today: date | None,
    month_first: bool = False,
) -> list[ShownDate]:
    """The first date of each place around the headline.

    Dates in the page's foot and in lists are of other articles or of the day it was seen; those of
    a later change say so.
    """
    heading = _heading(tree, sizes, title)
    if heading is None:
        return []
    found: dict[Place, ShownDate] = {}
    last = today or date.today()
    for element, distance in _short(tree, sizes, heading):
        text = text_of(element)
        if sum(char.isdigit() for char in text) < _MIN_DIGITS or _UPDATED.search(text) or _is_prose(text):
            continue
        plain = plain_spaces(ascii_digits(text))
        dates = find_dates(plain, language=language, today=today, month_first=month_first)
        picked = pick_published([each for each in dates if each.precision is Precision.DAY], plain)
        if picked is None or picked.day is None or (picked.day - last).days > 1:
            continue
        place = _place(element, text, distance)
        if place not in found:
            found[place] = ShownDate(picked.day, place, text, _swapped(plain, picked.day))
    return sorted(found.values(), key=lambda each: list(Place).index(each.place))


def _is_prose(text: str) -> bool:
    return len(text.split()) > _MAX_WORDS and _SENTENCE_END.search(text) is not None


def _place(element: etree._Element, text: str, distance: int) -> Place:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:400]
    beside = sum(not char.isdigit() for char in text)
    if element.tag != "time" and beside >= _MAX_BESIDE and not _MARK.search(names):
        return Place.PLAIN
    return Place.ABOVE if distance < -_FAR_ABOVE else Place.BY


def _swapped(plain: str, day: date) -> date | None:
    """The other reading of a date in digits: 10/05/2020 may be of October."""
    for match in _DIGITS_ALIKE.finditer(plain):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if (
            first <= 12
            and second <= 12
            and first != second
            and (day.year, {day.day, day.month}) == (year, {first, second})
        ):
            return gregorian(year, day.day, day.month)
    return None


def _heading(tree: etree._Element, sizes: Mapping[etree._Element, Size], title: str) -> etree._Element | None:
    """The heading that shows the headline, else the first of the page."""
    wanted = key(title)
    headings = [each for each in tree.iter("h1", "h2") if sizes[each].text]
    texts = [(each, key(text_of(each))) for each in headings[:50]]
    for each, text in texts:
        if text == wanted:
            return each
    for each, text in texts:
        if min(len(text), len(wanted)) > 15 and (text in wanted or wanted in text):
            return each
    return next((each for each in headings if each.tag == "h1"), headings[0] if headings else None)


def _short(
    tree: etree._Element, sizes: Mapping[etree._Element, Size], heading: etree._Element
) -> Iterator[tuple[etree._Element, int]]:
    """Elements of a date's length around the headline, nearest first, each with how many characters
    after it; inside one that is given no others are."""
    places: list[tuple[etree._Element, int]] = []
    at, headline = 0, None
    passed: set[etree._Element] = set()
    for count, element in enumerate(tree.iter()):
        if count > MAX_DATED_ELEMENTS or (headline is not None and at > headline + _BELOW):
            break
        if not isinstance(element.tag, str) or element.tag in _HIDDEN or element.getparent() in passed:
            passed.add(element)
            continue
        if element is heading:
            headline = at
        if element.tag == "nav" and headline is None:
            places.clear()  # what stands before the site's menu is the day the page was seen
        names = f"{element.get('class') or ''} {element.get('id') or ''}"[:400]
        if element.tag in _LISTS or (
            _OTHERS.search(names) and element.tag not in ("html", "body") and element is not heading
        ):
            if element.find(".//h1") is not None:
                continue
            passed.add(element)
            at += sizes[element].text
            continue
        places.append((element, at))
        at += len((element.text or "").strip()) + len((element.tail or "").strip())
    if headline is None:
        return
    near = [(element, at - headline) for element, at in places if -_ABOVE <= at - headline <= _BELOW]
    given: set[etree._Element] = set()
    for element, distance in sorted(near, key=lambda pair: -1.5 * pair[1] if pair[1] < 0 else pair[1]):
        if element is heading or not _MIN_CHARS <= sizes[element].text <= _MAX_CHARS:
            continue
        if sizes[element].linked == sizes[element].text and sizes[element].text > _MAX_BESIDE + 5:
            continue
        if not any(above in given for above in element.iterancestors()):
            given.add(element)
            yield element, distance


def remove_other_dates(tree: etree._Element) -> None:
    """Take from a tree what shows dates of other articles, of pictures, of changes, of the site and
    of what the text tells of."""
    doomed = [each for tag in _FRAME for each in tree.iter(tag) if each.find(".//h1") is None]
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in (
            "html",
            "body",
            "main",
            "article",
            "head",
            "script",
            "meta",
        ):
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}"[:400]
        if (
            (_OTHERS.search(names) and element.find(".//h1") is None)
            or _says_changed(element)
            or _is_paragraph(element)
        ):
            doomed.append(element)
    for element in doomed:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _says_changed(element: etree._Element) -> bool:
    text = element.text or ""
    return 0 < len(text) <= _MAX_CHARS and _UPDATED.search(text) is not None


def _is_paragraph(element: etree._Element) -> bool:
    return element.tag in ("p", "blockquote") and _is_prose(text_of(element))
