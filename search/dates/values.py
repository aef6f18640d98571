"""When an article was published, how precisely that is known and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class DateSource(StrEnum):
    """Where a publication date came from."""

    STATED = "stated"
    METADATA = "metadata"
    URL = "url"
    INFERRED = "inferred"
    NONE = "none"


#: How much of ``2020-10-05`` is written.
ISO_CHARACTERS = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """When an article was published.

    ``day`` is the first day of the period (1 January for a year); ``None`` exactly when the
    precision is unknown. ``raw`` is the date as it was written, for people to check. The day is the
    one written, in its own time zone.
    """

    day: date | None = None
    precision: Precision = Precision.UNKNOWN
    source: DateSource = DateSource.NONE
    raw: str = ""

    @property
    def iso(self) -> str | None:
        """``2020-10-05``, ``2020-10`` or ``2020``, as precise as the date is; ``None`` when
        unknown."""
        return iso_of(self.day, self.precision)


def iso_of(day: date | None, precision: str) -> str | None:
    """The first day of a period as precise as it is known; ``None`` for none. `precision` may come
    from the database."""
    return None if day is None else day.isoformat()[: ISO_CHARACTERS[Precision(precision)]]
