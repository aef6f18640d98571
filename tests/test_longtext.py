"""A long text in parts: together they are the text, each is found alone, and none begins or ends
inside a sign."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import longtext
from search.longtext import (
    CONTEXT,
    LOOK_BACK,
    PART_CHARACTERS,
    WHOLE_CHARACTERS,
    TextPart,
    number_at,
    part_count,
    part_of,
    stretch_around,
    stretch_of,
)

SHAPES = {
    "paragraphs": "A line of it.\n\n",
    "one paragraph": "It went on. Then it ended, and nobody spoke of it. ",
    "words alone": "harbour ",
    "letters in lines": "a\n",
    "one word": "abcdefghij",
    "Arabic": "محادثات في أرمينيا، ",
    "marked Arabic": "مُحَادَثَاتٌ",
    "Chinese": "和平谈判。边境部长道路",
    "Chinese without a stop": "和平谈判边境部长道路",
    "accents": "e\u0301o\u0308",
    "families": "👨\u200d👩\u200d👧",
    "flags": "🇦🇲🇦🇿",
    "hands": "👍🏽",
    "nothing but marks": "\u0301",
    "spaces": " ",
    "lines": "\n",
}

#: What belongs to the sign before it.
JOINED = "\u200d🏽"


def parts_of(text: str) -> list[TextPart]:
    found = []
    for number in range(1, part_count(len(text)) + 1):
        stretch = stretch_of(number, len(text))
        found.append(part_of(text[stretch.start : stretch.end], number, len(text)))
    return found


def number_of(text: str, place: int) -> int:
    around = stretch_around(place, len(text))
    return number_at(place, len(text), text[around.start : around.end] if around else "")


@pytest.mark.parametrize("shape", SHAPES)
def test_the_parts_of_a_text_of_any_shape_are_the_text(shape: str) -> None:
    unit = SHAPES[shape]
    text = (unit * (10 * PART_CHARACTERS // len(unit)))[: 10 * PART_CHARACTERS - 7]
    parts = parts_of(text)
    assert len(parts) == 10
    assert "".join(part.text for part in parts) == text
    for part in parts:
        assert len(part.context) <= WHOLE_CHARACTERS + LOOK_BACK + 2 * CONTEXT
        assert text[part.start : part.end] == part.text
        assert [number_of(text, place) for place in (part.start, part.end - 1)] == [part.number] * 2


@pytest.mark.parametrize(
    ("shape", "ends"),
    [
        ("paragraphs", "\n"),
        ("one paragraph", ". "),
        ("words alone", " "),
        ("Arabic", " "),
        ("Chinese", "。"),
        ("letters in lines", "\n"),
        ("marked Arabic", "ٌ"),
    ],
)
def test_a_part_ends_where_the_text_does(shape: str, ends: str) -> None:
    unit = SHAPES[shape]
    parts = parts_of(unit * (3 * PART_CHARACTERS // len(unit)))
    assert len(parts) == 3
    if shape != "marked Arabic":
        assert [part.text.endswith(ends) for part in parts[:-1]] == [True, True]
    else:
        assert not any(unicodedata.category(part.text[0])[0] == "M" for part in parts)


@pytest.mark.parametrize("shape", ["accents", "families", "hands", "marked Arabic"])
def test_no_part_begins_within_a_sign(shape: str) -> None:
    # An offset of each length, so that the nominal end falls on every place of the sign.
    for shift in range(len(SHAPES[shape])):
        parts = parts_of("x" * shift + SHAPES[shape] * (PART_CHARACTERS * 3 // len(SHAPES[shape])))
        assert len(parts) > 2
        for part in parts[1:]:
            assert unicodedata.category(part.text[0])[0] != "M"
            assert part.text[0] not in JOINED
            assert part.context[part.start - part.origin - 1] != "\u200d"


def test_an_ordinary_text_is_one_part() -> None:
    assert part_count(0) == part_count(WHOLE_CHARACTERS) == 1
    assert part_count(WHOLE_CHARACTERS + 1) == 2
    assert parts_of("")[0].text == ""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of forty characters, so that texts made up at random have several."""
    for name, value in {"PART_CHARACTERS": 40, "LOOK_BACK": 8, "CONTEXT": 5}.items():
        monkeypatch.setattr(longtext, name, value)


@pytest.mark.usefixtures("small")
@given(st.text(alphabet="ab .\n。\u0301\u200d👍🏽🇦中", max_size=400))
def test_each_place_is_in_the_part_that_says_so(text: str) -> None:
    parts = parts_of(text)
    assert "".join(part.text for part in parts) == text
    for part in parts:
        for place in range(part.start, part.end):
            assert number_of(text, place) == part.number


def test_spans_are_counted_from_the_part_and_cut_at_its_ends() -> None:
    text = "word " * PART_CHARACTERS
    part = parts_of(text)[1]
    shift = part.start - part.origin
    assert part.clipped(shift, shift + 4) == (0, 4)
    assert part.clipped(shift - 2, shift + 2) == (0, 2)
    assert part.clipped(0, shift) is None
    assert part.clipped(part.end - part.origin, part.end - part.origin + 9) is None
