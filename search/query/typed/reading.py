"""What is told of how a query was read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Reading:
    """Collects while a query is read: sentences for people, and whether anything was read otherwise
    than to the letter."""

    notices: list[str] = field(default_factory=list)
    otherwise: bool = False

    def tell(self, notice: str) -> None:
        """Something about the query that would be so to the letter too."""
        if notice not in self.notices:
            self.notices.append(notice)

    def reread(self, notice: str) -> None:
        """Something that was read otherwise than to the letter."""
        self.tell(notice)
        self.otherwise = True
