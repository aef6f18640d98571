"""Indexes that several files of tests read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from search.engine.storage import mergefield, postings
from search.engine.writing import invert
from tests.engine.articles import build_pair

# As in tests/conftest.py, which `make test-whoosh3` does not read: how long an example takes says how busy the machine is.
hypothesis_settings.register_profile("corpus", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("corpus")


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """(this codec's index, the stock one) with the same articles."""
    return build_pair(str(tmp_path_factory.mktemp("articles")))


@pytest.fixture
def searchers(pair: tuple[Any, Any]) -> Iterator[tuple[Any, Any]]:
    """(this codec's searcher, the stock one)."""
    with pair[0].searcher() as ours, pair[1].searcher() as stock:
        yield ours, stock


@pytest.fixture(scope="module")
def short_stretches() -> Iterator[None]:
    """Writing and merging go by a few items at once, so that small indexes meet every boundary
    between stretches."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (invert, mergefield, postings):
            patch.setattr(module, "STRETCH", 3)
        patch.setattr(mergefield, "TERMS_AT_ONCE", 2)
        yield
