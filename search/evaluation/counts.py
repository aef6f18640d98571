"""Figures, and the counts that most of them are made of."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value; `aim` is the least it should be, where there is an aim."""

    name: str
    value: float
    aim: float | None = None

    @property
    def below(self) -> bool:
        """Whether it falls short of its aim."""
        return self.aim is not None and self.value < self.aim


@dataclass(slots=True)
class MatchCounts:
    """Things found that are right, found that are wrong, and not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: Collection[Hashable], wanted: Collection[Hashable]) -> None:
        """Count one article's."""
        both = len(set(found) & set(wanted))
        self.right += both
        self.wrong += len(set(found)) - both
        self.missed += len(set(wanted)) - both

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 when nothing was."""
        return share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what there is that was found; 0 when there is nothing."""
        return share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return share(2 * self.right, 2 * self.right + self.wrong + self.missed)


def share(part: float, whole: float) -> float:
    """`part` of `whole`; 0 of nothing."""
    return part / whole if whole else 0.0
