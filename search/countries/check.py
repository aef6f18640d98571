"""Checks the curated tables: countries exist, no pattern is repeated, none is out of reach of
another country's."""

from __future__ import annotations

from pathlib import Path

from search.countries.folding import fold_key
from search.countries.gazetteer import KINDS, pack_settings
from search.countries.names import ALL_COUNTRIES
from search.countries.patterns import Case, compile_entry
from search.countries.tables import DATA, GazetteerError, read_table

_PLACES = ("cities.tsv", "regions.tsv", "cldr_cities.tsv", "world_cities.tsv")


def check_gazetteer() -> list[str]:
    """What is wrong with the tables, each with file, line and pattern; empty when nothing is."""
    problems: list[str] = []
    packs = {DATA / "packs" / f"{name}.tsv" for name in pack_settings()}
    problems += [f"{path.name}: packs.tsv has no row for it" for path in sorted({*(DATA / "packs").iterdir()} - packs)]
    for path in sorted(packs):
        try:
            problems += check_pack(path)
        except FileNotFoundError:
            problems.append(f"{path.name}: packs.tsv has a row for it, but there is no such file")
        except (GazetteerError, ValueError) as error:
            problems.append(f"{path.name}: {error}")
    for file in _PLACES:
        problems += [
            f"{file}, line {number}: {country} is no country"
            for number, (country, _) in read_table(DATA / file, 2)
            if country not in ALL_COUNTRIES
        ]
    return problems


def check_pack(path: Path) -> list[str]:
    """What is wrong with one file of patterns."""
    problems: list[str] = []
    setting = pack_settings().get(path.stem)
    endings = setting.endings if setting else ""
    seen: dict[tuple[str, str, Case], tuple[str, int]] = {}
    for number, (country, kind, patterns) in read_table(path, 3):
        where = f"{path.name}, line {number}"
        if kind not in KINDS or (country not in ALL_COUNTRIES and country != "-"):
            problems.append(f"{where}: {country} {kind} is no country or no kind")
        if kind in ("skip", "company"):
            problems += [f"{where}: {code} is no country" for code in patterns.split() if code not in ALL_COUNTRIES]
            continue
        for pattern in (piece.strip() for piece in patterns.split(",")):
            entry = compile_entry(country, kind, pattern, endings)
            if not fold_key(pattern):
                problems.append(f"{where}: an empty pattern")
                continue
            key = (entry.literal, entry.tail, entry.case)
            other = seen.setdefault(key, (country, number))
            if other[0] != country:
                problems.append(f"{where}: {pattern} already stands for {other[0]} in line {other[1]}")
    return problems
