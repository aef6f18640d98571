"""The head of an article: the lines between its title and its text, and what they state."""

from __future__ import annotations

from search.ingest.splitting.boilerplate import Boilerplate
from search.ingest.splitting.bylines import is_bare_date
from search.ingest.splitting.page import Page

from .head import Head
from .lines import MAX_HEAD_LINES, Reading, Then, rule_of_line, take_mail_date

_MOST_WAITING = 2  # lines between title and byline


def read_head(page: Page, title: int) -> Head:
    """Read on from the title until the text begins."""
    head = Head(title=title, body=title + 1)
    above = title - 1
    while above >= 0 and page.boilerplate[above] is Boilerplate.MAIL:
        take_mail_date(page, head, above)
        above -= 1
    own = page.lines[title]
    reading = Reading(page, head, own, title, own)
    for index in page.after(title, MAX_HEAD_LINES):
        reading.index, reading.line = index, page.lines[index]
        if not _read_line(reading):
            break
    return head


def _read_line(reading: Reading) -> bool:
    """Take a line for what it is, and tell whether the head may go on below it."""
    then, index, waiting = rule_of_line(reading), reading.index, reading.waiting
    if then is Then.STOP:
        return False
    if then is Then.WAIT:
        waiting.append(index)
        return len(waiting) <= _MOST_WAITING
    reading.head.body = waiting[0] if waiting and then is Then.CREDIT else index + 1
    return True


def take_date_above(page: Page, head: Head) -> int | None:
    """Index of a date line directly above a title that has no date of its own, if there is one."""
    place = page.position[head.title]
    if not place or head.published is not None:
        return None
    index = page.filled[place - 1]
    return index if is_bare_date(page.credits[index]) else None
