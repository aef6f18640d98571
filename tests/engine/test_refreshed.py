"""A refreshed snapshot counts like one opened afresh, though it takes over what the one before had
computed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.engine.reader import EngineReader
from search.engine.searching.globalcolumn import FacetColumn
from search.engine.writer import create_index
from tests.engine.test_whoosh_bugs import doc, schema, write


def facets(reader: EngineReader) -> list[FacetColumn]:
    return [reader.codes("tag"), reader.codes("tags")]


@pytest.mark.parametrize("first", [1, 63, 64, 130, 200])
@pytest.mark.parametrize("tag", ["t1", "t9", "a"])
def test_rows_and_totals_after_a_commit_are_those_of_a_snapshot_opened_afresh(
    tmp_path: Path, first: int, tag: str
) -> None:
    path = str(tmp_path / "index")
    create_index(path, schema())
    write(
        path,
        *(doc(str(n), "w", tag=f"t{n % 3}", tags=["a", f"b{n % 4}"][: n % 3], day=n * 9) for n in range(first)),
    )
    reader = EngineReader.open(path)
    # Several commits, of which some replace, and in the end a merge puts other documents in the place of the small segments.
    for number in range(10):
        for column in facets(reader) if number % 3 else ():
            column.rows(), column.totals()
        write(path, doc(str(number * 7), "w", tag=tag, tags=["b2", tag], day=number))
        reader = reader.refreshed()
        for column, fresh in zip(facets(reader), facets(EngineReader.open(path)), strict=True):
            assert column.values == fresh.values
            assert np.array_equal(column.totals(), fresh.totals())
            assert np.array_equal(column.rows(), fresh.rows())


def test_snapshot_takes_rows_over_instead_of_building_them_anew(tmp_path: Path) -> None:
    path = str(tmp_path / "index")
    create_index(path, schema())
    write(path, *(doc(str(number), "w", tag=f"t{number % 3}") for number in range(200)))
    reader = EngineReader.open(path)
    before = reader.codes("tag")
    before.rows()
    write(path, doc("new", "w", tag="t1"))
    column = reader.refreshed().codes("tag")
    assert column._earlier is not None
    assert column._earlier[0] is before.rows()
    assert column._earlier[1] == 200
