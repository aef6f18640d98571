"""Regular expressions take work that grows with the text, not with its square. The full check is
`tests.patterns.check`."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from .collect import all_patterns, unread_calls
from .growth import ANY, Use, worst
from .hostile import PIECES, Hostile, lines_for
from .steps import Counter
from .uses import USES, use_of

ONCE_IN_BOILERPLATE = r"^(?:[\W_]{1,3}|(?:[\W_]\s?){3,}|x{3,}|o0o)$"


@cache
def patterns() -> dict[str, re.Pattern[Any]]:
    return all_patterns()


@pytest.mark.parametrize(
    "pattern",
    [ONCE_IN_BOILERPLATE, r"(?:a|a)*b", r"\s+\|", r"^\W*\s*:", r"\w+x", r"^(?:\w+\s?)*$", r"a.*b.*c"],
)
def test_the_check_sees_a_pattern_that_explodes(pattern: str) -> None:
    assert worst(re.compile(pattern, re.IGNORECASE)) is not None


@pytest.mark.parametrize(
    "pattern",
    [
        r"^(?:[\W_]+|x{3,}|o0o)$",
        r"(?<!\s)\s++\|",
        r"^(?:a++)+b",
        r"\w+",
        r"^\W*+:",
        r"^(?>a+)b|c",
        r"[^{}]{0,60}?x",
        r"\s",
    ],
)
def test_the_check_lets_pass_what_is_linear(pattern: str) -> None:
    assert worst(re.compile(pattern)) is None


def test_a_bound_on_the_text_must_hold_for_the_work_too() -> None:
    square = re.compile(r"\w+x")
    assert worst(square, Use("a short text", longest=100)) is None
    assert worst(square, Use("a long text", longest=10_000)) is not None
    assert worst(re.compile(ONCE_IN_BOILERPLATE), Use("a short text", longest=60)) is not None


def test_every_pattern_is_counted_as_re_finds() -> None:
    compared = 0
    for place, pattern in patterns().items():
        counter = Counter(pattern)
        for line in [*lines_for(pattern)[::11], *(Hostile("", piece) for piece in PIECES[::9])]:
            text = line.line(14)
            if isinstance(pattern.pattern, bytes):
                data = text.encode("latin-1", "replace")
                text, expected = data.decode("latin-1"), [match.span() for match in pattern.finditer(data)]
            else:
                expected = [match.span() for match in pattern.finditer(text)]
            assert counter.spans(text) == expected, (place, pattern.pattern, text)
            compared += 1
    assert compared > 1_500


def test_patterns_in_tables_classes_and_calls_are_collected() -> None:
    found = patterns()
    assert len(found) > 200
    for place in (
        "search.ingest.splitting.boilerplate._SEPARATOR",
        "search.ingest.splitting.boilerplate.PHRASES.headings[0][1]",
        "search.countries.readings._languages()['en'][0]",
        "search.names.outlets: re.fullmatch(",
        "search.query.typed.pieces._FIELD",
    ):
        assert any(each.startswith(place) for each in found), place
    assert any(each.startswith("search.countries.gazetteer.load_pack") for each in found)
    assert unread_calls() == []


@pytest.mark.slow
def test_each_stated_use_is_of_a_pattern_that_needs_it() -> None:
    bounded = 0
    for begin, use in USES.items():
        if use.at_start and not use.longest:
            continue  # says only how it is called
        of_use = {place: pattern for place, pattern in patterns().items() if place.startswith(begin)}
        assert any(worst(pattern, ANY) for pattern in of_use.values()), f"{begin} needs no bound"
        bounded += 1
    assert bounded > 3


@pytest.mark.slow
def test_no_pattern_explodes() -> None:
    bad = {place: str(found) for place, pattern in patterns().items() if (found := worst(pattern, use_of(place)))}
    assert bad == {}
