"""How well countries are found in generated sentences of every language that CLDR names them in.

    python -m tests.evaluation.nations [LANGUAGE ...]

Two tables. *Names*: each country's CLDR name as it is, in lists ("A, B, C"); this says what the
gazetteer knows, not that its endings are right. *Forms*: each country in sentences whose endings are
made by the strict rules of this file (one right form for each case, vowel harmony and final
consonants looked at), written apart from ``inflections.tsv``, which takes whole classes of endings.
Sentences that people wrote are in ``tests/countries/plain.tsv``.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from babel import Locale, UnknownLocaleError

from search.countries import country_codes, detect_mentions
from search.countries.gazetteer import cldr_rows
from tests.evaluation.nation_forms import FORMS
from tests.evaluation.stories import say

#: Members of the United Nations, observers, Kosovo and Taiwan.
_STATES = (
    "AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF TD CL CN CO KM"
    " CG CD CR CI HR CU CY CZ KP DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY HT HN HU"
    " IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KW KG LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MC MN"
    " ME MA MZ MM NA NR NP NL NZ NI NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA KR MD RO RU RW KN LC VC WS SM ST SA SN"
    " RS SC SL SG SK SI SB SO ZA SS ES LK SD SR SE CH SY TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY UZ VU VE VN"
    " YE ZM ZW XK TW PS VA"
)
STATES = tuple(_STATES.split())
_NO_SPACES = frozenset({"zh", "ja", "th", "lo", "km", "my"})
_SEED = 7


@cache
def languages() -> list[str]:
    """The languages whose names the gazetteer has."""
    return sorted({language for _, _, some in cldr_rows() for language in some})


def names(language: str) -> dict[str, str]:
    """State → its name, without what stands in parentheses."""
    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: territories[code].split("(")[0].strip() for code in STATES if code in territories}


def lists(language: str) -> Iterator[tuple[str, set[str]]]:
    """Sentences that name three states each in the form that CLDR gives."""
    known = list(names(language).items())
    random.Random(_SEED).shuffle(known)
    for at in range(0, len(known) - 2, 3):
        three = known[at : at + 3]
        joiner = "、" if language in _NO_SPACES else ", "
        yield joiner.join(name for _, name in three) + ".", {code for code, _ in three}


def inflected(language: str) -> Iterator[tuple[str, set[str]]]:
    """Sentences of one state each, in every form of its language."""
    for frame, form in FORMS[language]:
        for code, name in names(language).items():
            yield frame.format(form(name)), {code}


def measure(language: str, sentences: Callable[[str], Iterator[tuple[str, set[str]]]]) -> tuple[float, float, int]:
    """Recall, precision and how many sentences there were."""
    right = wanted = found = number = 0
    for sentence, codes in sentences(language):
        got = set(country_codes(detect_mentions("", sentence, language)))
        right, wanted, found, number = right + len(got & codes), wanted + len(codes), found + len(got), number + 1
    return right / max(1, wanted), right / max(1, found), number


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both tables."""
    chosen = list(sys.argv[1:] if arguments is None else arguments) or languages()
    for title, sentences, some in (
        ("names", lists, [code for code in chosen if code in languages()]),
        ("forms", inflected, [code for code in chosen if code in FORMS]),
    ):
        say(f"{title}: language, recall, precision, sentences")
        for language in some:
            recall, precision, number = measure(language, sentences)
            say(f"  {language:4} {recall:.3f} {precision:.3f} {number:5}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
