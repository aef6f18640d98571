"""Country codes to names in any locale, and names in any language to codes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from search.codes import COUNTRY_CODES
from search.countries.folding import fold_key
from search.countries.gazetteer import cldr_rows, pack_settings
from search.countries.tables import DATA, read_table

ALL_COUNTRIES = frozenset(COUNTRY_CODES)
DEFAULT_LOCALE = "en"
_LITERAL = re.compile(r"[^*~\[\]]+")


@lru_cache(maxsize=64)
def _territories(locale: str) -> dict[str, str]:
    try:
        names = Locale.parse(locale.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError, TypeError):
        names = Locale.parse(DEFAULT_LOCALE).territories
    return {code: names[code] for code in ALL_COUNTRIES if code in names}


def country_name(code: str, locale: str) -> str:
    """The country's name in a locale (``ar``, ``pt-BR``), in English where CLDR has none, else the
    code itself."""
    return _territories(locale).get(code) or _territories(DEFAULT_LOCALE).get(code, code)


@cache
def _codes_by_name() -> dict[str, str]:
    codes: dict[str, str] = {}
    # A spelling that more languages share wins where two countries' names fold alike.
    for country, name, _ in sorted(cldr_rows(), key=lambda row: -len(row[2])):
        codes.setdefault(fold_key(name), country)
        if "(" in name:
            codes.setdefault(fold_key(name.split("(")[0]), country)
    for pack in sorted(pack_settings()):
        for _, (country, kind, patterns) in read_table(DATA / "packs" / f"{pack}.tsv", 3):
            if kind == "name":
                for pattern in patterns.split(","):
                    if _LITERAL.fullmatch(pattern):
                        codes.setdefault(fold_key(pattern.strip(" ?!_%^&")), country)
    codes.pop("", None)
    return codes


def resolve_country(text: str) -> str | None:
    """The country that a code (``am``) or a name in any language (``Армения``) stands for; ``None``
    when unknown."""
    code = text.strip().upper()
    if code in ALL_COUNTRIES:
        return code
    return _codes_by_name().get(fold_key(text))
