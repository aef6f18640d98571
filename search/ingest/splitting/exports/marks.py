"""What a line of an export is: a start, an end, a labelled line, a number of words, a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from babel import Locale

from search.folding import fold
from search.ingest.splitting.byline_forms import BY
from search.ingest.splitting.bylines import is_bare_date, read_credit
from search.ingest.splitting.lines import Line, of_each

from . import label_table as table
from .label_table import CODES, LABELS, Field

MAX_LABEL_CHARS = 45
_MAX_SHORT_LINE = 120  # characters of a line that says nothing but what it is
_MAX_DATE_LINE = 70
_LABEL = re.compile(r"([^\W\d_][\w .()/'’&-]{0,44}?)\s?[:：]\s?+(.*)", re.DOTALL)
_CODE = re.compile(r"([A-Z]{2,3})(?:\t\s*|\s{2,}|\s*$)(.*)", re.DOTALL)
_RULE = re.compile(r"[_=*~-]{5,}")
_CODE_NAME = re.compile(r"[A-Z][A-Z0-9]{2,11}")
_START, _END, _ACCESSION, _WORDS, _RIGHTS, _FURNITURE, _DETAILS, _EDITION = (
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        table.START, table.END, table.ACCESSION, table.WORDS, table.RIGHTS, table.FURNITURE, table.DETAILS, table.EDITION,
    )
)  # fmt: skip
_LANGUAGES_OF_LABELS = ("en", "fr", "de", "es", "pt", "it", "nl", "ru", "ar", "zh", "tr", "pl", "sv")


class Kind(Enum):
    """The kinds of lines."""

    START = auto()
    END = auto()
    LABEL = auto()
    CODE = auto()
    WORDS = auto()
    DATE = auto()
    BYLINE = auto()
    RIGHTS = auto()
    DETAIL = auto()
    """A page, an edition, a time, the name of a language, a source's code."""
    RULE = auto()
    PAPER = auto()
    """A page number and the like, which may stand anywhere."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line is; ``field`` and ``value`` of a labelled one."""

    kind: Kind
    field: Field = Field.OTHER
    value: str = ""
    label: str = ""


def read_marks(lines: Sequence[Line]) -> list[Mark | None]:
    """What each line is; ``None`` for text, a title, a name."""
    marks = of_each(lines, read_mark)
    return [marks[line] for line in lines]


def labels_of(lines: Sequence[Line]) -> frozenset[int]:
    """Indexes of the lines of an export that state something: all that are no sentences."""
    states = of_each(lines, lambda line: not line.is_prose or read_head_mark(line, read_mark(line)) is not None)
    return frozenset(index for index, line in enumerate(lines) if states[line])


def read_mark(line: Line) -> Mark | None:
    """What a line is by itself."""
    text = line.text
    if not text:
        return None
    code = _CODE.match(line.raw.strip())
    if code and code[1] in CODES:
        return Mark(Kind.CODE, CODES[code[1]], " ".join(code[2].split()), code[1])
    if len(text) <= _MAX_SHORT_LINE:
        short = _short(line)
        if short is not None:
            return short
    labelled = _LABEL.match(text)
    if labelled:
        label = fold(labelled[1].strip())
        if label in LABELS:
            return Mark(Kind.LABEL, LABELS[label], labelled[2].strip(), label)
    if len(text) <= MAX_LABEL_CHARS:
        label = fold(text.strip(" :："))
        if label in LABELS:
            return Mark(Kind.LABEL, LABELS[label], "", label)
    return None


def _short(line: Line) -> Mark | None:
    text = line.text
    for pattern, kind in (
        (_START, Kind.START),
        (_END, Kind.END),
        (_ACCESSION, Kind.END),
        (_WORDS, Kind.WORDS),
        (_RULE, Kind.RULE),
        (_FURNITURE, Kind.PAPER),
        (_DETAILS, Kind.DETAIL),
    ):
        if pattern.fullmatch(text):
            return Mark(kind)
    return None


def read_head_mark(line: Line, mark: Mark | None) -> Mark | None:
    """What a line of a head is, where dates, bylines and notices of rights are no text."""
    if mark is not None:
        return mark
    text = line.text
    if _RIGHTS.match(text) or text.startswith("©"):
        return Mark(Kind.RIGHTS)
    if len(text) > _MAX_SHORT_LINE:
        return None
    if fold(text) in _language_names() or _EDITION.fullmatch(text):
        return Mark(Kind.DETAIL)
    by = BY.match(text)
    if by:
        return Mark(Kind.BYLINE, value=text[by.end() :].strip())
    if len(text) <= _MAX_DATE_LINE and is_bare_date(read_credit(line)):
        return Mark(Kind.DATE, value=text)
    return None


def is_code_name(text: str) -> bool:
    """Whether a line may be the code that a database has for a source."""
    return _CODE_NAME.fullmatch(text) is not None


@lru_cache(maxsize=1)
def _language_names() -> frozenset[str]:
    """Names of languages as exports write them."""
    names = {fold(name) for code in _LANGUAGES_OF_LABELS for name in Locale(code).languages.values()}
    own = {fold(Locale(code).display_name or "") for code in _LANGUAGES_OF_LABELS}
    return frozenset(names | own)
