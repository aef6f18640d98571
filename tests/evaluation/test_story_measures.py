"""The comparison of every pair that stories are measured against is itself right."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.evaluation.stories import exact_pairs, syndicated
from tests.evaluation import stories


@given(st.lists(st.frozensets(st.integers(0, 12), max_size=8), max_size=12))
def test_exact_pairs_are_those_of_comparing_each_with_each(documents: list[frozenset[int]]) -> None:
    expected = {
        (one, other): len(documents[one] & documents[other]) / len(documents[one] | documents[other])
        for one, other in combinations(range(len(documents)), 2)
        if documents[one] | documents[other]
    }
    assert exact_pairs(documents) == {pair: value for pair, value in expected.items() if value >= 0.4}


def test_syndication_groups_have_one_text_and_several_outlets() -> None:
    texts = ["One text.", "ONE  text", "one text", "Other text", "other text!"]
    assert syndicated(texts, ["A", "B", "A", "C", "C"]) == [[0, 1, 2]]


def test_without_the_data_a_line_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stories.main(["--data", str(tmp_path), "--scale", "0"]) == 0
    assert capsys.readouterr().out.startswith("skipped: no ")
