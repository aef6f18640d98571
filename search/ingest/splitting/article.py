"""What the splitter gives: one article found in a saved page."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.dates.values import PublishedDate
from search.ingest.evidence import CERTAIN, Cue, SplitEvidence


@dataclass(frozen=True, slots=True)
class PageArticle:
    """One article found in a saved page of text.

    Lines are 1-based and inclusive, from the title line to the last line of the body. Labels are
    what the text states, ``None`` where it states nothing. ``evidence`` says how sure boundaries
    and labels are and why; ``notes`` what else the page says of it.
    """

    start_line: int
    end_line: int
    title: str
    body: str
    outlet: str | None = None
    author: str | None = None
    published: PublishedDate = field(default_factory=PublishedDate)
    evidence: SplitEvidence = CERTAIN
    notes: tuple[Cue, ...] = ()
    left_out: tuple[int, ...] = ()
    """Numbers of the lines between first and last that are not in the body."""
    joined: tuple[int, ...] = ()
    """Numbers of the lines that go on a paragraph of the body, so that they are no lines of it."""
    original_outlet: str | None = None
    """Who published it first, where the text says so; the same as ``outlet`` where nothing states another one."""

    @property
    def confidence(self) -> float:
        """Of the boundaries, 0..1."""
        return self.evidence.confidence

    @property
    def reasons(self) -> tuple[str, ...]:
        """Every cue, with its line."""
        parts = (self.evidence.start, self.evidence.title, self.evidence.end)
        labels = (self.evidence.outlet, self.evidence.author, self.evidence.date)
        cues = [cue for part in (*parts, *labels) if part is not None for cue in part.cues]
        return tuple(dict.fromkeys(str(cue) for cue in (*cues, *self.notes)))
