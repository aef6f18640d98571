"""The benchmark of ingest measures what it says, on few articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks import ingest


def test_articles_run_again_are_no_repeats(tmp_path: Path) -> None:
    ingest.write_articles(tmp_path / "a.jsonl", tmp_path / "nothing", 30)
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert len(rows) == len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == 30


def test_both_runs_are_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figures.json"
    arguments = ["--articles", "60", "--workers", "1", "--times", "0", "--data", str(tmp_path), "--json", str(file)]
    assert ingest.main(arguments) == 0
    figures = json.loads(file.read_text())
    assert figures["1x"]["statuses"] == {"new": 60}
    assert figures["again"]["statuses"] == {"unchanged": 60}
    assert sum(figures["1x"]["shares"].values()) == pytest.approx(1, abs=0.01)
    assert figures["1x"]["shares"]["database"] > 0
    assert figures["1x"]["shares"]["index"] > 0
    assert "1x: 60 articles (60 new)" in capsys.readouterr().out
