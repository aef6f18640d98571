"""What many tests need: an index of their own beside the test database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def own_index(settings: SettingsWrapper, tmp_path: Path) -> Iterator[Path]:
    """Each test's index lies in its own folder, so none sees another's."""
    settings.CORPUS_INDEX_DIR = tmp_path / "index"
    yield tmp_path / "index"
