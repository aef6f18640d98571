"""The lines under a title, one after the other: tables of what each may be, and what follows from
that.

A line is a line of credits, or no text by itself, or else it may be anything: for each of the three
there is a table, whose rows are asked in order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial
from typing import Literal, NamedTuple

from search.dates.reading import read_date
from search.dates.values import DateSource
from search.ingest.evidence import Cue
from search.ingest.splitting.boilerplate import Boilerplate
from search.ingest.splitting.bylines import Credit
from search.ingest.splitting.label_rules import How
from search.ingest.splitting.lines import Line, similarity, word_beginnings
from search.ingest.splitting.page import Page
from search.ingest.splitting.rules import PAGES
from search.names.outlets import has_honorific, has_outlet_word, is_known_outlet
from search.names.persons import is_first_name, looks_like_name, role_of_name

from .head import Head, take_credit

Role = Literal["outlet", "author"]
MAX_HEAD_LINES = 8
MAX_STANDFIRST_CHARS = 400
CAPTION_SIMILARITY = 0.7  # the share of the words of the shorter line, title or not, that are in the other
_MAX_NAME_CHARS = 60
_OFTEN = 2  # a name that stands alone so often on the page is no label of one article
_NEAR_PROSE = 3  # lines below a date among which is text, if the date belongs to it
_TITLE_AGAIN_WORDS = 3  # a repeated line of fewer may be the name of a section
_SUBJECT_CHARS = 800  # of each of the first two paragraphs, which say what an article is about
_BOILERPLATE_OF_HEADS = frozenset({Boilerplate.MEDIA, Boilerplate.SHARE, Boilerplate.TAGS, Boilerplate.SEPARATOR})


class Then(Enum):
    """What a line is to the head."""

    CREDIT = auto()
    """Part of it; the text begins below, or with the lines that waited above."""
    BELOW = auto()
    """Part of it; the text begins below."""
    WAIT = auto()
    """Text, unless a byline follows."""
    STOP = auto()
    """Part of it no more."""
    GO_ON = auto()
    """Whatever the next rows say."""


class Alone(NamedTuple):
    """A name alone on a line."""

    name: str
    role: Role
    sure: bool


@dataclass(slots=True)
class Reading:
    """A head while it is read, and the line that is looked at."""

    page: Page
    head: Head
    own: Line
    """The title."""
    index: int
    line: Line
    waiting: list[int] = field(default_factory=list)
    """Lines that are text unless a byline follows."""
    alone: Alone | None = None

    @property
    def credit(self) -> Credit | None:
        return self.page.credits[self.index]


class HeadRule(NamedTuple):
    """A row of a table: what a line may be, and what follows."""

    holds: Callable[[Reading], bool]
    """Whether the line is that; what it states is kept then."""
    then: Then
    basis: str
    points: float = 0.0
    """For the line above being a title."""
    cue: str = ""
    """What is told as evidence for that."""


def rule_of_line(reading: Reading) -> Then:
    """What the line is to the head; points and cues are added to the head."""
    for holds, then, _basis, points, cue in _rules(reading):
        if holds(reading):
            if cue:
                reading.head.score += points
                reading.head.cues.append(Cue(cue, reading.index + 1))
            if then is not Then.GO_ON:
                return then
    return Then.WAIT


def _rules(reading: Reading) -> tuple[HeadRule, ...]:
    credit = reading.credit
    if credit is not None and credit.strong:
        return CREDIT_RULES
    if reading.page.boilerplate[reading.index] is not None:
        return NOISE_RULES
    if reading.waiting:
        return WAITING_RULES
    reading.alone = _alone(reading)
    return TEXT_RULES


def _is_of_next(reading: Reading) -> bool:
    """A date under a paragraph of text or under the last lines of one."""
    page, waiting = reading.page, reading.waiting
    if not waiting:
        return False
    return any(page.lines[each].weight > MAX_STANDFIRST_CHARS for each in waiting) or not any(
        page.is_prose(each) for each in page.after(reading.index, _NEAR_PROSE)
    )


def _is_caption(reading: Reading) -> bool:
    """Who is seen, and when."""
    credit = reading.credit
    if credit is None or credit.by or credit.source:
        return False
    named = credit.name or credit.author or credit.outlet
    return bool(named) and is_subject(reading.page, reading.head, named or "")


def _labels_source(reading: Reading) -> bool:
    return reading.credit is not None and not reading.credit.states_something


def _states_news(reading: Reading) -> bool:
    credit = reading.credit
    return credit is not None and take_credit(reading.page, reading.head, credit, reading.index + 1)


def _is_anything(_reading: Reading) -> bool:
    return True


def _is_mail_header(reading: Reading) -> bool:
    if reading.page.boilerplate[reading.index] is not Boilerplate.MAIL:
        return False
    take_mail_date(reading.page, reading.head, reading.index)
    return True


def _stands_in_heads(reading: Reading) -> bool:
    return reading.page.boilerplate[reading.index] in _BOILERPLATE_OF_HEADS and not reading.waiting


def _is_title_again(reading: Reading) -> bool:
    return reading.line.words >= _TITLE_AGAIN_WORDS and not _goes_on(reading) and _is_like_title(reading)


def _begins_with_title(reading: Reading) -> bool:
    return reading.line.words >= _TITLE_AGAIN_WORDS and _goes_on(reading) and _is_like_title(reading)


def _is_short_title_again(reading: Reading) -> bool:
    return reading.line.words < _TITLE_AGAIN_WORDS and not _goes_on(reading) and _is_like_title(reading)


def _goes_on(reading: Reading) -> bool:
    """Whether the line is text that says more than the title."""
    return reading.line.is_prose and reading.line.folded != reading.own.folded


def _is_like_title(reading: Reading) -> bool:
    own, line = reading.own, reading.line
    return line.weight <= 2 * own.weight + 40 and similarity(own.text, line.text) >= CAPTION_SIMILARITY


def _is_alone(role: Role, reading: Reading, *, sure: bool) -> bool:
    """A name of that role alone on a line under the title."""
    alone = reading.alone
    if alone is None or alone.role != role or alone.sure != sure:
        return False
    if role == "outlet":
        reading.head.outlet = alone.name
    else:
        reading.head.author = alone.name
    reading.head.because(role, How.SURE_ALONE if sure else How.ALONE, reading.index + 1)
    return True


def _is_prose(reading: Reading) -> bool:
    return reading.line.is_prose or reading.index in reading.page.wrapped


def _is_long_prose(reading: Reading) -> bool:
    is_long = reading.line.is_prose and reading.line.weight > MAX_STANDFIRST_CHARS
    return is_long or reading.index in reading.page.wrapped


_BYLINE, _AGAIN = "byline or date", "title repeated"
_CREDITS = "bylines and dates under titles of seeds and invented pages, docs/quality.md"
_CAPTIONS = "captions under titles; " + PAGES
_NAMES = "names alone under titles; " + PAGES

CREDIT_RULES = (
    HeadRule(_is_of_next, Then.STOP, "dates between two texts; " + PAGES),
    HeadRule(_is_caption, Then.WAIT, _CAPTIONS),
    HeadRule(_labels_source, Then.CREDIT, _CREDITS, 1.0, "label of a source"),
    HeadRule(_states_news, Then.CREDIT, _CREDITS, 3.0, _BYLINE),
    HeadRule(_is_anything, Then.CREDIT, "what is stated again; " + PAGES, 0.5, _BYLINE),
)
NOISE_RULES = (
    HeadRule(_is_mail_header, Then.BELOW, "mails among the invented pages"),
    HeadRule(_stands_in_heads, Then.BELOW, "buttons and pictures under titles; " + PAGES),
    HeadRule(_is_anything, Then.STOP, PAGES),
)
WAITING_RULES = (HeadRule(_is_prose, Then.STOP, "a standfirst is of one paragraph; " + PAGES),)
TEXT_RULES = (
    HeadRule(_is_title_again, Then.BELOW, _CAPTIONS, 1.0, _AGAIN),
    HeadRule(_begins_with_title, Then.GO_ON, "texts that begin with their title; " + PAGES, 1.0, _AGAIN),
    HeadRule(_is_short_title_again, Then.BELOW, _CAPTIONS),
    HeadRule(partial(_is_alone, "outlet", sure=True), Then.BELOW, _NAMES, 3.0, "outlet alone"),
    HeadRule(partial(_is_alone, "outlet", sure=False), Then.BELOW, _NAMES, 1.5, "outlet alone"),
    HeadRule(partial(_is_alone, "author", sure=True), Then.BELOW, _NAMES, 3.0, "author alone"),
    HeadRule(partial(_is_alone, "author", sure=False), Then.BELOW, _NAMES, 1.5, "author alone"),
    HeadRule(_is_long_prose, Then.STOP, "a standfirst is of one short paragraph; " + PAGES),
)


def take_mail_date(page: Page, head: Head, index: int) -> None:
    """Keep the date of a mail's header, if the line states one and none is known."""
    published = read_date(page.lines[index].text.partition(":")[2], source=DateSource.STATED, today=page.today)
    if published.day is not None and head.published is None:
        head.cues.append(Cue("date of the mail", index + 1))
        head.take_date(published, How.MAIL, index + 1)


