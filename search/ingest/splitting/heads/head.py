"""The head of an article as far as it was read: what its lines state, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.dates.values import PublishedDate
from search.ingest.evidence import Cue, Evidence
from search.ingest.splitting.bylines import Credit
from search.ingest.splitting.label_rules import How, Label, evidence_of_label
from search.ingest.splitting.page import Page
from search.names.persons import role_of_name


@dataclass(slots=True)
class Head:
    """What stands under a title at index ``title``; the text begins at index ``body``."""

    title: int
    body: int
    author: str | None = None
    outlet: str | None = None
    published: PublishedDate | None = None
    original: str | None = None
    score: float = 0.0
    cues: list[Cue] = field(default_factory=list)
    by_stated: bool = False
    evidence: dict[str, Evidence] = field(default_factory=dict)
    """Of ``outlet``, ``author`` and ``date``, where stated."""

    def because(self, label: Label, how: How, line: int) -> None:
        """Note why a label is what it is, and the number of the line that says it."""
        self.evidence[label] = evidence_of_label(label, how, line)

    def take_date(self, published: PublishedDate, how: How, line: int) -> None:
        """Keep a date that the line of that number states in that way."""
        self.published = published
        self.because("date", how, line)


def take_credit(page: Page, head: Head, credit: Credit, line: int) -> bool:
    """Keep what a byline or date line (of that number) states; the first statement of each kind
    wins.

    Returns whether anything of it was not known.
    """
    known = (head.outlet, head.author, head.published)
    if credit.name:
        _take_undecided(page, head, credit.name, line)
    if credit.author and (head.author is None or (credit.by and not head.by_stated)):
        head.author, head.by_stated = credit.author, credit.by
        head.because("author", How.BYLINE, line)
    if credit.outlet and head.outlet is None:
        head.outlet = credit.outlet
        head.because("outlet", How.SOURCE if credit.source else How.BYLINE, line)
    if credit.published and head.published is None:
        head.take_date(credit.published, How.UNDER_TITLE, line)
    return (head.outlet, head.author, head.published) != known


def _take_undecided(page: Page, head: Head, name: str, line: int) -> None:
    """A name beside a date ("Name 6 October 2020") is the outlet, unless the author is still
    missing and the outlet known."""
    if head.outlet is None and (head.author is not None or role_of_name(name, page.repeats(name)) == "outlet"):
        head.outlet = name
        head.because("outlet", How.UNDECIDED_BESIDE_DATE, line)
    elif head.author is None:
        head.author = name
        head.because("author", How.UNDECIDED_BESIDE_DATE, line)
