"""A saved page as its lines were read, before titles are looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from search.ingest.splitting.boilerplate import Boilerplate
from search.ingest.splitting.bylines import Credit
from search.ingest.splitting.cohesion import Cohesion
from search.ingest.splitting.lines import Line
from search.ingest.splitting.masthead import Masthead
from search.names.outlets import outlet_key


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page with what was found out about each; all sequences are parallel to
    ``lines``."""

    lines: Sequence[Line]
    boilerplate: Sequence[Boilerplate | None]
    credits: Sequence[Credit | None]
    names: Mapping[str, int]
    filled: Sequence[int]
    """Indexes of the lines that are not blank."""
    position: Mapping[int, int]
    """Index of a line → its place in ``filled``."""
    wrapped: frozenset[int] = frozenset()
    """Indexes of the lines of hard-wrapped paragraphs."""
    glued: Mapping[int, int] = field(default_factory=dict)
    """Index of a line whose end is a heading run together with it → how many characters that has."""
    biographies: frozenset[int] = frozenset()
    """Indexes of the lines that tell who an author is."""
    cohesion: Cohesion = field(default_factory=lambda: Cohesion((), (), {}))
    usual_gap: int = 1_000
    """Blank lines between paragraphs, where most have as many."""
    today: date | None = None
    masthead: Masthead | None = None

    def after(self, index: int, count: int) -> list[int]:
        """Indexes of up to ``count`` filled lines after ``index``."""
        place = self.position[index]
        return list(self.filled[place + 1 : place + 1 + count])

    def is_prose(self, index: int) -> bool:
        if self.boilerplate[index] is not None or self.credits[index] is not None:
            return False
        return self.lines[index].is_prose or index in self.wrapped

    def repeats(self, name: str) -> int:
        """How often a name stands alone on a line."""
        return self.names.get(outlet_key(name), 0)
