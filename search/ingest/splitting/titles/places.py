"""What the place of a line between two texts says about its being a title: one function a cue."""

from __future__ import annotations

from search.ingest.splitting.bylines import is_bare_date
from search.ingest.splitting.lines import word_beginnings

from .candidate import Candidate, Change, End, Share


def follows_habitual_end(asked: Candidate) -> bool:
    return asked.ended is End.HABIT


def follows_end(asked: Candidate) -> bool:
    return asked.ended is End.SURE


def follows_call(asked: Candidate) -> bool:
    return asked.ended is End.CALL


def changes_script(asked: Candidate) -> bool:
    return asked.stretch.changes.get(asked.line.script) is Change.SCRIPT


def changes_language(asked: Candidate) -> bool:
    return asked.stretch.changes.get(asked.line.script) is Change.LANGUAGE


def shares_words_with_text(asked: Candidate) -> Share | None:
    own = word_beginnings(asked.line.text)
    return Share(len(own & asked.stretch.vocabulary), len(own)) if own else None


def has_date_above(asked: Candidate) -> bool:
    """Whether a date stands alone between the text or boilerplate above and this line."""
    page, place = asked.page, asked.page.position[asked.index]
    if not place or not is_bare_date(page.credits[page.filled[place - 1]]):
        return False
    before = page.filled[place - 2] if place >= 2 else None
    return before is None or page.boilerplate[before] is not None or page.is_prose(before)
