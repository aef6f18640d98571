"""The date in a dateline at the beginning of a text: ``MOSCOW, 5 October 2020 (Agency) —``."""

from __future__ import annotations

import re
from datetime import date

from search.dates.values import DateSource, Precision, PublishedDate
from search.folding import ascii_digits, fold
from search.names.persons import PARTICLES

from .months import weekday_names
from .reading import find_dates

MAX_DATELINE_CHARS = 140
_AGENCY = r"(?:\([^()]{1,40}\)|/[^/]{1,30}/)"
_PLACE = re.compile(
    rf"^\W{{0,3}}(?P<place>[^\W\d_][^\d()/:;.!?]{{1,40}}?)\s*(?:{_AGENCY}\s*)?(?:[,،、/]|\s[-–—])\s*(?:{_AGENCY}\s*[,،]?\s*)?$"
)
_AFTER = re.compile(
    rf"^\s*+(?:(?:[г]\.|года)\s*+)?(?:[,،]\s*+)?(?:(?:{_AGENCY}|[^\W\d_]{{2,12}}\.?)\s*+)?(?:[-–—]{{1,2}}|[:/：])\s*\S"
    rf"|^\s*+(?:[.,،]\s*+)?{_AGENCY}\s*+[-–—]*\s*\S"
)
_MAX_PLACE_WORDS = 4


def read_dateline(text: str, *, language: str | None = None, today: date | None = None) -> PublishedDate | None:
    """The date of the dateline that ``text`` begins with; ``None`` without one, or where it names
    no day or no year."""
    head = text.lstrip()[:MAX_DATELINE_CHARS].split("\n", 1)[0]
    plain = ascii_digits(head)
    found = next(iter(find_dates(plain, language=language, today=today)), None)
    if found is None or found.day is None or found.precision is not Precision.DAY:
        return None
    if not _is_place(head[: found.start]) or not _AFTER.match(head[found.end :]):
        return None
    return PublishedDate(found.day, Precision.DAY, DateSource.STATED, head[: found.end].strip())


def _is_place(before: str) -> bool:
    """Whether what stands before the date is the name of a place: a few words, written large where
    the script has that."""
    words = [word for word in before.split() if fold(word).strip(".,،") not in weekday_names()]
    match = _PLACE.match(" ".join(words))
    if match is None:
        return False
    names = match["place"].split()
    return len(names) <= _MAX_PLACE_WORDS and all(not name[0].islower() or fold(name) in PARTICLES for name in names)
