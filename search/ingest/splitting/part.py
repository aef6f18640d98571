"""A part of an article's text read as an article of its own."""

from __future__ import annotations

from dataclasses import dataclass

from search.dates.values import PublishedDate
from search.ingest.evidence import Cue, Evidence, SplitEvidence

from .boilerplate import PHRASES
from .heads.head import Head
from .heads.reading import read_head
from .labels import read_labels
from .page import Page
from .page_read import read_page_lines
from .titles.looks import strip_label


@dataclass(frozen=True, slots=True)
class Part:
    """What a part states: its first line is the title; ``body`` is the rest without the lines of
    its head.

    ``body_starts`` is the place in the part where the body begins.
    """

    title: str
    body: str
    body_starts: int
    outlet: str | None
    author: str | None
    published: PublishedDate
    evidence: SplitEvidence


def read_part(text: str) -> Part:
    """Read ``text``, which begins with a line that a person says is a title; raises ValueError for
    blank text."""
    page = read_page_lines(text, None, PHRASES)
    if not page.filled:
        raise ValueError("the part has no text")
    first = page.filled[0]
    head = read_head(page, first)
    end = len(page.lines)
    labels, _notes = read_labels(page, head, _end(page, head), end)
    raw = text.split("\n")
    body_line = next((index for index in page.filled if index >= head.body), end)
    chosen = Evidence(1.0, (Cue("chosen by a person"),))
    return Part(
        title=strip_label(page.lines[first].text),
        body="\n".join(raw[body_line:]).rstrip(),
        body_starts=sum(len(line) + 1 for line in raw[:body_line]),
        outlet=labels.outlet,
        author=labels.author,
        published=labels.published or PublishedDate(),
        evidence=SplitEvidence(
            chosen,
            chosen,
            chosen,
            labels.evidence.get("outlet"),
            labels.evidence.get("author"),
            labels.evidence.get("date"),
        ),
    )


def _end(page: Page, head: Head) -> int:
    """The index after the last line of prose: what stands below may state labels."""
    last = max((index for index in page.filled if index >= head.body and page.is_prose(index)), default=head.body - 1)
    return last + 1
