"""Publication dates as records, bylines and addresses state them, in many languages and three
calendars."""

from __future__ import annotations

import re
import warnings
from datetime import date
from functools import lru_cache

import dateparser
from babel import Locale, UnknownLocaleError
from dateparser.data.languages_info import language_order

from search.dates.values import DateSource, Precision, PublishedDate
from search.folding import ascii_digits, plain_spaces

from .calendars import YEARS, FoundDate, calendar_of, converted, full_year, gregorian
from .east_asian import east_asian_dates
from .months import Calendar
from .roles import is_update, is_visit
from .worded import worded_dates

MAX_CHARS = 300  # longer strings are cut: no date is stated in that many words
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_YEAR_ONLY = re.compile(r"\d{4}")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?\d{4,6}Z?)?")
_VIETNAMESE = re.compile(r"(\d{1,2})\s(?:tháng|thg)\s(\d{1,2})[\s,]+(?:năm\s)?(\d{4})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?<![\d.,/])(?<!\d-)(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<![\d.,/-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d:]|[/-]\d)")
_ISO_WEEK = re.compile(r"\d{4}-?W\d{2}-?[1-7]")
# Fri Apr 28 19:20:36 CEST 2023, as programs print a time: the hour stands between the day and the year.
_CTIME = re.compile(r"\b([A-Z][a-z]{2}) (\d{1,2}),? \d{1,2}:[\d:]+(?: [A-Z]{2,5}| [+-]\d{4})? (\d{4})\b")
# The first of a month in words, by language.
_FIRSTS = {
    "fa": "اول|یکم", "fr": "premier", "es": "primero|uno", "pt": "primeiro", "it": "primo", "ca": "primer", "en": "first",
}  # fmt: skip


def read_date(
    text: str | None,
    *,
    source: DateSource,
    language: str | None = None,
    today: date | None = None,
    month_first: bool = False,
) -> PublishedDate:
    """The publication date that a record's field or a byline states.

    The day is the one written, whatever its time zone. ``language`` (primary subtag) settles month
    names that two languages share and calendars by year alone; ``today`` settles the century of
    two-digit years. ``month_first`` is for writers of 10/05/2020 who mean October. A date without a
    year, with a day that does not exist, or no date at all has unknown precision; ``raw`` keeps
    what was written.
    """
    if not text:
        return PublishedDate()
    head = text[:MAX_CHARS].strip()
    iso = _ISO.match(head)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
        if year in YEARS:
            known = gregorian(year, month, day)
            return PublishedDate(known, Precision.DAY, source, head) if known else PublishedDate(raw=head)
    plain = _CTIME.sub(r"\2 \1 \3", plain_spaces(ascii_digits(head)))
    if language in _FIRSTS:
        plain = re.sub(rf"(?<!\w)(?:{_FIRSTS[language]})(?= )", "1", plain, count=1, flags=re.IGNORECASE)
    found = _whole(plain, language) or pick_published(
        find_dates(plain, language=language, today=today, month_first=month_first), plain
    )
    if found is None:
        found = _by_dateparser(plain, language)
    if found is None or found.day is None:
        return PublishedDate(raw=head)
    return PublishedDate(found.day, found.precision, source, head)


@lru_cache(maxsize=1_024)
def writes_month_first(language: str, country: str) -> bool:
    """Whether CLDR has the month first in short dates of a language (any tag) as written in a
    country (ISO code)."""
    primary = re.split(r"[-_]", language or "en")
    territory = country or next((part for part in primary[1:] if len(part) == 2), "")
    try:
        pattern = Locale(primary[0].lower(), territory.upper() or None).date_formats["short"].pattern
    except (UnknownLocaleError, ValueError):
        return False
    # Without a country CLDR takes English for that of the United States.
    return bool(territory) and pattern.startswith("M")


def _whole(plain: str, language: str | None) -> FoundDate | None:
    """Forms too weak to be looked for inside a text: 2020, 2020-10, 10/2020, 20201005."""
    end = len(plain)
    if _YEAR_ONLY.fullmatch(plain):
        return FoundDate(0, end, date(int(plain), 1, 1), Precision.YEAR) if int(plain) in YEARS else None
    match = _YEAR_MONTH.fullmatch(plain)
    if match:
        year, month = (int(part) for part in (match[1] or match[4], match[2] or match[3]))
        if year in YEARS:
            return FoundDate(0, end, gregorian(year, month, 1), Precision.MONTH)
    if _ISO_WEEK.fullmatch(plain) and int(plain[:4]) in YEARS:
        return FoundDate(0, end, _iso_week(plain), Precision.DAY)
    match = _COMPACT.fullmatch(plain)
    if match and int(match[1]) in YEARS:
        return FoundDate(0, end, gregorian(int(match[1]), int(match[2]), int(match[3])), Precision.DAY)
    return None


