"""The publication date that an article's address states."""

from __future__ import annotations

import re

from search.dates.calendars import gregorian
from search.dates.months import Calendar, month_named
from search.dates.values import DateSource, Precision, PublishedDate

_URL_SPLIT = re.compile(
    r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.?#-]|$)"
    r"|/(\d{4})[/-]?(\d{2})[/-]?(\d{2})(?=[/_.?#-]|$)"
    r"|[-_/=t](\d{4})[-_](\d{2})[-_](\d{2})(?!\d)"
    r"|[-_/=t](20\d{2})(\d{2})(\d{2})(?!\d)"
)
_URL_DAY_FIRST = re.compile(r"[-_/=](\d{2})[-_./](\d{2})[-_./](20\d{2})(?=[/_.?#&-]|$)")
_URL_WORDED = re.compile(r"/(\d{4})/([a-z]{3,9})/(\d{1,2})(?=/|$)", re.IGNORECASE)
_URL_MONTH = re.compile(r"/(\d{4})[/-](\d{2})(?=/|$)")
_URL_YEARS = range(1990, 2100)


def date_from_url(url: str | None) -> PublishedDate:
    """The date in an article's address (``/2020/10/05/``, ``/2020/oct/05/``, ``/2020-10/05/``,
    ``-20201005``, ``/2020/10/``)."""
    if not url:
        return PublishedDate()
    head = url[:2_000]
    for match in _URL_SPLIT.finditer(head):
        year, month, day = (int(part) for part in match.groups() if part is not None)
        known = gregorian(year, month, day) if year in _URL_YEARS else None
        if known:
            return PublishedDate(known, Precision.DAY, DateSource.URL, match[0].strip("/-_=t"))
    for match in _URL_DAY_FIRST.finditer(head):
        first, second, year = (int(part) for part in match.groups())
        # Day or month first is for the site to know: only where the numbers leave no choice.
        day, month = (first, second) if first > 12 or first == second else (second, first)
        known = gregorian(year, month, day) if day > 12 or day == month else None
        if known:
            return PublishedDate(known, Precision.DAY, DateSource.URL, match[0].strip("/-_="))
    match_word = _URL_WORDED.search(head)
    if match_word and int(match_word[1]) in _URL_YEARS:
        month_word = month_named(match_word[2].lower(), "en")
        if month_word and month_word[0] is Calendar.GREGORIAN:
            known = gregorian(int(match_word[1]), month_word[1], int(match_word[3]))
            if known:
                return PublishedDate(known, Precision.DAY, DateSource.URL, match_word[0].strip("/"))
    match_month = _URL_MONTH.search(head)
    if match_month and int(match_month[1]) in _URL_YEARS:
        known = gregorian(int(match_month[1]), int(match_month[2]), 1)
        if known:
            return PublishedDate(known, Precision.MONTH, DateSource.URL, match_month[0].strip("/"))
    return PublishedDate()
