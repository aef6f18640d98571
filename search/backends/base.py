"""The interface of a search backend, and the plain frozen values that cross it.

A backend gets articles as `IndexDocument`s and questions as `BackendQuery`s (an immutable tree over
public field names, plus facet filters by code) and answers with ids, scores, a total and counts. It
never sees a model or a request.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Sort = Literal["relevance", "newest", "oldest"]
#: What the date facet counts by.
Interval = Literal["day", "month", "year"]
FACETS = ("outlet", "language", "country")
#: The value of a facet filter that selects articles without one.
MISSING = ""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """An article as the index sees it. `outlet` is its key or ``""``; days are proleptic ordinals,
    inclusive."""

    id: int
    title: str
    body: str
    author: str = ""
    outlet: str = ""
    language: str = ""
    countries: tuple[str, ...] = ()
    first_day: int | None = None
    last_day: int | None = None

    @property
    def hash(self) -> str:
        """A hash of everything the index holds of the article: what `check_index` compares."""
        parts = (
            self.title,
            self.body,
            self.author,
            self.outlet,
            self.language,
            " ".join(self.countries),
            str(self.first_day),
            str(self.last_day),
        )
        return hashlib.blake2b("\x00".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class FacetFilter:
    """Ticked (`any_of`, joined by OR; empty: no restriction) and excluded values of one facet;
    MISSING stands for none."""

    any_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DateFilter:
    """A range of days (ordinals, inclusive, None is open); an article matches when its period
    overlaps.

    `missing` also selects (alone: only selects) articles without a date.
    """

    first_day: int | None = None
    last_day: int | None = None
    missing: bool = False

    @property
    def active(self) -> bool:
        """Whether anything is restricted."""
        return self.missing or self.has_range

    @property
    def has_range(self) -> bool:
        """Whether there is a range of days."""
        return self.first_day is not None or self.last_day is not None


@dataclass(frozen=True, slots=True)
class BackendQuery:
    """One question. `tree` is a `whoosh.query` tree over public fields, with words as they were
    typed; None: all articles.

    `start` and `limit` cut the page out of the sorted hits; `facet_size` bounds the values of each
    facet but the dates'; `located` asks for the places of the words in the bodies of these hits.
    """

    tree: Any = None
    filters: Mapping[str, FacetFilter] = field(default_factory=dict)
    dates: DateFilter = field(default_factory=DateFilter)
    sort: Sort = "relevance"
    start: int = 0
    limit: int = 10
    facet_size: int = 100
    located: bool = False


@dataclass(frozen=True, slots=True)
class BackendHit:
    """An article found."""

    id: int
    score: float


@dataclass(frozen=True, slots=True)
class MatchPlaces:
    """Where what is sought stands near the beginning of a body: the tokens that are part of it,
    counted from 0 as `search.analysis.terms` cuts them.

    Which word each is, the text tells.
    """

    tokens: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """Counts of one facet over the matches, its own ticks ignored: values most frequent first, and
    articles without one.

    Ticked values are listed whatever their rank or count, excluded ones with 0. Dates are in order of
    time; outside the range that was chosen none are listed.
    """

    values: tuple[tuple[str, int], ...] = ()
    missing: int = 0


@dataclass(frozen=True, slots=True)
class DateBin:
    """A bar of the histogram: the articles whose period overlaps the time from `first` to `last`,
    as addresses write dates. A `stray` one holds what lies far from all else."""

    first: str
    last: str
    count: int
    stray: bool = False


@dataclass(frozen=True, slots=True)
class BackendResult:
    """The answer; `facets` has `FACETS` and ``date``. Date buckets are ``2020``, ``2020-10`` or
    ``2020-10-05``, as `interval` says, in order of time and never cut. `bars` are for their picture.

    `cut` says that a wildcard or a fuzzy word stood for more words than could be looked up in time.
    `places` are those of the hits by id, when asked for; empty when the text itself has to be
    looked at.
    """

    hits: tuple[BackendHit, ...]
    total: int
    facets: Mapping[str, FacetCounts]
    took_ms: float
    cut: bool = False
    places: Mapping[int, MatchPlaces] = field(default_factory=dict)
    interval: Interval = "month"
    bars: tuple[DateBin, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What an index says of itself."""

    documents: int
    generation: str
    schema: str


class SearchBackend(Protocol):
    """What every backend does. Errors are `search.exceptions.IndexUnavailable` and
    `IndexLocked`."""

    def search(self, query: BackendQuery) -> BackendResult:
        """Answer a question from the last commit."""

    def apply(self, documents: Iterable[IndexDocument], deleted: Iterable[int]) -> None:
        """Add or replace documents and remove others, in one commit; all or nothing."""

    def compact(self) -> None:
        """Put together what many commits left, where that takes too long to be part of one; does
        nothing where it would not pay."""

    def rebuild(self, documents: Iterable[IndexDocument]) -> Rebuild:
        """Build an index of these documents beside the live one; it goes live when the caller says
        so."""

    def entries(self) -> dict[int, str]:
        """Id and document hash of every entry, as stored."""

    def spellings(self, word: str) -> tuple[str, ...]:
        """Words of the texts that are nearly written like one that none or hardly any has, the
        likeliest first, folded."""

    def status(self) -> IndexStatus:
        """Size and version of the live index."""


class Rebuild(Protocol):
    """An index built beside the live one."""

    def apply(self, documents: Iterable[IndexDocument], deleted: Iterable[int]) -> None:
        """Catch up with what changed since the build began."""

    def go_live(self) -> None:
        """Swap it in; searches go on without an interruption."""
