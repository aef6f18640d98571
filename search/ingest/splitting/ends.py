"""Where the text of an article ends within its part of the page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from search.folding import fold
from search.ingest.evidence import Cue, Evidence

from .boilerplate import Boilerplate
from .heads.head import Head
from .page import Page
from .rules import PAGES

MAX_BIOGRAPHY_CHARS = 600
LONG_CHARS = 110  # longer lines are hardly headlines of other articles
MIN_LINK_LINES = 4  # headlines and addresses, of a block that ends a text
_REOPENING_WEIGHT = 80  # of a paragraph that goes on with a text after what looked like its end
_ABOVE_BELOW = 3  # times what stands under a separator that stands above it, if the text ends there


def end_of_body(page: Page, head: Head, end: int, *, alone: bool) -> int:
    """The index after the last line of the text; what follows in the segment is boilerplate."""
    inside = page.filled[bisect_left(page.filled, head.body) : bisect_left(page.filled, end)]
    last = head.title
    ended = False  # an end mark was passed: only real paragraphs reopen the text
    prose = False
    author = fold(head.author) if head.author else None
    tail = _short_tail(page, inside)
    for index in inside:
        line, boilerplate = page.lines[index], page.boilerplate[index]
        if boilerplate is Boilerplate.COMMENTS or index == tail:
            break
        if boilerplate is not None:
            ended = ended or boilerplate not in (Boilerplate.MEDIA, Boilerplate.LINK)
            if boilerplate is Boilerplate.MAIL:
                break
        elif page.credits[index] is not None or _tells_of_author(page, index, author, ended=ended, prose=prose):
            ended = True
        elif not ended or (line.is_prose and line.weight >= _REOPENING_WEIGHT):
            prose = prose or page.is_prose(index)
            if not prose or alone or closes_text(page, index):
                last, ended = index, False
            ended = ended or index in page.glued
    return last + 1


def closes_text(page: Page, index: int) -> bool:
    """Whether a text may end with this line: prose, a short sentence, an item of a list, a
    reference in brackets."""
    line = page.lines[index]
    if page.is_prose(index) or index in page.glued or line.weight >= LONG_CHARS:
        return True
    return line.ends_sentence or line.text[0] in "*•·-–—[(" or line.last_char in '»”"'


def _tells_of_author(page: Page, index: int, author: str | None, *, ended: bool, prose: bool) -> bool:
    """A biography: by its words, or because a last paragraph begins with the name of the byline."""
    line = page.lines[index]
    named = bool(author) and line.folded.startswith(author or "")
    if index in page.biographies:
        return ended or named
    following = page.after(index, 1)
    over = not following or page.boilerplate[following[0]] is not None or not page.is_prose(following[0])
    return named and prose and over and len(line.text) <= MAX_BIOGRAPHY_CHARS


def _short_tail(page: Page, inside: Sequence[int]) -> int | None:
    """Index of a separator, or of a block of links, under which stands little beside what stands
    above it."""
    last = None
    links = 0
    for place, index in enumerate(inside):
        links = links + 1 if page.boilerplate[index] is Boilerplate.LINK else 0
        if page.boilerplate[index] is Boilerplate.SEPARATOR:
            last = place
        elif links == MIN_LINK_LINES:
            last = place - links + 1
    if last is None:
        return None
    above = sum(page.lines[index].weight for index in inside[:last])
    below = sum(page.lines[index].weight for index in inside[last + 1 :] if page.boilerplate[index] is None)
    return inside[last] if below <= MAX_BIOGRAPHY_CHARS and below * _ABOVE_BELOW <= above else None


class Ending(NamedTuple):
    """Where a text ends: before index ``stop``, the next article (or the page) beginning at
    ``end``."""

    page: Page
    stop: int
    end: int
    below: int | None
    """Index of the first line that is not blank between the two."""
    next_start: Evidence | None


class Found(NamedTuple):
    """The number of the line that shows an end, and what stands there."""

    line: int
    what: str = ""


class EndRule(NamedTuple):
    """A row of the table: what shows an end, and how sure that is."""

    find: Callable[[Ending], Found | None]
    confidence: float | None
    """``None``: as sure as it is that the next article begins."""
    cue: str
    """What is told as evidence, ``{}`` for what stands there."""
    basis: str


def _mark_below(at: Ending) -> Found | None:
    if at.below is None or not (at.page.boilerplate[at.below] is not None or at.page.credits[at.below]):
        return None
    return Found(at.below + 1, str(at.page.boilerplate[at.below] or "source or date"))


def _glued_heading(at: Ending) -> Found | None:
    return Found(at.stop) if at.stop - 1 in at.page.glued else None


def _lines_below(at: Ending) -> Found | None:
    return Found(at.below + 1) if at.below is not None else None


def _next_article(at: Ending) -> Found | None:
    return Found(at.end + 1) if at.next_start is not None else None


def _closed_end_of_page(at: Ending) -> Found | None:
    return Found(at.stop) if closes_text(at.page, at.stop - 1) else None


def _end_of_page(at: Ending) -> Found | None:
    return Found(at.stop)


#: The first that is found counts; the last always is.
END_RULES = (
    EndRule(_mark_below, 0.95, "{} below", PAGES),
    EndRule(_glued_heading, 0.9, "heading run together with the last sentence", "invented pages of that layout"),
    EndRule(_lines_below, 0.8, "lines below that end no sentence", PAGES),
    EndRule(_next_article, None, "the next article begins", "docs/quality.md: how sure the beginnings are"),
    EndRule(_closed_end_of_page, 0.9, "end of the page", PAGES),
    EndRule(_end_of_page, 0.7, "end of the page", "the last line ends no sentence: the page may be cut off; " + PAGES),
)


def evidence_of_end(page: Page, stop: int, end: int, next_start: Evidence | None) -> Evidence:
    """How sure it is that a text ends before index ``stop``, the next article (``None``: the page)
    beginning at ``end``."""
    below = next((index for index in range(stop, end) if not page.lines[index].is_blank), None)
    at = Ending(page, stop, end, below, next_start)
    rule, found = next((rule, found) for rule in END_RULES if (found := rule.find(at)) is not None)
    cue = Cue(rule.cue.format(found.what), found.line)
    if rule.confidence is None and next_start is not None:
        return Evidence(next_start.confidence, (cue, *next_start.cues))
    return Evidence(rule.confidence or 0.0, (cue,))
