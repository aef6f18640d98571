"""One document of an export: its head, its text, and the labels under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from search.ingest.splitting.lines import Line

from .documents import Span
from .label_table import Field
from .marks import Kind, Mark, is_code_name, read_head_mark

_HEAD_LINES = 40  # filled lines of a head; what has more labels is a list of terms
_SENTENCE_CHARS = 80  # of a line that is text though nothing says that it begins
_LOOSE_LINES = 3  # without a label, one after the other, among the labels under a text
_BARE_LINES = 4  # one after the other in a head: outlet, edition, title
_ANCHORED_LINES = 14  # filled lines of a head down to its number of words
_LIST = re.compile(r"\(\d{1,3}%\)|;\s*$|\|")
_SKIPPED = frozenset({Kind.PAPER, Kind.RULE, Kind.START})


@dataclass(slots=True)
class Document:
    """What the lines of a document are."""

    span: Span
    values: dict[Field, tuple[str, int]] = field(default_factory=dict)
    """Of its labels, each with the index of its line; the first that says something."""
    bare: list[int] = field(default_factory=list)
    """Indexes of the lines of its head without a label: title and outlet."""
    date: int | None = None
    """Index of a date without a label."""
    words: int | None = None
    """Index of a number of words without a label."""
    byline: tuple[str, int] | None = None
    rights: int | None = None
    text: list[int] = field(default_factory=list)
    lead: list[int] = field(default_factory=list)
    """Indexes of labelled lines whose values are text."""

    def take(self, what: Field, value: str, index: int) -> None:
        """Keep a value, if it is the first of its kind."""
        if value.strip(" -–—"):
            self.values.setdefault(what, (value, index))


def read_document(lines: Sequence[Line], marks: Sequence[Mark | None], span: Span) -> Document:
    """Tell head, text and tail of a document from each other."""
    document = Document(span)
    filled = [index for index in range(span.start, span.end) if lines[index].text]
    kinds = {index: marks[index] for index in filled}
    begins = _text_begins(lines, kinds, filled)
    head = [index for index in filled if index < begins]
    body = [index for index in filled if index >= begins]
    _read_head(lines, kinds, head, document)
    tail = _tail_begins(lines, kinds, body)
    for index in body:
        mark = kinds[index]
        if index >= tail or mark is not None:
            _read_below(lines, mark, index, document, is_tail=index >= tail)
        else:
            document.text.append(index)
    return document


def _text_begins(lines: Sequence[Line], kinds: dict[int, Mark | None], filled: Sequence[int]) -> int:
    """Index of the first line that is of the text or says that it begins."""
    said = next((index for index in filled if _is_text_label(kinds[index])), None)
    if said is not None:
        return said
    last = _anchor(kinds, filled)
    # Below a labelled length only labels are of the head; below a bare number of words all that heads have.
    is_labelled = last is not None and kinds[filled[last]] != Mark(Kind.WORDS)
    anchor = -1 if last is None else last
    for place, index in enumerate(filled[:_HEAD_LINES]):
        mark = read_head_mark(lines[index], kinds[index])
        if mark is not None and place > anchor and is_labelled and mark.kind not in (Kind.LABEL, Kind.CODE):
            break
        if mark is not None:
            if mark.kind not in _SKIPPED:
                last = max(place, last or 0)
            continue
        above = -1 if last is None else last
        if place > above and (lines[index].is_prose or place - above > _BARE_LINES):
            break
    if last is None:
        return filled[1] if len(filled) > 1 else filled[0] + 1
    bare_above = sum(
        read_head_mark(lines[index], kinds[index]) is None and not _is_value(kinds, filled, place)
        for place, index in enumerate(filled[:last])
    )
    below = last + 1
    if not bare_above or _is_outlet_first(lines, kinds, filled[: last + 1]):
        # The title stands under the date, or the outlet under the number of words.
        while below < len(filled) - 1 and not lines[filled[below]].is_prose and kinds[filled[below]] is None:
            below += 1
            if not lines[filled[below] - 1].text:
                break
    return filled[below] if below < len(filled) else filled[-1] + 1


def _is_value(kinds: dict[int, Mark | None], filled: Sequence[int], place: int) -> bool:
    """Whether the line above is a label without a value."""
    above = kinds[filled[place - 1]] if place else None
    return above is not None and above.kind is Kind.LABEL and not above.value


def _anchor(kinds: dict[int, Mark | None], filled: Sequence[int]) -> int | None:
    """Place of the number of words of a head, which no text stands above."""
    for place, index in enumerate(filled[:_ANCHORED_LINES]):
        mark = kinds[index]
        if mark is not None and (mark.kind is Kind.WORDS or mark.field is Field.LENGTH):
            return place
    return None


def _is_outlet_first(lines: Sequence[Line], kinds: dict[int, Mark | None], head: Sequence[int]) -> bool:
    """Whether a head ends with its date, above which stands the outlet alone."""
    marks = [read_head_mark(lines[index], kinds[index]) for index in head]
    begun = any(mark is not None and mark.kind is Kind.START for mark in marks)
    last = next((mark for mark in reversed(marks) if mark is not None), None)
    return begun and last is not None and last.kind in (Kind.DATE, Kind.DETAIL) and marks.count(None) == 1


def _is_text_label(mark: Mark | None) -> bool:
    return mark is not None and mark.field is Field.TEXT


def _read_head(lines: Sequence[Line], kinds: dict[int, Mark | None], head: Sequence[int], document: Document) -> None:
    awaited: Field | None = None
    for index in head:
        mark = read_head_mark(lines[index], kinds[index])
        if awaited is not None and (mark is None or mark.kind not in (Kind.LABEL, Kind.CODE)):
            # A label above its value.
            document.take(awaited, lines[index].text, index)
            awaited = None
            continue
        awaited = None
        if mark is None:
            document.bare.append(index)
        elif mark.kind in (Kind.LABEL, Kind.CODE):
            document.take(mark.field, mark.value, index)
            if mark.field is Field.LEAD and mark.value:
                document.lead.append(index)
            if not mark.value and mark.kind is Kind.LABEL:
                awaited = mark.field
        elif mark.kind is Kind.DATE and document.date is None:
            document.date = index
        elif mark.kind is Kind.WORDS:
            document.words = index
        elif mark.kind is Kind.BYLINE and document.byline is None:
            document.byline = (mark.value, index)
        elif mark.kind is Kind.RIGHTS and document.rights is None:
            document.rights = index
    if document.words is not None or document.rights is not None:
        document.bare = [
            index for index in document.bare if not (is_code_name(lines[index].text) and _has_other(document, index))
        ]


def _has_other(document: Document, index: int) -> bool:
    """Whether a code of a source stands below another name, with the number of words above."""
    if document.words is None or index < document.words:
        return False
    return any(document.words < other < index for other in document.bare)


def _tail_begins(lines: Sequence[Line], kinds: dict[int, Mark | None], body: Sequence[int]) -> int:
    """Index of the first line under the text: below it stand labels, their values, notices and
    addresses."""
    tail = body[-1] + 1 if body else 0
    waiting: list[int] = []
    for place in range(len(body) - 1, -1, -1):
        index = body[place]
        mark = read_head_mark(lines[index], kinds[index])
        if mark is not None and mark.field not in (Field.TEXT, Field.LEAD):
            if mark.kind in (Kind.DATE, Kind.BYLINE, Kind.DETAIL, Kind.WORDS):
                waiting.append(index)
                continue
            tail, waiting = index, []
        elif mark is not None:
            break
        elif lines[index].is_url or _LIST.search(lines[index].text[-200:]) or _goes_on_label(kinds, index):
            continue
        elif _is_sentence(lines[index]) or len(waiting) >= _LOOSE_LINES:
            break
        else:
            waiting.append(index)
    return tail


def _is_sentence(line: Line) -> bool:
    return line.is_prose or line.ends_sentence or line.weight >= _SENTENCE_CHARS


def _goes_on_label(kinds: dict[int, Mark | None], index: int) -> bool:
    """Whether a line stands directly under a label with a value."""
    above = kinds.get(index - 1)
    return above is not None and above.kind in (Kind.LABEL, Kind.CODE) and above.field is Field.OTHER


def _read_below(lines: Sequence[Line], mark: Mark | None, index: int, document: Document, *, is_tail: bool) -> None:
    if mark is None:
        return
    if mark.kind in (Kind.LABEL, Kind.CODE):
        is_text = mark.field is Field.TEXT or (mark.field is Field.LEAD and not is_tail)
        if not is_text and not is_tail:
            document.text.append(index)
        elif is_text and mark.value:
            document.text.append(index)
            document.lead.append(index)
        elif not is_text:
            document.take(mark.field, mark.value, index)
    elif not is_tail and mark.kind not in (Kind.PAPER, Kind.END):
        document.text.append(index)
