"""Pages of one kind of line again and again: the work of splitting and labelling them grows as they
do, and no faster.

What is counted are calls of functions, which a busy machine makes as often as an idle one.
"""

from __future__ import annotations

from functools import partial

import pytest

from search.countries.contexts import Context
from search.ingest.labelling import ToLabel, label
from search.ingest.splitting.lines import of_each, read_lines
from search.ingest.splitting.split import split_page
from tests.work import calls_of

from .degenerate_pages import KINDS

PIECES = 500
#: Twice as much of a page may take so many times the calls.
GROWTH = 2.25
#: Calls for each line. Lines that repeat are looked at once, and what is left is to put each in its place.
CALLS_A_LINE, CALLS_A_REPEATED_LINE = 600, 80


def pieces_of(kind: str, count: int) -> str:
    return "".join(KINDS[kind](number) for number in range(count))


@pytest.mark.parametrize("kind", KINDS)
def test_splitting_takes_no_more_calls_than_lines_allow(kind: str) -> None:
    pieces = PIECES // 10 if kind == "ordinary" else PIECES
    half, whole = pieces_of(kind, pieces), pieces_of(kind, 2 * pieces)
    split_page(whole)
    few, many = calls_of(partial(split_page, half)), calls_of(partial(split_page, whole))
    lines = whole.count("\n") + 1
    assert few > 0
    assert many <= GROWTH * few + 1_000
    # Up to 400 lines of a stretch without text are rated as titles, however often they repeat.
    rated = 400 * CALLS_A_LINE
    repeats = len(set(whole.split("\n"))) * 20 < lines
    assert many <= (CALLS_A_REPEATED_LINE if repeats else CALLS_A_LINE) * lines + rated


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "ordinary"])
def test_labelling_takes_calls_as_the_text_is_long(kind: str) -> None:
    records = [ToLabel("A page", pieces_of(kind, count), "", "", "", None) for count in (PIECES, 2 * PIECES)]
    label(records[1])
    few, many = (calls_of(partial(label, record)) for record in records)
    assert many <= GROWTH * few + 1_000


def test_lines_that_say_the_same_are_looked_at_once() -> None:
    asked: list[str] = []
    lines = read_lines("a\nb\n\n  a\na\n" * 1_000)
    of_each(lines, lambda line: asked.append(line.text))
    assert sorted(asked) == ["", "a", "a", "b"]


def test_what_else_an_article_says_about_a_name_is_looked_for_once() -> None:
    looks = 0

    class Watched(str):
        __slots__ = ()

        def __contains__(self, key: object) -> bool:
            nonlocal looks
            looks += 1
            return isinstance(key, str) and super().__contains__(key)

    context = Context("en", Watched(" the council of georgia said atlanta "))
    answers = [context.resolve("georgia", "GE") for _ in range(100)]
    once = looks
    assert set(answers) == {Context("en", " the council of georgia said atlanta ").resolve("georgia", "GE")}
    context.resolve("georgia", "GE")
    assert 0 < looks == once < 100
