"""Days of three calendars as days of ours, and which calendar a year belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hijridate import Hijri

from search.dates.values import Precision

from .months import Calendar, jalali_to_gregorian

YEARS = range(1500, 2200)
_JALALI_YEARS = range(1280, 1420)
_HIJRI_YEARS = range(1343, 1501)  # what the Umm al-Qura tables cover
_BUDDHIST_YEARS = range(2440, 2640)
_BUDDHIST_OFFSET = 543


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: ``text[start:end]`` states it. ``day`` is ``None`` for a day that does not
    exist."""

    start: int
    end: int
    day: date | None
    precision: Precision
    calendar: Calendar = Calendar.GREGORIAN


def gregorian(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def converted(
    start: int, end: int, parts: tuple[int, int, int], precision: Precision, calendar: Calendar
) -> FoundDate | None:
    """The Gregorian day; ``None`` when the year belongs to no date of that calendar."""
    year, month, day = parts
    if calendar is Calendar.GREGORIAN:
        if year in _BUDDHIST_YEARS:
            year -= _BUDDHIST_OFFSET
        if year not in YEARS:
            return None
        known = gregorian(year, month, day)
    elif precision is not Precision.DAY:
        # A month of another calendar lies in two of ours, though mostly in one year.
        first, last = _of_other(calendar, (year, month, 1)), _of_other(calendar, (year, month, 29))
        if first is None or last is None or first.year != last.year:
            return None
        return FoundDate(start, end, date(first.year, 1, 1), Precision.YEAR, calendar)
    else:
        known = _of_other(calendar, parts)
    return FoundDate(start, end, known, precision if known else Precision.UNKNOWN, calendar)


def _of_other(calendar: Calendar, parts: tuple[int, int, int]) -> date | None:
    try:
        return jalali_to_gregorian(*parts) if calendar is Calendar.JALALI else _hijri(*parts)
    except (ValueError, OverflowError):
        return None


def _hijri(year: int, month: int, day: int) -> date:
    gregorian = Hijri(year, month, day).to_gregorian()
    return date(gregorian.year, gregorian.month, gregorian.day)


def calendar_of(year: int, language: str | None) -> Calendar:
    """The calendar that a year in digits belongs to; 1398 is Jalali unless the text is Arabic."""
    if language != "ar" and year in _JALALI_YEARS:
        return Calendar.JALALI
    if year in _HIJRI_YEARS and language not in ("fa", "ps", "ckb"):
        return Calendar.HIJRI
    if year in _JALALI_YEARS:
        return Calendar.JALALI
    return Calendar.GREGORIAN


def full_year(digits: str, today: date | None) -> int:
    """A year of two digits is the last such year that is not more than one year ahead."""
    year = int(digits)
    if len(digits) == 4:
        return year
    latest = (today or date.today()).year + 1
    century = latest - latest % 100
    return century + year if century + year <= latest else century - 100 + year
