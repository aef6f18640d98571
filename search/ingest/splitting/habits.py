"""What a page does throughout: who speaks in it, what it writes in capitals, what its table of
contents lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.folding import fold

from .boilerplate import Boilerplate
from .lines import MAX_TITLE_LINE_CHARS, Line
from .page import Page

#: Fewer may be chance; the interviews and the tables of contents of the invented pages have as many.
_QUESTIONS = 3  # above texts, that make an interview
_SPEECHES = 3  # lines with the same words before a colon
_CONTENTS, _FOUND_CONTENTS = 3, 2  # lines above the first text, and those of them that come again
_ITEMS = 3  # numbered in order from one, of a round-up
_OWN_BYLINE = 3  # lines below an item, in which a byline of its own would stand
_NUMBER = re.compile(r"\W{0,2}(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})\s?[.)、．\-–—:/]\s*(?=\S)")
_CJK_NUMBERS = "一二三四五六七八九十"
_SPEAKER = re.compile(r"^([^:：]{1,40})[:：]")


@dataclass(frozen=True, slots=True)
class Habits:
    """The habits of a page."""

    speakers: frozenset[str]
    """What stands before a colon three times or more, folded."""
    capitals: float
    """The share of its lines that are in capitals."""
    contents: Mapping[str, int]
    """Lines of its table of contents, folded → index where they come last."""
    endings: Mapping[str, int]
    """Headings of links, folded → how often."""
    asks: bool
    """Whether questions stand above the text again and again."""
    items: frozenset[int]
    """Indexes of the numbered headings of a round-up: parts of one article."""

    @classmethod
    def of(cls, page: Page, runs: Sequence[Sequence[int]]) -> Habits:
        """Of a page with these stretches between texts."""
        return cls(
            _speakers(page),
            _share_of_capitals(page),
            _contents(page),
            _endings(page),
            _is_interview(page, runs),
            _items(page),
        )

    def has_speaker(self, line: Line) -> bool:
        """Whether a line is what one of the speakers says."""
        match = _SPEAKER.match(line.text)
        return match is not None and fold(match[1]) in self.speakers


def _speakers(page: Page) -> frozenset[str]:
    """What stands before a colon three times or more: the speakers of an interview."""
    labels: Counter[str] = Counter()
    written: dict[str, str] = {}
    for line, count in Counter(page.lines).items():
        if match := _SPEAKER.match(line.text[:60]):
            label = fold(match[1])
            written[label] = re.sub(r"\d+", "", label).strip()
            labels[written[label]] += count
    kept = {label for label, count in labels.items() if count >= _SPEECHES}
    return frozenset(kept | {label for label, bare in written.items() if bare in kept})


def _share_of_capitals(page: Page) -> float:
    return sum(page.lines[index].is_upper for index in page.filled) / max(1, len(page.filled))


def _contents(page: Page) -> Mapping[str, int]:
    """Lines that the beginning of the page lists and that come again later, a table of contents:
    folded → last index."""
    first_prose = next((place for place, index in enumerate(page.filled) if page.is_prose(index)), 0)
    early = Counter(
        fold(page.lines[index].text) for index in page.filled[:first_prose] if page.lines[index].can_be_title
    )
    if len(early) < _CONTENTS:
        return {}
    # Of lines that say the same the last index is kept.
    latest = {page.lines[index]: index for index in page.filled}
    last: dict[str, int] = {}
    for line, index in latest.items():
        if len(line.text) <= MAX_TITLE_LINE_CHARS:
            key = fold(line.text)
            last[key] = max(index, last.get(key, 0))
    place = page.filled[first_prose]
    found = {line: last[line] for line, count in early.items() if count > 1 or last.get(line, 0) > place}
    return found if len(found) >= _FOUND_CONTENTS else {}


def _endings(page: Page) -> Mapping[str, int]:
    return Counter(page.lines[index].folded for index in page.filled if page.boilerplate[index] is Boilerplate.RELATED)


def _is_interview(page: Page, runs: Sequence[Sequence[int]]) -> bool:
    """Whether questions stand above the text again and again."""
    return sum(page.lines[run[-1]].last_char in "?؟？" for run in runs) >= _QUESTIONS


def _items(page: Page) -> frozenset[int]:
    """The numbered headings, from one upwards, none of which has a byline or a date of its own."""
    found: list[int] = []
    for index in page.filled:
        match = _NUMBER.match(page.lines[index].text[:12])
        if match is None:
            continue
        number = _value(match["number"])
        if number == len(found) + 1:
            found.append(index)
        elif number == 1:
            found = [index]
    signed = any(page.credits[each] is not None for index in found for each in page.after(index, _OWN_BYLINE))
    return frozenset(found) if len(found) >= _ITEMS and not signed else frozenset()


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    return _CJK_NUMBERS.find(number) + 1 if len(number) == 1 else 10 + _CJK_NUMBERS.find(number[1]) + 1
