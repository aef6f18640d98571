"""Documents of many terms: all of them, or as many as time allows and a word about the rest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from whoosh import query

from search.engine.reader import EngineReader
from search.engine.searching import evaluate, termruns
from search.engine.searching.budget import ExpansionBudget
from search.engine.searching.termruns import runs, union
from search.engine.writer import create_index
from tests.engine.test_whoosh_bugs import doc, schema, write

DOCS = 40


@pytest.fixture
def reader(tmp_path: Path) -> EngineReader:
    path = str(tmp_path / "index")
    create_index(path, schema())
    for half in (range(DOCS // 2), range(DOCS // 2, DOCS)):
        write(path, *(doc(str(number), f"x{number:02} y{number % 7} z") for number in half))
    return EngineReader.open(path)


@pytest.mark.parametrize("step", [1, 5, 1 << 20])
def test_union_is_the_same_however_often_it_looks_at_the_clock(
    reader: EngineReader, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(termruns, "STEP", step)
    field = reader.field("body")
    assert field is not None
    slices = [run for part in field.parts for run in runs(part, np.arange(1, part.arrays.term_count - 1, 2))]
    budget = ExpansionBudget.seconds(60)
    expected = {
        part.base + docnum
        for part, first, last in slices
        for number in range(first, last)
        for docnum in part.arrays.docs(*part.arrays.extent(number)).tolist()
    }
    assert union(slices, reader.doc_count_all, budget).docs.tolist() == sorted(expected)
    assert 0 < len(expected) < DOCS
    assert budget.cuts == []


def test_union_out_of_time_gives_the_documents_of_the_first_terms_and_says_how_many_they_are(
    reader: EngineReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(termruns, "STEP", 1)
    field = reader.field("body")
    assert field is not None
    slices = [(part, 0, part.arrays.term_count) for part in field.parts]
    budget = ExpansionBudget.seconds(0)
    found = union(slices, reader.doc_count_all, budget, "x*").docs
    assert len(budget.cuts) == 1
    assert budget.cuts[0].query == "x*"
    assert 0 < budget.cuts[0].looked_at < budget.cuts[0].of == sum(last for _, _, last in slices)
    assert 0 < len(found) < DOCS


@pytest.mark.parametrize("scored", [True, False])
def test_prefix_out_of_time_says_so_whether_scored_or_not(
    reader: EngineReader, monkeypatch: pytest.MonkeyPatch, scored: bool
) -> None:
    monkeypatch.setattr(termruns, "STEP", 1)
    monkeypatch.setattr(evaluate, "SCORED_STEP", 1)
    node = query.Prefix("body", "x", constantscore=not scored)
    matches = reader.evaluate(node, expansion_seconds=0)
    assert [cut.query for cut in matches.cuts] == [str(node)]
    assert 0 < len(matches) < DOCS
    assert len(reader.evaluate(node, expansion_seconds=60)) == DOCS
