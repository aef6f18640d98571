"""The demo, loaded once: what sites of these tests start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.test_start_site import site


@pytest.fixture(scope="session")
def demo_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the demo that nothing writes to; a test that does copies it."""
    data_dir = tmp_path_factory.mktemp("demo") / "var"
    with site(data_dir):
        return data_dir
