"""`manage.py ingest` killed, raced and refused: what was written stays, and the next run completes
it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands.processes import manage, records, start

ARTICLES = 2500


@pytest.fixture(scope="module")
def empty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated data directory, to be copied."""
    data = tmp_path_factory.mktemp("empty")
    done = manage(data, "migrate", "-v0")
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def data(empty_data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(empty_data, tmp_path / "data"))


def ids(data: Path) -> list[int]:
    with contextlib.closing(sqlite3.connect(data / "corpus.sqlite3")) as connection:
        return [int(row[0]) for row in connection.execute("SELECT external_id FROM search_article")]


def open_failures(data: Path) -> list[int]:
    """Lines."""
    with contextlib.closing(sqlite3.connect(data / "corpus.sqlite3")) as connection:
        rows = connection.execute("SELECT line FROM search_ingestfailure WHERE status = 'open' ORDER BY line")
        return [int(row[0]) for row in rows]


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_killed_at_any_moment_is_completed_by_the_next(data: Path, tmp_path: Path, workers: str) -> None:
    """Killed twice, or as often as CORPUS_KILLS says (20 every night); broken lines among the
    articles stay known."""
    path = records(tmp_path / "a.jsonl", ARTICLES)
    with path.open("a", encoding="utf-8") as file:
        file.write("{broken\n" * 3)
    for _attempt in range(int(os.environ.get("CORPUS_KILLS", "2"))):
        process = start(data, "ingest", path, "--workers", workers)
        time.sleep(random.uniform(0.5, 5.0))
        process.kill()
        process.communicate()
    report = tmp_path / "report.json"
    done = manage(data, "ingest", path, "--report", report, "--workers", workers)
    assert done.returncode == 1
    assert "3 of the input failed" in done.stderr
    assert open_failures(data) == [ARTICLES + 1, ARTICLES + 2, ARTICLES + 3]
    assert sorted(ids(data)) == list(range(ARTICLES))
    entries = json.loads(report.read_text())["articles"]
    assert [int(entry["id"]) for entry in entries] == list(range(ARTICLES))
    assert all(entry["countries"] == ["AM", "GE"] for entry in entries)
    check = manage(data, "check_index")
    assert check.returncode == 0, check.stdout + check.stderr
    assert f"{ARTICLES:,} entries agree" in check.stdout


