"""A line asked whether it is a title, with all that the cues of `title_score` look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from search.ingest.evidence import Cue
from search.ingest.splitting.habits import Habits
from search.ingest.splitting.heads.head import Head
from search.ingest.splitting.lines import Line
from search.ingest.splitting.page import Page


@dataclass(slots=True)
class Title:
    """A line taken for a title, with what speaks for it."""

    index: int
    score: float
    head: Head
    cues: list[Cue] = field(default_factory=list)
    begins: int | None = None
    """Index of the first line that belongs to the article where that is above its title."""
    is_marked: bool = False
    """Whether something else than the look of the line says that an article begins."""
    opens_page: bool = False
    has_own_subject: bool = False
    """Whether it speaks of what the text below speaks of and the text above does not."""


class End(IntEnum):
    """How surely a line ends an article; the higher, the surer."""

    NONE = 0
    CALL = 1
    """A call to read another article, which stands inside articles too."""
    SURE = 2
    HABIT = 3
    """A heading that comes again and again: the page's way to end its articles."""


class Change(IntEnum):
    """What changes between the text above and the text below."""

    NONE = 0
    LANGUAGE = 1
    SCRIPT = 2


class Share(NamedTuple):
    """How much of its points a cue gives where it holds more or less."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines between two texts, at most one of which is a title."""

    page: Page
    habits: Habits
    below: tuple[int, ...]
    """Indexes of the first two lines of the text below."""
    changes: Mapping[str | None, Change]
    """Script of a line → what changes if the text below is its text."""
    vocabulary: frozenset[str]
    """The beginnings of the words of ``below``."""
    paragraph: int
    """The number of the first paragraph below, among those of the page."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of a stretch, and what was read around it."""

    stretch: Stretch
    page: Page
    index: int
    line: Line
    head: Head
    ended: End
    """How surely the lines above end an article."""
    gap: int
    """Blank lines above."""
    listed: int | None
    """Index where the page has this line last, if it is in its table of contents."""


def same_script(left: str | None, right: str | None) -> bool:
    """Whether two scripts are one; Japanese prose may be all Han for a line."""
    return left == right or {left, right} == {"han", "kana"}
