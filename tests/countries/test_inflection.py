"""Every country's name from CLDR is found in its regular case forms and with what is written onto
it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from search.countries import country_codes, detect_mentions
from search.countries.names import ALL_COUNTRIES, country_name
from tests.countries.test_gazetteer import AMBIGUOUS

HARMONY = {
    "a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "ə": "i", "i": "i", "ö": "ü", "ü": "ü",
}  # fmt: skip


def arabic(name: str) -> Iterator[str]:
    """Prefixes and their combinations; ل and the article contract."""
    if name.startswith("ال"):
        yield from (prefix + name for prefix in ("و", "ف", "ب", "ك", "وب", "فب"))
        yield from (prefix + name[2:] for prefix in ("لل", "ولل"))
    else:
        yield from (prefix + name for prefix in ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فل"))


def _turkic(name: str, front: str, locative: str) -> list[str]:
    last = [letter for letter in name.lower() if letter in HARMONY][-1]
    after_vowel = name[-1].lower() in HARMONY
    high, low = HARMONY[last], "a" if last in "aıou" else front
    nasal, glide = ("n", "y") if after_vowel else ("", "")
    return [nasal + high + "n", glide + low, locative + low, locative + low + "n", "l" + high, glide + "l" + low]


def turkish(name: str) -> Iterator[str]:
    """Case endings with and without the apostrophe."""
    endings = _turkic(name, "e", "t" if name[-1] in "fstkçşhp" else "d")
    yield from (name + mark + ending for ending in endings for mark in ("'", "’", ""))


def azerbaijani(name: str) -> Iterator[str]:
    """Case endings."""
    yield from (name + ending for ending in _turkic(name, "ə", "d"))


def armenian(name: str) -> Iterator[str]:
    """Case endings and the article."""
    endings = ("յի", "յում", "յից", "ն", "յով", "յին") if name.endswith("ա") else ("ի", "ում", "ից", "ը", "ով", "ին")
    yield from (name + ending for ending in endings)


def russian(name: str) -> Iterator[str]:
    """The oblique cases of one-word names in -ия, a consonant and -а."""
    if " " in name or "-" in name or name == "Самоа":
        return
    if name.endswith("ия"):
        yield from (name[:-1] + ending for ending in ("и", "ю", "ей"))
    elif name.endswith("а"):
        yield from (name[:-1] + ending for ending in ("и" if name[-2] in "гкхжшщч" else "ы", "е", "у", "ой"))
    elif name[-1] in "бвгджзклмнпрстфхцчшщ":
        yield from (name + ending for ending in ("а", "у", "ом", "е"))


@pytest.mark.parametrize(
    ("language", "forms"),
    [("ar", arabic), ("tr", turkish), ("az", azerbaijani), ("hy", armenian), ("ru", russian)],
)
def test_every_country_is_found_in_the_regular_forms_of_its_name(
    language: str, forms: Callable[[str], Iterator[str]]
) -> None:
    missed = {}
    # LA in Arabic: كلاوس is Klaus.
    for code in sorted(ALL_COUNTRIES - AMBIGUOUS - {"LA"}):
        name = country_name(code, language)
        if "(" in name or len(name) < 3:
            continue
        written = list(forms(name))
        found = [form for form in written if code in country_codes(detect_mentions("", f"x {form} x", language))]
        if found != written:
            missed[code] = [form for form in written if form not in found]
    assert missed == {}