def _iso_week(plain: str) -> date | None:
    try:
        return date.fromisoformat(plain)
    except ValueError:  # no such week in that year
        return None


def pick_published(found: list[FoundDate], plain: str) -> FoundDate | None:
    """The one of several dates that says when the text came out.

    A Gregorian date goes before the same day in another calendar, a date before the one it was
    updated on. When a page was looked at or printed says nothing.
    """
    if not found:
        return None
    candidates = [each for each in found if not is_visit(plain, each.start)]
    first = [each for each in candidates if not is_update(plain, each.start)] or candidates
    for wanted in (Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.UNKNOWN):
        exact = [each for each in first if each.precision is wanted]
        for each in exact:
            if each.calendar is Calendar.GREGORIAN:
                return each
        if exact:
            return exact[0]
    return None


def find_dates(
    plain: str, *, language: str | None = None, today: date | None = None, month_first: bool = False
) -> list[FoundDate]:
    """Every date with a year in a line of text with ASCII digits, in order; impossible days with
    ``day=None``."""
    found: list[FoundDate] = []
    if "年" in plain or "년" in plain:
        found.extend(east_asian_dates(plain))
    if not _TWO_DIGITS.search(plain):
        return found
    for match in _VIETNAMESE.finditer(plain):
        _add(found, match.start(), match.end(), (int(match[3]), int(match[2]), int(match[1])), Precision.DAY)
    for match in _YEAR_FIRST.finditer(plain):
        year, month, day = int(match[1]), int(match[3]), int(match[4])
        _add(found, match.start(), match.end(), (year, month, day), Precision.DAY, calendar_of(year, language))
    for match in _DAY_FIRST.finditer(plain):
        first, second, year = int(match[1]), int(match[3]), full_year(match[4], today)
        calendar = calendar_of(year, language) if len(match[4]) == 4 else Calendar.GREGORIAN
        # Day first is the rule of most of the world; else month first only where nothing else is possible.
        slashed = month_first and match[2] == "/" and first <= 12
        day, month = (second, first) if slashed or second > 12 >= first else (first, second)
        _add(found, match.start(), match.end(), (year, month, day), Precision.DAY, calendar)
    if _YEAR.search(plain) and any(char.isalpha() for char in plain):
        for each in worded_dates(plain, language, today):
            if not any(each.start < other.end and other.start < each.end for other in found):
                found.append(each)
    return sorted(found, key=lambda each: each.start)


def _add(
    found: list[FoundDate],
    start: int,
    end: int,
    parts: tuple[int, int, int],
    precision: Precision,
    calendar: Calendar = Calendar.GREGORIAN,
) -> None:
    if any(start < other.end and other.start < end for other in found):
        return
    each = converted(start, end, parts, precision, calendar)
    if each is not None:
        found.append(each)


_DATEPARSER_LANGUAGES = frozenset(language_order)


def _by_dateparser(plain: str, language: str | None) -> FoundDate | None:
    """Forms of languages that the rules above do not know; slow, so only for a short text with a
    year in it."""
    if language not in _DATEPARSER_LANGUAGES or len(plain) > 60 or not re.search(r"(?<!\d)\d{4}(?!\d)", plain):
        return None
    if not any(char.isalpha() for char in plain):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own deprecations
        parsed = dateparser.parse(
            plain,
            languages=[language],
            settings={"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["year", "month", "day"], "DATE_ORDER": "DMY",
                      "RETURN_AS_TIMEZONE_AWARE": False},
        )  # fmt: skip
    if parsed is None or parsed.year not in YEARS or str(parsed.year) not in plain:
        return None
    return FoundDate(0, len(plain), parsed.date(), Precision.DAY)


_YEAR = re.compile(r"\d{4}|['’-]\d\d")  # without one a month's name makes no date
_TWO_DIGITS = re.compile(r"\d\d")  # the least of a year; most lines of text have none
