"""How long one evaluation may spend on prefixes, patterns and misspellings, and what it had to
leave out."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cut:
    """Says that an expansion stopped early.

    Attributes:
        query: what was expanded, as text.
        looked_at: terms compared, or whose documents were taken.
        of: terms there were to compare or take.
    """

    query: str
    looked_at: int
    of: int


@dataclass(slots=True)
class ExpansionBudget:
    """Time for all expansions of one evaluation.

    Attributes:
        comparing: until when terms are compared, on the clock of ``time.perf_counter``: half of the
            time, so that documents of the terms found are still taken.
        deadline: until when documents are taken.
        cuts: expansions that ran out of time.
    """

    comparing: float
    deadline: float
    cuts: list[Cut] = field(default_factory=list)

    @classmethod
    def seconds(cls, seconds: float) -> ExpansionBudget:
        """A budget that starts now."""
        now = time.perf_counter()
        return cls(now + seconds / 2, now + seconds)

    def may_compare(self) -> bool:
        """Whether there is time left to compare terms."""
        return time.perf_counter() < self.comparing

    def may_take(self) -> bool:
        """Whether there is time left to take documents of terms."""
        return time.perf_counter() < self.deadline
