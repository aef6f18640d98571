"""What every test starts from: an index of its own beside the test database, and the interface in
English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

# How long an example takes says how busy the machine is. What must not take long counts its work (`tests.work`).
hypothesis_settings.register_profile("corpus", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("corpus")


@pytest.fixture(autouse=True)
def own_index(settings: Settings, tmp_path: Path) -> Path:
    """Each test's index lies in its own folder, so none sees another's."""
    settings.CORPUS_INDEX_DIR = tmp_path / "index"
    return tmp_path / "index"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page in Arabic leaves its language active in the thread that made it."""
    with translation.override("en"):
        yield
