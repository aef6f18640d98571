"""Analysis in other processes."""

from __future__ import annotations

import os
import signal

import pytest

from search.exceptions import CorpusError
from search.ingest import workers
from search.ingest.labelling import ToLabel
from search.ingest.workers import Labeller


def unlabelled(number: int) -> ToLabel:
    return ToLabel(f"Number {number}", "A text that names Armenia.", "en", "2020", "", None)


def dies(_records: object) -> list[object]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def test_labels_come_in_the_order_of_the_records() -> None:
    records = [unlabelled(number) for number in range(200)]
    with Labeller(1) as alone, Labeller(2) as together:
        assert together.submit(records).result() == alone.submit(records).result()


def test_a_worker_that_dies_is_an_error_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "label_all", dies)
    with Labeller(2) as labeller, pytest.raises(CorpusError, match="--workers 1"):
        labeller.submit([unlabelled(1)]).result()
