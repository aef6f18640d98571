"""The real server when somebody cuts a file of the index that it has mapped: reading on would kill
it with SIGBUS."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.slow_client import ask
from tests.site.test_slow_clients import address_of
from tests.site.test_start_site import ROOT, get, site

#: Each reads another part of the files: words looked up, patterns, phrases, near words, columns.
QUESTIONS = (
    "/api/search?q=baku&country=AM",
    "/?q=georgia",
    "/api/search?q=arm*",
    "/?q=armenai~",
    "/?q=armeniaaa",
    "/?q=%22climate+talks%22",
    "/?q=title:baku+-yerevan&match=any",
    "/api/search?sort=newest&date_from=2020",
    "/",
)


@pytest.mark.parametrize(("extension", "share"), [(".inv", 0.0), (".inv", 0.5), (".doc", 0.0)])
def test_every_question_is_answered_with_the_remedy_and_no_worker_dies(
    tmp_path: Path, demo_dir: Path, extension: str, share: float
) -> None:
    data_dir, log = tmp_path / "var", tmp_path / "gunicorn.log"
    shutil.copytree(demo_dir, data_dir)
    with site(data_dir, GUNICORN_CMD_ARGS=f"--error-logfile {log}") as url:
        address = address_of(url)
        for _nr in range(8):
            ask(address, "/api/search?q=nothing")
        for path in (data_dir / "index").glob(f"generation-*/*{extension}"):
            os.truncate(path, int(path.stat().st_size * share))
        answers = [get(url + question) for question in QUESTIONS * 2]
        assert {status for status, _ in answers} == {503}
        assert all("rebuild_index" in body for _, body in answers)
        assert log.read_text().count("Booting worker") == 2
        subprocess.run(
            [sys.executable, "manage.py", "rebuild_index"],
            cwd=ROOT,
            env={**os.environ, "CORPUS_DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "corpus_app.settings"},
            check=True,
            capture_output=True,
        )
        assert ask(address, QUESTIONS[0]) == 200
