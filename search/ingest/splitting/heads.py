"""The head of an article: the lines between its title and its text, and what they state."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.dates.reading import read_date
from search.dates.values import DateSource, PublishedDate
from search.ingest.evidence import Cue, Evidence
from search.names.outlets import has_honorific, has_outlet_word, is_known_outlet, outlet_key
from search.names.persons import is_first_name, looks_like_name, role_of_name

from .boilerplate import Boilerplate
from .bylines import Credit
from .lines import similarity, word_beginnings
from .page import Page

MAX_HEAD_LINES = 8
MAX_STANDFIRST_CHARS = 400
CAPTION_SIMILARITY = 0.7


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

    def because(self, label: str, confidence: float, cue: str, line: int) -> None:
        """Note why a label is what it is, and the number of the line that says it."""
        self.evidence[label] = Evidence(confidence, (Cue(cue, line),))


def read_head(page: Page, title: int) -> Head:
    """Read on from the title until the text begins."""
    head = Head(title=title, body=title + 1)
    own = page.lines[title]
    above = title - 1
    while above >= 0 and page.boilerplate[above] is Boilerplate.MAIL:
        _take_mail_date(page, head, above)
        above -= 1
    pending: list[int] = []  # lines that are text unless a byline follows
    body: int | None = None
    for index in page.after(title, MAX_HEAD_LINES):
        line, credit, boilerplate = page.lines[index], page.credits[index], page.boilerplate[index]
        if credit is not None and credit.strong:
            # A date under a paragraph of text belongs to the next item, unless the paragraph was a standfirst.
            if any(page.lines[each].weight > MAX_STANDFIRST_CHARS for each in pending) or len(pending) > 2:
                break
            if pending and not any(page.is_prose(each) for each in page.after(index, 3)):
                break  # a date under the last lines of a text
            named = credit.name or credit.author or credit.outlet
            if named and not credit.by and not credit.source and _is_subject(page, head, named):
                pending.append(index)  # a caption: who is seen, and when
                if len(pending) > 2:
                    break
                continue
            _take(page, head, credit, index + 1)
            body = min(pending) if pending else index + 1
            continue
        if boilerplate is not None:
            if boilerplate is Boilerplate.MAIL:
                _take_mail_date(page, head, index)
                body = index + 1
                continue
            if (
                boilerplate in (Boilerplate.MEDIA, Boilerplate.SHARE, Boilerplate.TAGS, Boilerplate.SEPARATOR)
                and not pending
            ):
                body = index + 1
                continue
            break
        if not pending and line.weight <= 2 * own.weight + 40 and similarity(own.text, line.text) >= CAPTION_SIMILARITY:
            if line.words >= 3:
                head.score += 1.0
                head.cues.append(Cue("title repeated", index + 1))
            if not line.is_prose or line.folded == own.folded:
                body = index + 1
                continue
        if not pending and _take_name(page, head, index):
            body = index + 1
            continue
        if (
            index in page.wrapped
            or (line.is_prose and pending)
            or (line.is_prose and line.weight > MAX_STANDFIRST_CHARS)
        ):
            break
        pending.append(index)
        if len(pending) > 2:
            break
    head.body = body if body is not None else title + 1
    return head


def _take_mail_date(page: Page, head: Head, index: int) -> None:
    published = read_date(page.lines[index].text.partition(":")[2], source=DateSource.STATED, today=page.today)
    if published.day is not None and head.published is None:
        head.published = published
        head.cues.append(Cue("date of the mail", index + 1))
        head.because("date", 0.97, "date of the mail", index + 1)


def take_date_above(page: Page, head: Head) -> int | None:
    """Index of a date line directly above a title that has no date of its own, if there is one."""
    place = page.position[head.title]
    if not place or head.published is not None:
        return None
    index = page.filled[place - 1]
    return index if is_bare_date(page.credits[index]) else None


def is_bare_date(credit: Credit | None) -> bool:
    """Whether a line states a date and nothing else."""
    return bool(credit and credit.published and not (credit.author or credit.outlet or credit.name))


def _take(page: Page, head: Head, credit: Credit, line: int) -> None:
    """Keep what a byline or date line (of that number) states; the first statement of each kind wins."""
    if not credit.states_something:
        head.score += 1.0
        head.cues.append(Cue("label of a source", line))
        return
    known = (head.outlet, head.author, head.published)
    name = credit.name
    if name:  # "Name 6 October 2020": the outlet, unless the author is still missing and the outlet known
        if head.outlet is None and (head.author is not None or role_of_name(name, _repeats(page, name)) == "outlet"):
            head.outlet = name
            head.because("outlet", 0.75, "name beside the date", line)
        elif head.author is None:
            head.author = name
            head.because("author", 0.75, "name beside the date", line)
    if credit.author and (head.author is None or (credit.by and not head.by_stated)):
        head.author, head.by_stated = credit.author, credit.by
        head.because("author", 0.95 if credit.by else 0.8, "byline" if credit.by else "name beside the date", line)
    if credit.outlet and head.outlet is None:
        head.outlet = credit.outlet
        head.because("outlet", 0.95 if credit.source else 0.85, "source" if credit.source else "byline", line)
    if credit.published and head.published is None:
        head.published = credit.published
        head.because("date", 0.95, "date under the title", line)
    head.score += 3.0 if (head.outlet, head.author, head.published) != known else 0.5
    head.cues.append(Cue("byline or date", line))


def _is_subject(page: Page, head: Head, name: str) -> bool:
    """Whether the text is about the bearer of the name: then the line is a caption, no byline."""
    if is_known_outlet(name) or _repeats(page, name) >= 2 or has_honorific(name):
        return False
    own = word_beginnings(name)
    told = word_beginnings(page.lines[head.title].text)
    prose = [each for each in page.after(head.title, MAX_HEAD_LINES) if page.lines[each].is_prose][:2]
    for each in prose:
        told |= word_beginnings(page.lines[each].text[:800])
    return bool(own) and len(own & told) * 2 > len(own)


def _repeats(page: Page, name: str) -> int:
    return page.names.get(outlet_key(name), 0)


def _is_label(page: Page, name: str) -> bool:
    """Whether a name alone on a line is rather a section, a kicker or the place of a dateline with its agency."""
    if is_known_outlet(name) or has_outlet_word(name) or has_honorific(name) or _repeats(page, name) >= 2:
        return False
    if "(" in name:
        return True
    cased = any(char.islower() or char.isupper() for char in name)
    return cased and (len(name.split()) == 1 or (name.isupper() and not is_first_name(name)))


def _take_name(page: Page, head: Head, index: int) -> bool:
    """A name alone on a line under the title: the outlet or the author."""
    name = page.lines[index].text.strip(" *_|-–—•")
    if len(name) > 60 or not looks_like_name(name):
        return False
    role = role_of_name(name, _repeats(page, name))
    if _is_subject(page, head, name) or _is_label(page, name):
        return False
    if role == "outlet" and head.outlet is None:
        head.outlet = name
        sure = is_known_outlet(name) or has_outlet_word(name) or _repeats(page, name) >= 2
    elif role == "author" and head.author is None and len(name.split()) >= 2:
        head.author = name
        sure = has_honorific(name)
    else:
        return False
    head.score += 3.0 if sure else 1.5
    head.cues.append(Cue(f"{role} alone", index + 1))
    head.because(role, 0.9 if sure else 0.6, f"{role} alone on a line under the title", index + 1)
    return True
