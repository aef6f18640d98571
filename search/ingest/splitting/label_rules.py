"""How sure a label is by how it is stated: one table for outlets, authors and dates."""

from __future__ import annotations

from enum import Enum, auto
from typing import Literal, NamedTuple

from search.ingest.evidence import Cue, Evidence

from .rules import PAGES

Label = Literal["outlet", "author", "date"]


class How(Enum):
    """The ways of stating a label."""

    SOURCE = auto()
    """A line such as "Source: The Daily"."""
    BYLINE = auto()
    """Also beside a date, where words or the place say whether it is an outlet or an author."""
    UNDECIDED_BESIDE_DATE = auto()
    """Alone on a line of a date: an outlet or an author."""
    SURE_ALONE = auto()
    """Alone on a line under the title, known or with a word that tells what it is."""
    ALONE = auto()
    UNDER_TITLE = auto()
    ABOVE_TITLE = auto()
    MAIL = auto()
    BELOW = auto()
    """Under the text."""
    DATELINE = auto()
    NOTICE = auto()
    ORIGIN = auto()
    EMBEDDED = auto()
    AUTHOR = auto()
    """What is named as the author is an outlet."""
    TOP_OF_PAGE = auto()
    LABELLED = auto()
    """The value of a label, or at the place that an export has for it."""


class LabelRule(NamedTuple):
    """A row of the table."""

    label: Label
    how: How
    confidence: float
    cue: str
    """What is told as evidence, ``{}`` for a name."""
    basis: str


_BYLINES = "bylines and sources of the seeds and of the invented pages, docs/quality.md"
_BARE = "names alone under titles, which may be kickers or captions; " + PAGES
_BELOW = "lines under texts, which may belong to the next one; " + PAGES
_EXPORTS = "generated exports of real texts, docs/quality.md"

LABEL_RULES = (
    LabelRule("outlet", How.SOURCE, 0.95, "source", _BYLINES),
    LabelRule("outlet", How.BYLINE, 0.85, "byline", _BYLINES),
    LabelRule("outlet", How.UNDECIDED_BESIDE_DATE, 0.75, "name beside the date", _BYLINES),
    LabelRule("outlet", How.SURE_ALONE, 0.9, "outlet alone on a line under the title", _BARE),
    LabelRule("outlet", How.ALONE, 0.6, "outlet alone on a line under the title", _BARE),
    LabelRule("outlet", How.BELOW, 0.85, "source named under the text", _BELOW),
    LabelRule("outlet", How.EMBEDDED, 0.6, "articles of {} embedded", "the seeds; it may embed those of others too"),
    LabelRule("outlet", How.NOTICE, 0.8, "notice of rights", PAGES),
    LabelRule("outlet", How.ORIGIN, 0.7, "first published there, and no republisher named", PAGES),
    LabelRule(
        "outlet", How.TOP_OF_PAGE, 0.75, "name at the top of the page", "tests/ingest/splitting/test_masthead.py"
    ),
    LabelRule("outlet", How.AUTHOR, 0.6, "named as the author", PAGES),
    LabelRule("outlet", How.LABELLED, 0.97, "label of an export", _EXPORTS),
    LabelRule("author", How.LABELLED, 0.97, "label of an export", _EXPORTS),
    LabelRule("date", How.LABELLED, 0.97, "label of an export", _EXPORTS),
    LabelRule("author", How.BYLINE, 0.95, "byline", _BYLINES),
    LabelRule("author", How.UNDECIDED_BESIDE_DATE, 0.75, "name beside the date", _BYLINES),
    LabelRule("author", How.SURE_ALONE, 0.9, "author alone on a line under the title", _BARE),
    LabelRule("author", How.ALONE, 0.6, "author alone on a line under the title", _BARE),
    LabelRule("author", How.BELOW, 0.85, "author under the text", _BELOW),
    LabelRule("date", How.MAIL, 0.97, "date of the mail", "mails among the invented pages"),
    LabelRule("date", How.UNDER_TITLE, 0.95, "date under the title", _BYLINES),
    LabelRule("date", How.ABOVE_TITLE, 0.85, "date above the title", "blogs that print it there; " + PAGES),
    LabelRule("date", How.BELOW, 0.85, "date under the text", _BELOW),
    LabelRule("date", How.TOP_OF_PAGE, 0.75, "date at the top of the page", "tests/ingest/splitting/test_masthead.py"),
    LabelRule("date", How.DATELINE, 0.85, "dateline", "items of agencies among the invented pages"),
)
_RULES = {(rule.label, rule.how): rule for rule in LABEL_RULES}


def evidence_of_label(label: Label, how: How, line: int | None, name: str = "") -> Evidence:
    """How sure a label is that is stated so on the line of that number."""
    rule = _RULES[label, how]
    return Evidence(rule.confidence, (Cue(rule.cue.format(name), line),))
