"""TODO."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from search.folding import fold
from search.ingest.evidence import Cue
from search.ingest.splitting.boilerplate import Boilerplate
from search.ingest.splitting.habits import Habits
from search.ingest.splitting.heads import Head, read_head

from .page import Page

_DATELINE = re.compile(
    r"^\W{0,3}(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ ,]+[A-ZÀ-Þ.'’-]+){0,3}(?:,?\s[A-Z]\w+\.?){0,3}\s?(?:,\s?\w+\.?"
    r" \d{1,2})?\s*(?:\([^)]{1,40}\))?\s*[-–—]{1,2}\s"
    r"|(?:\S+\s){0,4}\((?:Reuters|AP|AFP|EFE|DPA|ANSA|TASS|Xinhua|UPI|رويترز|أ ف ب|فرانس برس|د ب أ|الأناضول|سانا|AA"
    r"|DHA|İHA)\)|\S+(?: \S+)?\s?/\s?(?:\d+ \S+|\S+)\s?/)"
)
_LABELLED = re.compile(
    r"^(?:subject|title|headline|re|titre|objet|título|asunto|assunto|titel|betreff|заголовок|тема|konu|başlık"
    r"|العنوان|الموضوع|عنوان|موضوع|标题)\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)
_CATEGORIES = re.compile(r"^[^.?!:]{1,30}(?:\s?[,|/•·›»>]\s?[^.?!:,|]{1,30}){2,}$")
_SEVERAL_SENTENCES = re.compile(r"\w{3}[.!?؟]\s+[^\W\d_]\w+\s+\w+\s+\w+")
_QUOTE = re.compile(r"^[\"“«„‘'](?:.*\w)?+[^\w\"”»“’']*+[\"”»“’']\W*+$")


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


def strip_label(text: str) -> str:
    """A title without "Subject:" before it."""
    return _LABELLED.sub("", text, count=1)


def _rated(page: Page, index: int, run: list[int], habits: Habits) -> Title:
    """How much speaks for a line being a title; the weights were set by what misleads: subheads, captions, links."""
    line = page.lines[index]
    head = read_head(page, index)
    title = Title(index, head.score, head, list(head.cues))

    def note(points: float, reason: str = "") -> None:
        title.score += points
        if reason:
            title.cues.append(Cue(reason, index + 1))

    if line.has_glued_last_word:
        note(1.5, "no-break space before the last word")
    if line.is_upper and habits.capitals < 0.3:
        note(1.5, "capitals")
    if _LABELLED.match(line.text):
        note(4.0, "labelled as title")
    listed = habits.contents.get(fold(line.text))
    if listed is not None:
        note(3.0 if listed == index else -4.0, "in the list of contents")
    following = page.after(run[-1], 2)
    if following and page.is_prose(following[0]) and not _same_script(line.script, page.lines[following[0]].script):
        note(-1.0)
    if following and _DATELINE.match(page.lines[following[0]].text[:120]):
        note(1.5, "text begins with a dateline")
    blank = _blank_before(page, index)
    if blank >= 2:
        note(0.6)
    if blank > page.usual_gap:
        note(0.8, "more space above than between paragraphs")
    note(min(line.words, 5) / 10 if line.words > 1 else 0.3)
    if line.words >= 6:
        note(0.3)
    # What speaks against it.
    next_lines = page.after(index, 1)
    if next_lines and page.noise[next_lines[0]] is Boilerplate.LINK:
        note(-4.0)
    if line.ends_sentence and line.last_char not in "?!؟…":
        place = page.position[index]
        note(-3.0 if place and page.is_prose(page.filled[place - 1]) else -1.5)
    if habits.has_speaker(line) or (habits.asks and line.last_char in "?؟？"):
        note(-4.0)
    if line.words < 3 and line.weight < 20:
        note(-1.0 if line.words == 2 or line.weight >= 10 else -1.5)
    if _CATEGORIES.match(line.text):
        note(-2.0)
    if _QUOTE.match(line.text):
        note(-0.5)
    if len(line.text) > 160:
        note(-1.0)
    if not following and not _has_text(page, head):
        note(-9.0)
    if not line.is_upper and _SEVERAL_SENTENCES.search(line.text):
        note(-1.0 if following else -4.0)
    return title


def _same_script(left: str | None, right: str | None) -> bool:
    """Japanese prose may be all Han for a line."""
    return left == right or {left, right} == {"han", "kana"}


def _has_text(page: Page, head: Head) -> bool:
    """Whether the end of the page, without prose, leaves a title anything to be the title of."""
    place = page.position[head.title] + 1
    rest = page.filled[place : place + 20]
    return any(
        index >= head.body
        and page.noise[index] is None
        and page.credits[index] is None
        and page.lines[index].words >= 6
        for index in rest
    )


def _blank_before(page: Page, index: int) -> int:
    place = page.position[index]
    return index - page.filled[place - 1] - 1 if place else index
