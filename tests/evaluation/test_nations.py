"""The table of countries by language: every language is well above what bare names give."""

from __future__ import annotations

import pytest

from tests.evaluation.nation_forms import FORMS
from tests.evaluation.nations import inflected, languages, lists, measure


def test_the_names_of_states_are_found_in_every_language() -> None:
    low = {}
    for language in languages():
        recall, precision, number = measure(language, lists)
        if recall < 0.95 or precision < 0.98 or not number:
            low[language] = (recall, precision, number)
    assert low == {}


@pytest.mark.parametrize("language", sorted(FORMS))
def test_inflected_names_are_found(language: str) -> None:
    recall, precision, _ = measure(language, inflected)
    assert recall > 0.93
    assert precision > 0.97