def is_subject(page: Page, head: Head, name: str) -> bool:
    """Whether the text is about the bearer of the name: then the line is a caption, no byline."""
    if is_known_outlet(name) or page.repeats(name) >= _OFTEN or has_honorific(name):
        return False
    own = word_beginnings(name)
    told = word_beginnings(page.lines[head.title].text)
    prose = [each for each in page.after(head.title, MAX_HEAD_LINES) if page.lines[each].is_prose][:2]
    for each in prose:
        told |= word_beginnings(page.lines[each].text[:_SUBJECT_CHARS])
    return bool(own) and len(own & told) * 2 > len(own)


def _alone(reading: Reading) -> Alone | None:
    """The outlet or the author, if that is all that the line says and none was known."""
    page, head = reading.page, reading.head
    name = reading.line.text.strip(" *_|-–—•")
    if len(name) > _MAX_NAME_CHARS or not looks_like_name(name):
        return None
    role = role_of_name(name, page.repeats(name))
    if is_subject(page, head, name) or _is_label(page, name):
        return None
    if role == "outlet" and head.outlet is None:
        sure = is_known_outlet(name) or has_outlet_word(name) or page.repeats(name) >= _OFTEN
        return Alone(name, "outlet", sure)
    if role == "author" and head.author is None and len(name.split()) >= 2:
        return Alone(name, "author", has_honorific(name))
    return None


def _is_label(page: Page, name: str) -> bool:
    """Whether a name alone on a line is rather a section, a kicker or the place of a dateline with
    its agency."""
    if is_known_outlet(name) or has_outlet_word(name) or has_honorific(name) or page.repeats(name) >= _OFTEN:
        return False
    if "(" in name:
        return True
    cased = any(char.islower() or char.isupper() for char in name)
    return cased and (len(name.split()) == 1 or (name.isupper() and not is_first_name(name)))
