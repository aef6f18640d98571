"""The place a report was sent from: ``TORONTO, Feb 26 -``, ``PARIS (AFP) –``, ``القاهرة - ``."""

from __future__ import annotations

import re
from functools import cache

from search.ingest.countries.folding import fold_key
from search.ingest.countries.tables import DATA, read_rows
from search.ingest.values import Mention

HEAD_CHARS = 160
# A place, perhaps an agency in parentheses, perhaps a day, then a dash; all of it at the very start of the text.
_DATELINE = re.compile(
    r"""\s*(?P<place>[^\W\d_][^\n\d()–—:;«»"“”]{1,48}?)   # BEIJING; PORTLAND, Ore.; Lisboa
        (?:,?\s*\([^()\n]{2,40}\))?                        # (AFP), (11:00 A.M.)
        (?:(?:,\s*|\s+)(?:\d{1,2}\.?\s+)?[^\W\d_]{3,12}\.?(?:\s+\d{1,2})?(?:,?\s+\d{4})?)?  # Feb 26; 3 oct 2018
        (?:\s*\([^()\n]{2,40}\))?
        \s*\.?\s*(?:-{1,2}|–|—)\s""",
    re.VERBOSE,
)


@cache
def _places() -> dict[str, str]:
    """Folded city name → country."""
    return {
        fold_key(city): country
        for _, (country, cities) in read_rows(DATA / "cities.tsv", 2)
        for city in cities.split(",")
    }


@cache
def _regions() -> dict[str, str]:
    """Folded names and abbreviations of states and provinces written after a city → country."""
    return {
        fold_key(region): country
        for _, (country, regions) in read_rows(DATA / "regions.tsv", 2)
        for region in regions.split(",")
    }


def dateline_mentions(body: str) -> list[Mention]:
    """The dateline's places as mentions; none where the text opens with an ordinary sentence."""
    found = _DATELINE.match(body[:HEAD_CHARS])
    if found is None:
        return []
    start, place = found.start("place"), found["place"]
    mentions: list[Mention] = []
    for part in re.finditer(r"[^,/]+", place):
        surface = part[0].strip(" .")
        key = fold_key(surface)
        if not key:
            continue
        offset = start + part.start() + part[0].index(surface)
        region = _regions().get(key)
        if region is not None and mentions:
            # "LONDON, Ontario": the region says which London.
            city = mentions.pop()
            mentions.append(Mention(region, city.surface, "body", city.start, city.end, "dateline", "city of region"))
            continue
        country = _places().get(key)
        if country is not None:
            mentions.append(Mention(country, surface, "body", offset, offset + len(surface), "dateline", "city"))
        elif region is None and not mentions:
            first = place[: part.end()]
            following = _regions().get(fold_key(place[len(first) + 1 :].split(",")[0]))
            if following is not None:
                mentions.append(
                    Mention(following, surface, "body", offset, offset + len(surface), "dateline", "city of region")
                )
                break
    return mentions
