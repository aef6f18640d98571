"""Countries mentioned, and those a story is about, against labels by people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from search.evaluation.counts import MatchCounts

#: Codes of states that are no more.
PAST_STATES = frozenset(["SU", "CS", "YU"])
#: Editors set these for companies that the text does not place.
SET_FOR_COMPANIES = frozenset(["US", "GB"])
COUNTRY_LABELS = ("countries", "focus_countries", "countries_named_by_noun")
Row = Mapping[str, Any]


def match_countries(gold: Sequence[Row], entries: Sequence[Row], field: Literal["countries", "about"]) -> MatchCounts:
    """Count countries of all labelled articles.

    Args:
        gold: `id`, one of `COUNTRY_LABELS`, and where there are any: codes `uncertain` (left out)
            and names `unmapped` (their articles cannot say what is wrong, only what is missed).
        entries: of an ingest report; an article without one has no countries.
    """
    found = {entry["id"]: set(entry[field]) for entry in entries}
    matches = MatchCounts()
    for row in gold:
        label = next(name for name in COUNTRY_LABELS if name in row)
        out = PAST_STATES | set(row.get("uncertain", ())) | (SET_FOR_COMPANIES if label == "focus_countries" else set())
        named, wanted = found.get(row["id"], set()) - out, set(row[label]) - out
        matches.add(named & wanted if row.get("unmapped") else named, wanted)
    return matches
