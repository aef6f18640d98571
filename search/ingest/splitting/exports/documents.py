"""Where the documents of an export begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.ingest.splitting.lines import Line

from .label_table import CLOSING, TELLING, Field
from .marks import Kind, Mark

_CODES = 4  # different ones that make a page an export
_LABELS = 2  # that only exports have


@dataclass(frozen=True, slots=True)
class Span:
    """The lines of a document, ``end`` excluded."""

    start: int
    end: int


def find_documents(lines: Sequence[Line], marks: Sequence[Mark | None]) -> list[Span]:
    """The documents of a page; none if it is no export."""
    known = [(index, mark) for index, mark in enumerate(marks) if mark is not None]
    codes = {mark.label for _, mark in known if mark.kind is Kind.CODE}
    if len(codes) >= _CODES and "HD" in codes:
        starts = [index for index, mark in known if mark.kind is Kind.CODE and mark.label == "HD"]
        return _spans([_above(lines, marks, index) for index in starts], len(lines))
    telling = {mark.label for _, mark in known if mark.label in TELLING}
    words = [index for index, mark in known if mark.kind is Kind.WORDS]
    starts = [index for index, mark in known if mark.kind is Kind.START]
    ends = [index for index, mark in known if mark.kind is Kind.END]
    if not (len(telling) >= _LABELS or ((starts or ends) and (telling or words or ends))):
        return []
    if starts:
        return _spans(starts, len(lines))
    if ends:
        return _by_ends(lines, marks, ends)
    if words:
        return _spans([_head_above(lines, marks, index) for index in words], len(lines))
    return _by_tails(lines, marks)


def _spans(starts: Sequence[int], end: int) -> list[Span]:
    return [Span(start, following) for start, following in zip(starts, [*starts[1:], end], strict=True)]


def _above(lines: Sequence[Line], marks: Sequence[Mark | None], index: int) -> int:
    """Index of the first code directly above: some exports give the section before the title."""
    while index > 0 and lines[index - 1].text:
        mark = marks[index - 1]
        if mark is None or mark.kind is not Kind.CODE or mark.label not in ("SE", "CLM"):
            break
        index -= 1
    return index


def _by_ends(lines: Sequence[Line], marks: Sequence[Mark | None], ends: Sequence[int]) -> list[Span]:
    spans = _spans([0, *(index + 1 for index in ends[:-1])], ends[-1] + 1)
    rest = range(ends[-1] + 1, len(lines))
    prose = any(lines[index].is_prose and marks[index] is None for index in rest)
    if prose and any(
        mark is not None and (mark.kind is Kind.WORDS or mark.label in TELLING) for mark in marks[ends[-1] + 1 :]
    ):
        spans.append(Span(ends[-1] + 1, len(lines)))
    return spans


def _head_above(lines: Sequence[Line], marks: Sequence[Mark | None], index: int) -> int:
    """Where the head with this number of words begins: two blocks above at most, no text among
    them."""
    start, blocks = index, 0
    for above in range(index - 1, -1, -1):
        line = lines[above]
        if not line.text:
            blocks += bool(lines[above + 1].text)
            continue
        if blocks > 2 or line.is_prose or line.ends_sentence or _is_end(marks[above]):
            break
        start = above
        if blocks == 2:
            break
    return start


def _is_end(mark: Mark | None) -> bool:
    return mark is not None and mark.kind in (Kind.END, Kind.RULE)


def _by_tails(lines: Sequence[Line], marks: Sequence[Mark | None]) -> list[Span]:
    """A document begins below labels that stand under a text, with the first line that has none."""
    starts: list[int] = []
    texts = labels = closed = False
    for index, line in enumerate(lines):
        mark = marks[index]
        if not line.text:
            continue
        if mark is not None and mark.kind in (Kind.LABEL, Kind.RULE):
            labels = labels or texts
            closed = closed or mark.label in CLOSING
            if mark.field is Field.TEXT and mark.value:
                texts, labels = True, False
        elif line.is_prose and mark is None:
            if not starts:
                starts.append(0)
            # Below labels that close a document without a blank line, a long title.
            if closed and not lines[index - 1].text:
                starts.append(index)
                closed = False
            texts, labels = True, False
        elif not starts:
            starts.append(0 if mark is None else index)
        elif mark is None and not lines[index - 1].text and (closed or (labels and texts)):
            starts.append(index)
            texts = labels = closed = False
    return _spans(starts, len(lines))
