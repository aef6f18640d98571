"""JSON that is written as it comes, and values that wait for it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from search.ingest.reporting.json_file import ObjectWriter, WaitingValues


@pytest.mark.parametrize("items", [[], [1], [{"a": "ß\n"}, None, [2.5]]])
def test_what_is_written_piece_by_piece_is_the_object(items: list[object]) -> None:
    file = io.BytesIO()
    writer = ObjectWriter(file)
    writer.array("first", items)
    writer.member("between", {"x": 1})
    writer.begin_array('"last"')
    for item in items:
        writer.item(item)
    writer.end_array()
    writer.end()
    assert list(json.loads(file.getvalue()).items()) == [("first", items), ("between", {"x": 1}), ('"last"', items)]


def test_each_item_has_its_line() -> None:
    file = io.BytesIO()
    writer = ObjectWriter(file)
    writer.array("a", ["x\ny", "z"])
    writer.end()
    assert file.getvalue() == b'{"a": [\n"x\\ny",\n"z"\n]}\n'


def test_waiting_values_come_back_in_order_as_often_as_they_are_asked_for_and_leave_no_file(tmp_path: Path) -> None:
    values = [{"b": 1, "a": "x\ny"}, [2.5, None], "z"]
    waiting = WaitingValues(tmp_path)
    for value in values:
        waiting.add(value)
    assert [list(waiting), list(waiting)] == [values, values]
    waiting.close()
    assert list(tmp_path.iterdir()) == []
