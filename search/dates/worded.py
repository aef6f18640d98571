"""Dates written with the name of a month, in any of the languages and calendars of the month
table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from search.dates.values import Precision
from search.folding import fold

from .calendars import FoundDate, converted, full_year
from .months import Month, longest_name_words, month_named

_FOUR_DIGITS = re.compile(r"\W?\d{4}")
_WORD = (
    r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0fff\u1000-\u109f"
    r"\u1780-\u17ff])*"
)
_TOKEN = re.compile(_WORD + r"|\d+")
# What may stand between the parts of a worded date.
_FILLER_TABLE = (
    "de del do da of the st nd rd th er le o den d m gada gads y г г. года год roku r ж жылғы жылдың жыл í a an عام سنة لسنة من "
    "شهر ماه سال م ه ngay nam د ad ce i ci cı cu cü il йил թ թվականի წლის წელი"
)
_FILLER = frozenset(fold(word) for word in _FILLER_TABLE.split())
_GAP = re.compile(r"[\s,.،/'’\-–—()·ºª°|:]*")


def worded_dates(plain: str, language: str | None, today: date | None) -> Iterator[FoundDate]:
    """Dates around a month's name: 5 October 2020, October 5, 2020, 2020 October 5, 2020. gada 5.
    oktobris, October 2020."""
    tokens = list(_TOKEN.finditer(plain))
    index = 0
    while index < len(tokens):
        month, width = _month_at(tokens, index, plain, language)
        if month is None:
            index += 1
            continue
        last = index + width - 1
        # "17 تشرين الأول / أكتوبر 2020" names the month twice.
        again, more = _month_at(tokens, last + 1, plain, language)
        if again == month and _joined(plain, tokens[last], tokens[last + 1]):
            last += more
        each = _around(plain, tokens, index, last, month, today)
        if each is not None:
            yield each
        index = last + 1


def _month_at(tokens: list[re.Match[str]], index: int, plain: str, language: str | None) -> tuple[Month | None, int]:
    """The month named from token ``index`` on and how many tokens its name takes; the longest name
    wins."""
    if index >= len(tokens) or tokens[index][0].isdigit():
        return None, 0
    words: list[str] = []
    best: tuple[Month | None, int] = (None, 0)
    for width, token in enumerate(tokens[index : index + longest_name_words()], start=1):
        if token[0].isdigit() or (words and not _joined(plain, tokens[index + width - 2], token)):
            break
        words.append(_folded_word(token[0]))
        month = month_named(" ".join(words), language)
        if month is not None:
            best = (month, width)
    return best


@lru_cache(maxsize=8_192)
def _folded_word(word: str) -> str:
    return fold(word)


def _joined(plain: str, left: re.Match[str], right: re.Match[str]) -> bool:
    return right.start() - left.end() <= 4 and _GAP.fullmatch(plain, left.end(), right.start()) is not None


def _around(
    plain: str, tokens: list[re.Match[str]], first: int, last: int, month: Month, today: date | None
) -> FoundDate | None:
    before = _numbers(plain, tokens, first, -1, today)
    after = _numbers(plain, tokens, last, 1, today)
    calendar, number = month
    day: _Number | None = None
    year: _Number | None = None
    if before and before[0].is_day and after and after[0].is_year:
        day, year = before[0], after[0]  # 5 October 2020
    elif len(after) == 2 and after[0].is_day and after[1].is_year:
        day, year = after  # October 5, 2020
    elif before and before[0].is_year and after and after[0].is_day:
        year, day = before[0], after[0]  # 2020 October 5
    elif len(before) == 2 and before[0].is_day and before[1].is_year:
        day, year = before  # 2020. gada 5. oktobris
    elif after and after[0].is_year and after[0].digits == 4:
        year = after[0]  # October 2020
    elif before and before[0].is_year and before[0].digits == 4:
        year = before[0]
    if year is None:
        return None
    spans = [tokens[first].span(), tokens[last].span(), year.span, *([day.span] if day else [])]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    precision = Precision.DAY if day else Precision.MONTH
    return converted(start, end, (year.value, number, day.value if day else 1), precision, calendar)


@dataclass(frozen=True, slots=True)
class _Number:
    value: int
    digits: int
    span: tuple[int, int]
    is_year: bool

    @property
    def is_day(self) -> bool:
        return not self.is_year and self.digits <= 2 and 1 <= self.value <= 31


def _numbers(plain: str, tokens: list[re.Match[str]], index: int, step: int, today: date | None) -> tuple[_Number, ...]:
    """Up to two numbers beside token ``index``, nearest first, over filler words and light
    punctuation only."""
    numbers: list[_Number] = []
    fillers = 0
    here = index
    while len(numbers) < 2 and 0 <= here + step < len(tokens):
        left, right = (here, here + step) if step > 0 else (here + step, here)
        if not _joined(plain, tokens[left], tokens[right]):
            break
        here += step
        word = tokens[here][0]
        if not word.isdigit():
            fillers += 1
            if fillers > 3 or fold(word) not in _FILLER:
                break
            continue
        start, end = tokens[here].span()
        if plain[end : end + 1] == ":" and plain[end + 1 : end + 2].isdigit():
            break  # a time of day
        # 05-Oct-20, Oct '20; but Oct-05-2020
        short_year = step > 0 and len(word) == 2 and plain[start - 1] in "'’-" and not _FOUR_DIGITS.match(plain, end)
        is_year = len(word) == 4 or short_year
        numbers.append(_Number(full_year(word, today) if is_year else int(word), len(word), (start, end), is_year))
    return tuple(numbers)
