"""Codes to names and names to codes."""

from __future__ import annotations

import pytest

from search.countries.gazetteer import cldr_rows
from search.countries.names import ALL_COUNTRIES, country_name, resolve_country
from tests.work import calls_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("am", "AM"), (" AM ", "AM"), ("Armenia", "AM"), ("ARMENIA", "AM"), ("أرمينيا", "AM"), ("ارمينيا", "AM"),
        ("Армения", "AM"), ("армения", "AM"), ("Armenien", "AM"), ("Arménie", "AM"), ("armenie", "AM"),
        ("Հայաստան", "AM"), ("亚美尼亚", "AM"), ("UK", "GB"), ("USA", "US"), ("США", "US"), ("美国", "US"),
        ("Soviet Union", "RU"), ("England", "GB"), ("Burma", "MM"), ("Kosovo", "XK"), ("کوزوو", "XK"), ("xk", "XK"),
        ("Côte d’Ivoire", "CI"), ("cote d'ivoire", "CI"), ("Türkiye", "TR"), ("Turkey", "TR"), ("Congo", "CG"),
        ("فلسطين", "PS"), ("South Korea", "KR"), ("Czech Republic", "CZ"), ("Georgia", "GE"),
        ("", None), ("XX", None), ("Atlantis", None), ("Artsakh", None), ("Yugoslavia", None),
    ],
)  # fmt: skip
def test_a_code_or_a_name_in_any_language_resolves_to_its_country(text: str, code: str | None) -> None:
    assert resolve_country(text) == code


@pytest.mark.parametrize(
    ("code", "locale", "name"),
    [("TR", "en", "Türkiye"), ("DE", "fr", "Allemagne"), ("XK", "ar", "كوسوفو"), ("AM", "pt-BR", "Armênia"),
     ("AM", "no-such-locale", "Armenia"), ("AM", "", "Armenia"), ("QQ", "en", "QQ")],
)  # fmt: skip
def test_a_country_is_named_in_the_locale_or_in_english(code: str, locale: str, name: str) -> None:
    assert country_name(code, locale) == name


def test_the_valid_codes_are_those_of_the_built_file_iso_3166_and_kosovo() -> None:
    assert len(ALL_COUNTRIES) == 250
    assert {country for country, _, _ in cldr_rows()} == ALL_COUNTRIES


def test_every_english_name_resolves_to_its_own_code() -> None:
    assert len(ALL_COUNTRIES) > 240
    assert {code: resolve_country(country_name(code, "en")) for code in ALL_COUNTRIES} == {c: c for c in ALL_COUNTRIES}


def test_looking_up_a_name_reads_no_table_again() -> None:
    resolve_country("Armenia")
    assert 0 < calls_of(lambda: resolve_country("Armenia")) < 30
