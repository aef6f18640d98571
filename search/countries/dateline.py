"""The place a report was sent from: ``TORONTO, Feb 26 -``, ``PARIS (AFP) –``, ``القاهرة - ``."""

from __future__ import annotations

import re
from functools import cache

from search.countries.folding import fold_key
from search.countries.mention import Mention
from search.countries.tables import DATA, read_table

HEAD_CHARS = 160
_LETTER = r"[^\W\d_]"
_AGENCY = r"(?:\s*[(/\[][^()/\[\]\n]{2,40}[)/\]])"
# Feb 26; 3 oct 2018; le 3 mars 2019; 3 de marzo; 3 Mart; a word alone (Monday) only after a comma.
_MONTH = rf"{_LETTER}{{3,12}}\.?"
_DAY = (
    rf"(?:(?:[,./]\s*|\s+)(?:le\s+|den\s+)?(?:\d{{1,2}}(?:\.|er|º)?\s+(?:de\s+)?{_MONTH}|{_MONTH}\s+\d{{1,2}}|(?<=[,/]\s){_MONTH})"
    rf"(?:,?\s+(?:de\s+)?\d{{4}})?)"
)
_DASH = "(?:-{1,2}|–|—|―|ـ+)"
# A place, perhaps an agency in parentheses, perhaps a day, then a dash; all of it at the very start of the text. Some
# agencies write their name and a dash first, some put it between slashes or full stops and no dash.
_DATELINE = re.compile(
    rf"""\s*+(?:\(?[A-Z]{{2,6}}\)?\s*+{_DASH}\s*+)?         # (ANSA) -
        (?P<place>{_LETTER}[^\n\d()–—:;«»"“”/.]{{1,48}}?(?:[/.][^\n\d()–—:;«»"“”/]{{1,30}}?){{0,3}}) # ZURICH/MILAN; PORTLAND, Ore.
        (?:
            ,?{_AGENCY}?{_DAY}?(?:,\s*{_LETTER}{{2,12}})?{_AGENCY}?\s*+(?:\.\s*+)?{_DASH}(?:\s|(?=[^\W\d_]))   # (AFP), Feb 26 -
          | ,?{_DAY}\.?\s*/[^/\n]{{2,30}}/                                       # 1 августа. /ТАСС/
          | \.\s*\d{{1,2}}\s+{_LETTER}{{3,12}}\.\s+[A-ZА-ЯІЇЄҐ][\w-]{{1,14}}\.      # КИЇВ. 19 листопада. УНН.
        )""",
    re.VERBOSE,
)
# 新华社北京3月5日电
_CHINESE = re.compile(
    r"\s*+[（(【\[]?(?:[^\W\d_]{2,8}(?:社|网|報|报))?\s*+(?P<place>[\u4e00-\u9fff]{2,8}?)\s*+"
    r"(?:\d{1,2}月)?\d{1,2}日(?:[（(][^（）()\n]{1,12}[）)])?(?:综合)?[电電訊讯]"
)


@cache
def _places() -> dict[str, str]:
    """Folded city name → country: curated names before those of large cities, and these before time
    zones'."""
    places: dict[str, str] = {}
    for file in ("cities.tsv", "world_cities.tsv", "cldr_cities.tsv"):
        for _, (country, cities) in read_table(DATA / file, 2):
            for city in cities.split(","):
                places.setdefault(fold_key(city), country)
    return places


@cache
def _regions() -> dict[str, str]:
    """Folded names and abbreviations of states and provinces written after a city → country."""
    return {
        fold_key(region): country
        for _, (country, regions) in read_table(DATA / "regions.tsv", 2)
        for region in regions.split(",")
    }


def dateline_mentions(body: str) -> list[Mention]:
    """The dateline's places as mentions; none where the text opens with an ordinary sentence."""
    head = body[:HEAD_CHARS]
    found = _DATELINE.match(head) or _CHINESE.match(head)
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
