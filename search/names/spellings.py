"""Well-known outlets by every spelling, in any script, and by their sites: the table
`data/outlets.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from search.names.outlets import outlet_key


@dataclass(frozen=True, slots=True)
class WellKnown:
    """An outlet of the table; ``country`` is an ISO code."""

    name: str
    country: str
    sites: tuple[str, ...]
    spellings: tuple[str, ...]


def well_known(name: str) -> WellKnown | None:
    """The outlet that is spelled so, or whose site it is, if the table has it."""
    return _by_key().get(outlet_key(name)) if name else None


@lru_cache(maxsize=1)
def read_table() -> tuple[WellKnown, ...]:
    """The rows of the table. Raises ``ValueError`` for a row that is not name, country, sites,
    spellings."""
    rows = []
    text = files("search.names").joinpath("data/outlets.tsv").read_text(encoding="utf-8")
    for line in [line for line in text.splitlines() if not line.startswith("#")][1:]:
        name, country, sites, spellings = line.split("\t")
        rows.append(WellKnown(name, country, tuple(sites.split()), tuple(filter(None, spellings.split("|")))))
    return tuple(rows)


@lru_cache(maxsize=1)
def _by_key() -> Mapping[str, WellKnown]:
    table: dict[str, WellKnown] = {}
    for row in read_table():
        for spelling in (row.name, *row.sites, *row.spellings):
            table.setdefault(outlet_key(spelling), row)
    return table
