"""Where the text of an article ends within its part of the page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from search.folding import fold
from search.ingest.evidence import Cue, Evidence

from .boilerplate import Boilerplate
from .heads.head import Head
from .page import Page

MAX_BIOGRAPHY_CHARS = 600
LONG_CHARS = 110  # longer lines are hardly headlines of other articles
MIN_LINK_LINES = 4  # headlines and addresses, of a block that ends a text
_MARKED, _CLOSED, _TRIMMED, _OPEN = 0.95, 0.9, 0.8, 0.7


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
        elif not ended or (line.is_prose and line.weight >= 80):
            prose = prose or page.is_prose(index)
            if not prose or alone or closes_text(page, index):
                last, ended = index, False
            ended = ended or index in page.glued
    return last + 1


def closes_text(page: Page, index: int) -> bool:
    """Whether a text may end with this line: prose, a short sentence, an item of a list, a reference in brackets."""
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
    """Index of a separator, or of a block of links, under which stands little beside what stands above it."""
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
    return inside[last] if below <= MAX_BIOGRAPHY_CHARS and below * 3 <= above else None


def evidence_of_end(page: Page, stop: int, end: int, next_start: Evidence | None) -> Evidence:
    """How sure it is that a text ends before index ``stop``, the next article (``None``: the page) beginning at ``end``."""
    rest = [index for index in range(stop, end) if not page.lines[index].is_blank]
    marked = next((index for index in rest[:1] if page.boilerplate[index] is not None or page.credits[index]), None)
    if marked is not None:
        boilerplate = page.boilerplate[marked]
        return Evidence(_MARKED, (Cue(f"{boilerplate or 'source or date'} below", marked + 1),))
    if stop - 1 in page.glued:
        return Evidence(_CLOSED, (Cue("heading run together with the last sentence", stop),))
    if rest:
        return Evidence(_TRIMMED, (Cue("lines below that end no sentence", rest[0] + 1),))
    if next_start is not None:
        return Evidence(next_start.confidence, (Cue("the next article begins", end + 1), *next_start.cues))
    closed = closes_text(page, stop - 1)
    return Evidence(_CLOSED if closed else _OPEN, (Cue("end of the page", stop),))