@pytest.mark.slow
def test_a_relabelling_killed_at_any_moment_is_completed_by_the_next(data: Path, tmp_path: Path) -> None:
    assert manage(data, "ingest", records(tmp_path / "a.jsonl", ARTICLES)).returncode == 0
    with contextlib.closing(sqlite3.connect(data / "corpus.sqlite3")) as connection:
        before = connection.execute("SELECT count(*) FROM search_countrymention").fetchone()
        connection.execute("DELETE FROM search_countrymention WHERE article_id % 3 = 0")
        connection.commit()
    for _attempt in range(int(os.environ.get("CORPUS_KILLS", "2"))):
        process = start(data, "extract")
        time.sleep(random.uniform(0.5, 4.0))
        process.kill()
        process.communicate()
    assert manage(data, "extract").returncode == 0
    with contextlib.closing(sqlite3.connect(data / "corpus.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM search_countrymention").fetchone() == before
    assert manage(data, "check_index").returncode == 0
    assert "would change: nothing" in manage(data, "extract", "--dry-run").stdout


def test_two_runs_at_once_write_each_article_once(data: Path, tmp_path: Path) -> None:
    path = records(tmp_path / "a.jsonl", 1200, outlet="Town Times")
    both = [start(data, "ingest", path) for _ in range(2)]
    for process in both:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    assert sorted(ids(data)) == list(range(1200))
    assert manage(data, "update_index").returncode == 0
    assert manage(data, "check_index").returncode == 0


@contextlib.contextmanager
def file_system(at: Path, size: str) -> Iterator[Callable[[str], bool]]:
    """A small file system of its own; gives the function that changes its options. Skips where none
    can be mounted."""

    def mount(*options: str) -> bool:
        command = ["mount", *options, str(at)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    at.mkdir()
    if os.geteuid() != 0 or not shutil.which("mount") or not mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs"):
        pytest.skip("a small file system can only be mounted by root: run the tests as root")
    try:
        yield lambda options: mount("-o", f"remount,{options}")
    finally:
        subprocess.run(["umount", str(at)], check=True)


def test_a_read_only_data_directory_is_an_error_with_a_remedy(empty_data: Path, tmp_path: Path) -> None:
    path, data = records(tmp_path / "a.jsonl", 3), tmp_path / "read-only"
    with file_system(data, "20m") as remount:
        shutil.copytree(empty_data, data, dirs_exist_ok=True)
        remount("ro")
        done = manage(data, "ingest", path)
        assert done.returncode == 1
        assert "Remedy" in done.stderr
        assert str(data) in done.stderr
        assert "Traceback" not in done.stderr


def test_a_full_disk_is_an_error_with_a_remedy_and_a_later_run_completes(empty_data: Path, tmp_path: Path) -> None:
    path, data = records(tmp_path / "a.jsonl", 3000), tmp_path / "small"
    with file_system(data, "3m") as remount:
        shutil.copytree(empty_data, data, dirs_exist_ok=True)
        done = manage(data, "ingest", path)
        assert done.returncode == 1
        assert "Remedy: free space" in done.stderr
        assert "Traceback" not in done.stderr
        some = ids(data)
        assert sorted(some) == list(range(len(some)))
        assert len(some) < 3000
        remount("size=80m")
        done = manage(data, "ingest", path)
        assert done.returncode == 0, done.stderr
        assert sorted(ids(data)) == list(range(3000))
        assert manage(data, "check_index").returncode == 0


def test_a_damaged_index_does_not_stop_the_articles(data: Path, tmp_path: Path) -> None:
    assert manage(data, "ingest", records(tmp_path / "a.jsonl", 5)).returncode == 0
    for file in (data / "index").glob("generation-*/*"):
        file.write_bytes(b"damage")
    done = manage(data, "ingest", records(tmp_path / "b.jsonl", 5, outlet="Town Times"))
    assert done.returncode == 1
    assert "articles are in the database" in done.stderr
    assert "manage.py rebuild_index" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(ids(data)) == 10
    assert manage(data, "rebuild_index").returncode == 0
    assert manage(data, "check_index").returncode == 0


def test_a_database_without_tables_names_the_command(tmp_path: Path) -> None:
    done = manage(tmp_path / "nothing", "ingest", records(tmp_path / "a.jsonl", 1))
    assert done.returncode == 1
    assert "manage.py migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_dry_run_needs_no_database_and_makes_none(tmp_path: Path) -> None:
    data, report = tmp_path / "nothing", tmp_path / "report.json"
    done = manage(data, "ingest", records(tmp_path / "a.jsonl", 2), "--dry-run", "--report", report)
    assert done.returncode == 0, done.stderr
    assert [entry["status"] for entry in json.loads(report.read_text())["articles"]] == ["new", "new"]
    assert not (data / "corpus.sqlite3").exists()


def test_the_bar_tells_rate_and_remaining_time(data: Path, tmp_path: Path) -> None:
    done = manage(data, "ingest", records(tmp_path / "a.jsonl", 3))
    assert "articles" in done.stderr
    assert "/s" in done.stderr
    assert "<00:00" in done.stderr


def test_memory_does_not_grow_with_the_input(data: Path, tmp_path: Path) -> None:
    """The peak of a dry run over ten times the input may be higher by what it keeps of each
    article: hashes."""
    peaks = []
    for count in (1500, 15_000):
        path = records(tmp_path / "a.jsonl", count, text="A short text about nothing. " * 40)
        code = (
            "import resource, sys; sys.argv = ['manage.py', 'ingest', sys.argv[1], '--dry-run', '--workers', '1', '-v0'];"
            "import runpy\n"
            "try: runpy.run_path('manage.py', run_name='__main__')\n"
            "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)],
            env=os.environ | {"CORPUS_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "corpus_app.settings"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        peaks.append(int(done.stderr.split()[-1]))
    assert peaks[1] < peaks[0] + 60_000
