"""What a run wants people to know that is no failure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from search.ingest.limits import MAX_EXAMPLES, MAX_LEFT_OUT, MAX_NOTED_NAMES


@dataclass(frozen=True, slots=True)
class LinesLeftOut:
    """Lines of a page that are in none of its articles, and why."""

    file: str
    start_line: int
    end_line: int
    letters: int
    reason: str
    doubtful: bool
    """Whether so much of the page is left out that a person should look at it."""


@dataclass(slots=True)
class Notes:
    """Things counted while reading; the summary says them."""

    unknown_keys: Counter[str] = field(default_factory=Counter)
    first_places: dict[str, str] = field(default_factory=dict)
    encodings: list[str] = field(default_factory=list)
    encodings_count: int = 0
    remarks: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    #: The first of them; the report has these.
    left_out: list[LinesLeftOut] = field(default_factory=list)

    def unknown_key(self, name: str, place: str) -> None:
        """A key of a record that no field takes, and where."""
        shown = name[:60]
        self.first_places.setdefault(
            shown if shown in self.unknown_keys or len(self.unknown_keys) < MAX_NOTED_NAMES else "…", place
        )
        if shown in self.unknown_keys or len(self.unknown_keys) < MAX_NOTED_NAMES:
            self.unknown_keys[shown] += 1
        else:
            self.unknown_keys["…"] += 1

    def encoding(self, place: str, name: str) -> None:
        """An encoding that was assumed, and where."""
        self.encodings_count += 1
        if len(self.encodings) < MAX_NOTED_NAMES:
            self.encodings.append(f"{place} is not UTF-8, read as {name}")

    def remark(self, what: str, place: str, count: int = 1) -> None:
        """Something odd that was kept or passed over, with a few examples of where."""
        self.remarks[what] += count
        examples = self.examples.setdefault(what, [])
        if len(examples) < MAX_EXAMPLES:
            examples.append(place)

    def leave_out(self, lines: LinesLeftOut) -> None:
        """Lines in no article: the report lists them, the summary those of doubtful pages."""
        if len(self.left_out) < MAX_LEFT_OUT:
            self.left_out.append(lines)
        if lines.doubtful:
            place = f"{lines.file}:{lines.start_line}-{lines.end_line} {lines.reason}"
            self.remark("doubtful pages, more than a tenth of them in no article: parts left out", place)

    def lines(self) -> list[str]:
        """For the summary."""
        lines = list(self.encodings)
        if self.encodings_count > len(self.encodings):
            lines.append(f"… and {self.encodings_count - len(self.encodings)} more that are not UTF-8")
        if self.unknown_keys:
            keys = ", ".join(
                f"{name} ({count}, first at {self.first_places[name]})"
                for name, count in self.unknown_keys.most_common()
            )
            lines.append(f"keys that no field takes, left out: {keys}")
        for what, count in self.remarks.most_common():
            shown = self.examples[what]
            lines.append(f"{what}: {count} ({'; '.join(shown)}{' …' if len(shown) == MAX_EXAMPLES < count else ''})")
        return lines
