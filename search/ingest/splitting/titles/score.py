"""How much speaks for a line being a title: the table of cues with their points, and their sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from search.folding import fold
from search.ingest.evidence import Cue
from search.ingest.splitting.heads.reading import read_head
from search.ingest.splitting.rules import PAGES, REAL_TEXTS

from . import looks as looks
from . import places as places
from .candidate import Candidate, End, Share, Stretch, Title

_AFTER_END, _CHANGE = "after the end of another article", "language changes"
_BLOGS = "titles of the blogs among the seeds; invented pages"
_LAYOUTS = "invented pages of that layout"


class TitleCue(NamedTuple):
    """A row of the table."""

    held: Callable[[Candidate], bool | Share | None]
    """Whether the cue holds, or how much of its points it gives."""
    points: float
    basis: str
    reason: str = ""
    """What is told as evidence; of cues that only weigh, nothing."""
    marks: bool = False
    """Whether it is something else than the look of the line that says that an article begins."""
    names_line: bool = True
    """Whether the evidence is on the line itself."""


#: In the order in which they are added up. The threshold is `titles.THRESHOLD`; a byline under the line, the strongest of
#: all, comes with the score of its head.
TITLE_CUES = (
    TitleCue(looks.has_glued_last_word, 1.5, _BLOGS, "no-break space before the last word", marks=True),
    TitleCue(looks.is_in_capitals, 1.5, _LAYOUTS, "capitals"),
    TitleCue(looks.says_title, 4.0, "mails among the invented pages", "labelled as title"),
    TitleCue(looks.is_listed_above, 3.0, _LAYOUTS, "in the list of contents"),
    TitleCue(looks.is_in_list, -4.0, _LAYOUTS, "in the list of contents"),
    TitleCue(looks.is_of_other_script, -1.0, "pages in two scripts among seeds and invented pages"),
    TitleCue(looks.is_above_dateline, 1.5, "items of agencies among the invented pages", "text begins with a dateline"),
    TitleCue(looks.has_blank_lines_above, 0.6, _LAYOUTS),
    TitleCue(looks.has_unusual_gap_above, 0.8, _LAYOUTS, "more space above than between paragraphs"),
    TitleCue(looks.has_words, 0.5, PAGES),
    TitleCue(looks.is_one_word, 0.3, PAGES),
    TitleCue(looks.has_many_words, 0.3, PAGES),
    TitleCue(looks.is_above_link, -4.0, "a headline with an address under it is a link; " + PAGES),
    TitleCue(looks.ends_sentence_below_prose, -3.0, "a short last paragraph; " + PAGES),
    TitleCue(looks.ends_sentence_elsewhere, -1.5, "captions; " + PAGES),
    TitleCue(looks.is_speech, -4.0, "the interviews among the invented pages"),
    TitleCue(looks.is_numbered_item, -4.0, "numbered round-ups; tests/ingest/splitting/test_roundups.py"),
    TitleCue(looks.is_short, -1.0, "subheads and labels; " + PAGES),
    TitleCue(looks.is_very_short, -1.5, "subheads and labels; " + PAGES),
    TitleCue(looks.is_list_of_categories, -2.0, "menus; " + PAGES),
    TitleCue(looks.is_quotation, -0.5, "quotations set apart; " + PAGES),
    TitleCue(looks.is_long, -1.0, "standfirsts; " + PAGES),
    TitleCue(looks.has_no_text, -9.0, "nothing it could be the title of"),
    TitleCue(looks.has_sentences_above_text, -1.0, "paragraphs; " + PAGES),
    TitleCue(looks.has_sentences_at_end, -4.0, "last paragraphs; " + PAGES),
    TitleCue(places.follows_habitual_end, 2.7, _LAYOUTS, _AFTER_END, marks=True, names_line=False),
    TitleCue(places.follows_end, 2.0, PAGES, _AFTER_END, marks=True, names_line=False),
    TitleCue(places.follows_call, 1.0, "calls stand inside articles too; " + PAGES, _AFTER_END, names_line=False),
    TitleCue(places.changes_script, 3.0, _LAYOUTS, _CHANGE, marks=True),
    TitleCue(places.changes_language, 2.5, "a language is less sure than a script; " + _LAYOUTS, _CHANGE, marks=True),
    TitleCue(places.shares_words_with_text, 0.8, "a title is about what the text is about; " + PAGES),
    TitleCue(places.has_date_above, 2.5, "blogs with the date above the title; " + PAGES, marks=True),
)


@dataclass(frozen=True, slots=True)
class SubjectRule:
    """Points for a subject of its own: ``even`` and ``per_odds`` for each of the log odds of
    `Cohesion`, within bounds."""

    even: float
    per_odds: float
    least: float
    least_when_marked: float
    most: float
    likely: float
    """The log odds above which the line is said to have a subject of its own."""
    basis: str


#: What an end, a byline or another language marks may well be about the same thing.
SUBJECT = SubjectRule(
    even=1.5,
    per_odds=0.5,
    least=-0.8,
    least_when_marked=0.0,
    most=3.0,
    likely=-0.5,
    basis=f"the odds: {REAL_TEXTS}; the points: {PAGES}",
)


def rate_title(stretch: Stretch, index: int, ended: End) -> Title:
    """How much speaks for a line being a title; the weights were set by what misleads: subheads,
    captions, links."""
    asked = _candidate(stretch, index, ended)
    head = asked.head
    title = Title(index, head.score, head, list(head.cues), is_marked=head.score > 0)
    for held, points, _basis, reason, marks, names_line in TITLE_CUES:
        given = held(asked)
        if given:
            title.score += points * given.part / given.whole if isinstance(given, Share) else points
            title.is_marked |= marks
            if reason:
                title.cues.append(Cue(reason, index + 1 if names_line else None))
    _add_subject(title, asked)
    return title


def _candidate(stretch: Stretch, index: int, ended: End) -> Candidate:
    page, contents = stretch.page, stretch.habits.contents
    line, place = page.lines[index], page.position[index]
    return Candidate(
        stretch,
        page,
        index,
        line,
        read_head(page, index),
        ended,
        gap=index - page.filled[place - 1] - 1 if place else index,
        listed=contents.get(fold(line.text)) if contents else None,
    )


def _add_subject(title: Title, asked: Candidate) -> None:
    """A new article has words of its own; so has its title, which the text above does not have."""
    odds = asked.page.cohesion.log_odds_of_title(asked.stretch.paragraph, asked.line)
    if odds is None:
        return
    least = SUBJECT.least_when_marked if title.is_marked else SUBJECT.least
    title.score += max(least, min(SUBJECT.most, SUBJECT.even + odds * SUBJECT.per_odds))
    title.has_own_subject = odds > SUBJECT.likely
    if title.has_own_subject:
        title.cues.append(Cue("another subject than above", title.index + 1))
