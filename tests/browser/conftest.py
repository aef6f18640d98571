"""Debian's Chromium, driven by Playwright, against a live server with a small indexed collection."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from search.index.generations import rebuild_index
from search.index.outbox import apply_outbox
from tests.factories import make_article

CHROMIUM = Path("/usr/bin/chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests here; without a browser they skip, saying how to get one."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists():
                item.add_marker(
                    pytest.mark.skip(reason="no /usr/bin/chromium: apt-get install chromium fonts-noto-core")
                )


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's browser; its sandbox needs rights that containers lack."""
    return {"executable_path": str(CHROMIUM), "args": ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """An English reader's desktop."""
    return {"viewport": {"width": 1280, "height": 900}, "locale": "en"}


@pytest.fixture(scope="session", autouse=True)
def orm_beside_playwright() -> Iterator[None]:
    """Playwright's own loop runs in this thread, so Django would refuse the database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(transactional_db: None, live_server: LiveServer) -> str:
    """The address of a site with twenty-six articles."""
    rebuild_index()
    with transaction.atomic():  # one commit of the index, not one an article
        make_article(
            "Lachin corridor opens",
            "Trucks went through Armenia at dawn.",
            outlet="Hill",
            published="2020-10-05",
            countries=["AM", "AZ"],
        )
        make_article("Lachin road closed", outlet="Vale", published="2020-12-01", countries=["AZ", "RU"])
        make_article(
            "ممر لاتشين", "فتح الممر اليوم", outlet="Vale", published="2021-02", countries=["AM"], language="ar"
        )
        for at in range(23):
            make_article(f"Weather report {at}", "Rain. " * 30, outlet="Hill", published="2021-01-03", countries=["FR"])
    apply_outbox()
    return live_server.url


@pytest.fixture
def page(site: str, context: BrowserContext) -> Page:
    """A page that is closed before its server is: the browser's last requests still find the
    database."""
    return context.new_page()
