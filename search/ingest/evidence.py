"""How sure the boundaries and labels of an article are, and why: which cue on which line."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any

DOUBTFUL_BELOW = 0.75  # of `SplitEvidence.confidence`: such an article waits for a person's look
_HALF, _STEEPNESS = (
    2.3,
    1.05,
)  # of scores of titles, set by how many were right over pages put together from real articles


@dataclass(frozen=True, slots=True)
class Cue:
    """What speaks for something, and the 1-based line it stands on where it stands on one."""

    what: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.what} (line {self.line})" if self.line else self.what


@dataclass(frozen=True, slots=True)
class Evidence:
    """A confidence (0..1) with its cues."""

    confidence: float
    cues: tuple[Cue, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For the database and the report."""
        reasons = [{"cue": cue.what, "line": cue.line} if cue.line else {"cue": cue.what} for cue in self.cues]
        return {"confidence": round(self.confidence, 2), "reasons": reasons}


@dataclass(frozen=True, slots=True)
class SplitEvidence:
    """The evidence for an article of a page; ``None`` for a label that the page does not state."""

    start: Evidence
    end: Evidence
    title: Evidence
    outlet: Evidence | None = None
    author: Evidence | None = None
    date: Evidence | None = None

    @property
    def confidence(self) -> float:
        """That of the boundaries: of the less sure one."""
        return round(min(self.start.confidence, self.end.confidence), 2)

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look at the boundaries."""
        return self.confidence < DOUBTFUL_BELOW

    def as_dict(self) -> dict[str, Any]:
        """For the database and the report: what is stated, by name."""
        parts = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: part.as_dict() for name, part in parts.items() if part is not None}


#: Of an article whose boundaries nobody had to find.
CERTAIN = SplitEvidence(Evidence(1.0), Evidence(1.0), Evidence(1.0))


def confidence_of_score(score: float) -> float:
    """How likely a title of this score is one."""
    return 1 / (1 + math.exp(-_STEEPNESS * (score - _HALF)))
