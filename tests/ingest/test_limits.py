"""The table of limits."""

from __future__ import annotations

import pytest

from search.ingest.limits import GrowingTime


@pytest.mark.parametrize(("size", "seconds"), [(0, 20.0), (1_000_000, 25.0), (20_000_000, 120.0)])
def test_what_is_larger_may_take_longer(size: int, seconds: float) -> None:
    assert GrowingTime(least_seconds=20.0, seconds_a_million=5.0).seconds(size) == seconds
