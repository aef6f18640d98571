"""What many tests need: an index of their own beside the test database."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def own_index(settings: Settings, tmp_path: Path) -> Path:
    """Each test's index lies in its own folder, so none sees another's."""
    settings.CORPUS_INDEX_DIR = tmp_path / "index"
    return tmp_path / "index"
