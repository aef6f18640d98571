"""What was asked, decoded: the plain frozen value between the form and the engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from search.backends.base import BackendQuery, Sort

MAX_PAGE_SIZE = 100
PAGE_SIZE = 20
FACET_SIZE = 100
MAX_FACET_SIZE = 1000


@dataclass(frozen=True, slots=True)
class Selection:
    """Ticked and excluded values of one facet, as addresses carry them (slugs, codes, ``none``)."""

    ticked: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question as people put it (for links, chips and forms) and as the backend takes it
    (`backend`).

    `letter` asks to read the words to the letter; `otherwise` says that they were read in another
    way, as `notices` tell.
    """

    q: str = ""
    match: Literal["all", "any"] = "all"
    letter: bool = False
    outlet: Selection = field(default_factory=Selection)
    language: Selection = field(default_factory=Selection)
    country: Selection = field(default_factory=Selection)
    date_from: str = ""
    date_to: str = ""
    date_missing: bool = False
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = PAGE_SIZE
    facet_size: int = FACET_SIZE
    backend: BackendQuery = field(default_factory=BackendQuery)
    notices: tuple[str, ...] = ()
    otherwise: bool = False

    def selection(self, facet: str) -> Selection:
        """The selection of the facet `outlet`, `language` or `country`."""
        found: Selection = getattr(self, facet)
        return found


def default_sort(backend_tree: object) -> Sort:
    """What an address without `sort` means: relevance where there are words, else (None) newest
    first, for then nothing is more relevant than anything else."""
    return "newest" if backend_tree is None else "relevance"
