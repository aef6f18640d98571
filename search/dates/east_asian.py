"""Dates as China, Japan and Korea write them: with a sign after each number, in digits or in words,
by our years or an era's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.dates.values import Precision

from .calendars import FoundDate, converted
from .months import Calendar

# The year before the first one of each era.
_ERAS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "大正": 1911,
    "中華民國": 1911,
    "中华民国": 1911,
    "民國": 1911,
    "民国": 1911,
}
_ERA = "|".join(sorted(_ERAS, key=len, reverse=True))
_DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = rf"\d{{1,2}}|[{''.join(_DIGITS)}十廿卅]{{1,4}}"
_DATE = re.compile(
    rf"(?:(?P<year>\d{{4}}|[{''.join(_DIGITS)}]{{4}})|(?P<era>{_ERA})\s?(?P<nth>\d{{1,3}}|元|[{''.join(_DIGITS)}十]{{1,3}}))\s?[年년]"
    rf"\s?(?P<month>{_NUMBER})\s?[月월](?:\s?(?P<day>{_NUMBER})\s?[日号號일])?"
)


def east_asian_dates(plain: str) -> Iterator[FoundDate]:
    """The dates of that kind in a text with ASCII digits, in order."""
    for match in _DATE.finditer(plain):
        era = match["era"]
        year = _ERAS[era] + _number(match["nth"]) if era else _year(match["year"])
        parts = (year, _number(match["month"]), _number(match["day"]) if match["day"] else 1)
        precision = Precision.DAY if match["day"] else Precision.MONTH
        found = converted(match.start(), match.end(), parts, precision, Calendar.GREGORIAN)
        if found is not None:
            yield found


def _year(written: str) -> int:
    """Four digits, or four signs read one by one."""
    return (
        int(written)
        if written.isdigit() and written.isascii()
        else int("".join(str(_DIGITS[sign]) for sign in written))
    )


def _number(written: str) -> int:
    """A number under a hundred, in digits or in words: 二十五, 廿五; 元 is the first year of an era."""
    if written.isascii():
        return int(written)
    if written == "元":
        return 1
    written = written.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[sign]) for sign in ones))
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
