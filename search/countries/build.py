"""Renews ``data/cldr_names.tsv`` from the CLDR data that Babel carries."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from babel import Locale
from babel.localedata import locale_identifiers

from search.countries.names import ALL_COUNTRIES
from search.countries.tables import DATA

# Names in a language that has this many or more are a translation, not a fallback list.
MIN_TERRITORIES = 200
# Languages with codes of three letters that the detector of languages names.
_LARGER = "ast ceb ckb dsb fil frr hsb kab kok lij mai nds pcm scn vec"
LARGER_LANGUAGES = frozenset(_LARGER.split())
_HEADER = (
    "# Country names from the CLDR data of Babel {version}, written by search.countries.build; do not edit:\n"
    "# curated names belong in packs/. Columns: country code, name, languages that use it.\n"
)


def build(target: Path = DATA / "cldr_names.tsv") -> int:
    """Write the names of all countries in all languages of CLDR to ``target``; returns the number
    of rows."""
    languages_of: dict[tuple[str, str], set[str]] = {}
    for identifier in locale_identifiers():
        language, _, rest = identifier.partition("_")
        if (len(language) != 2 and language not in LARGER_LANGUAGES) or rest not in ("", "Hant"):
            continue
        territories = Locale.parse(identifier).territories
        if len(territories) < MIN_TERRITORIES:
            continue
        for code, name in territories.items():
            if code in ALL_COUNTRIES:
                languages_of.setdefault((code, name), set()).add(language)
    rows = sorted((code, name, " ".join(sorted(languages))) for (code, name), languages in languages_of.items())
    with target.open("w", encoding="utf-8") as file:
        file.write(_HEADER.format(version=version("babel")))
        file.writelines("\t".join(row) + "\n" for row in rows)
    return len(rows)
