"""What a running site writes to its log."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.site.test_https import asked
from tests.site.test_start_site import get, site

QUIET = ("/nowhere", "/articles/999999/", "/api/search?sort=up", "/?q=" + "a" * 3000)


def log_of(demo_dir: Path, tmp_path: Path, *addresses: str, **settings: str) -> str:
    """Standard error of a site that was asked for some addresses of an index that is damaged."""
    data_dir, log = tmp_path / "var", tmp_path / "log"
    shutil.copytree(demo_dir, data_dir)
    with site(data_dir, GUNICORN_CMD_ARGS=f"--error-logfile {log} --capture-output", **settings) as url:
        for path in (data_dir / "index").glob("generation-*/*.inv"):
            os.truncate(path, 0)
        for address in addresses:
            get(url + address)
        asked(url, Host="evil.example")
    return "\n".join(line for line in log.read_text().splitlines() if "django" in line or not line.startswith("["))


def test_what_people_mistype_is_not_in_the_log_and_known_causes_are_one_line(demo_dir: Path, tmp_path: Path) -> None:
    log = log_of(demo_dir, tmp_path, *QUIET, "/?q=baku", "/api/search?q=baku")
    lines = log.splitlines()
    assert "Traceback" not in log
    told = [line.split(": ", 2)[1] for line in lines if "manage.py rebuild_index" in line]
    assert told == ["/", "/api/search"]
    assert sum("evil.example" in line for line in lines) == 1
    assert len(lines) == 3


def test_what_people_mistype_is_in_the_log_of_those_who_want_it(demo_dir: Path, tmp_path: Path) -> None:
    log = log_of(demo_dir, tmp_path, *QUIET, LOG_LEVEL="INFO")
    assert "Not Found: /nowhere" in log
    assert "Bad Request: /api/search" in log


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "kind", "says"),
    [("/favicon.ico", "image/svg+xml", "<svg"), ("/robots.txt", "text/plain; charset=utf-8", "Disallow: /admin/\n")],
)
def test_what_browsers_and_crawlers_ask_for_unasked_is_there(
    client: Client, address: str, kind: str, says: str
) -> None:
    answer: Any = client.get(address, follow=True)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert says in answer.getvalue().decode()


@pytest.mark.django_db
def test_crawlers_may_read_articles_and_no_searches(client: Client) -> None:
    rules = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /*?" in rules
    assert "Disallow: /api/" in rules
    assert "Disallow: /" not in rules
