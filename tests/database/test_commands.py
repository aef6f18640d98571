"""Commands that wait for another process, want memory, or lack a driver, say so in a line."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.commands.processes import environment, manage, records, start
from tests.database.postgres import Server

HOLD = """
import fcntl, sys, time
file = open(sys.argv[1], "ab")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(100)
"""


@pytest.fixture
def migrated(data: Path) -> Path:
    """A data directory with tables and an index."""
    assert manage(data, "migrate", "-v0").returncode == 0
    assert manage(data, "rebuild_index", "-v0").returncode == 0
    return data


@contextlib.contextmanager
def index_lock(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A lock of the index in the hand of another process."""
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        yield holder
    finally:
        holder.kill()
        holder.communicate()


@contextlib.contextmanager
def running(data: Path, *arguments: str | Path, database: str = "") -> Iterator[subprocess.Popen[str]]:
    """A command at work, ended with the test."""
    process = start(data, *arguments, database=database)
    try:
        yield process
    finally:
        process.kill()
        if process.stdout and not process.stdout.closed:
            process.communicate()


def line_of(process: subprocess.Popen[str], wanted: str) -> str:
    """The first line on standard error that holds the text; the process goes on."""
    assert process.stderr is not None
    for line in process.stderr:
        if wanted in line:
            return line
    raise AssertionError(f"never said: {wanted}")


def test_rebuilding_says_whom_it_waits_for_and_goes_on_afterwards(migrated: Path) -> None:
    with index_lock(migrated / "index" / "write.lock") as holder, running(migrated, "rebuild_index", "-v0") as process:
        line = line_of(process, "waiting for")
        assert "the write lock of the index" in line
        assert f"process {holder.pid}" in line
        holder.kill()
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "0 articles indexed" in out
    assert "waiting" not in err


def test_a_second_rebuild_names_the_first(migrated: Path) -> None:
    with index_lock(migrated / "index" / "rebuild.lock") as holder:
        done = manage(migrated, "rebuild_index", "-v0")
    assert done.returncode == 1
    assert f"process {holder.pid} holds the rebuild lock" in done.stderr


def test_a_command_that_waits_for_sqlite_says_who_writes(migrated: Path, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(migrated / "corpus.sqlite3", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with running(migrated, "ingest", records(tmp_path / "a.jsonl", 2), "-v0") as process:
            line = line_of(process, "waiting for the database")
            assert f"process {os.getpid()}" in line
            connection.execute("ROLLBACK")
            _out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err


def test_a_command_that_waits_for_postgresql_says_which_process_holds_it(
    postgres: Server, database: str, prepared: Path, tmp_path: Path
) -> None:
    psycopg = pytest.importorskip("psycopg")
    from search.stories.texts import _LOCK_NUMBER

    with psycopg.connect(f"dbname=corpus user=postgres host={postgres.folder}") as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_NUMBER])
        with running(prepared, "ingest", records(tmp_path / "b.jsonl", 2), "-v0", database=database) as process:
            line = line_of(process, "waiting for the database")
            assert f"the server's process {connection.info.backend_pid}" in line
            connection.rollback()
            _out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err


@pytest.mark.parametrize("command", ["ingest", "migrate"])
def test_want_of_memory_is_one_line(migrated: Path, tmp_path: Path, command: str) -> None:
    """The command asks for more than there is, wherever it is at the time."""
    code = (
        "import sys, runpy\n"
        "from django.db.backends.utils import CursorWrapper\n"
        "def execute(self, sql, params=None): return bytearray(2**62)\n"
        "CursorWrapper.execute = execute\n"
        "sys.argv = ['manage.py', *sys.argv[1:]]\n"
        "runpy.run_path('manage.py', run_name='__main__')\n"
    )
    arguments = [str(records(tmp_path / "a.jsonl", 2))] if command == "ingest" else []
    done = subprocess.run(
        [sys.executable, "-c", code, command, *arguments],
        cwd=settings.BASE_DIR,
        env=environment(migrated),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(re.findall("not enough memory. Remedy: ", done.stderr)) == 1


@pytest.mark.parametrize(
    "command", [("migrate",), ("ingest", "x"), ("search", "x"), ("start_site",), ("createsuperuser",)]
)
def test_a_missing_driver_is_one_line_that_names_the_package(
    data: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """A package of that name that cannot be imported stands before the real one."""
    for name in ("psycopg", "psycopg2"):
        (tmp_path / "path" / name).mkdir(parents=True)
        (tmp_path / "path" / name / "__init__.py").write_text(f"raise ImportError('no {name} here')")
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=environment(data, "postgres://a@localhost/b") | {"PYTHONPATH": str(tmp_path / "path")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("CommandError: DATABASE_URL names a PostgreSQL database")
    assert "pip install -e '.[postgres]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_checking_during_an_ingest_finds_nothing_wrong(migrated: Path, tmp_path: Path) -> None:
    """Again and again while articles come and are indexed."""
    assert manage(migrated, "ingest", records(tmp_path / "a.jsonl", 100)).returncode == 0
    looks = waited = 0
    with running(migrated, "ingest", records(tmp_path / "b.jsonl", 1200), "-v0", "--workers", "1") as process:
        while process.poll() is None:
            done = manage(migrated, "check_index")
            assert done.returncode == 0, done.stdout + done.stderr
            waited += "wait for the process that writes" in done.stdout
            looks += 1
        assert process.returncode == 0, process.stderr
    assert looks
    assert waited
    done = manage(migrated, "check_index")
    # The first hundred are in both files, with the same words.
    assert "1,200 entries agree" in done.stdout
    assert "wait for" not in done.stdout


def test_what_a_killed_ingest_left_is_missing_until_it_is_applied(migrated: Path, tmp_path: Path) -> None:
    with (
        running(migrated, "ingest", records(tmp_path / "a.jsonl", 1200), "-v0", "--workers", "1") as process,
        contextlib.closing(sqlite3.connect(migrated / "corpus.sqlite3")) as connection,
    ):
        while connection.execute("SELECT count(*) FROM search_article").fetchone()[0] == 0:
            assert process.poll() is None
            time.sleep(0.05)
    done = manage(migrated, "check_index")
    assert done.returncode == 1
    assert re.search(r"^[1-9][0-9,]* missing", done.stdout, re.MULTILINE), done.stdout
    assert manage(migrated, "update_index").returncode == 0
    assert manage(migrated, "check_index").returncode == 0


def test_an_entry_that_is_wrong_is_found_during_an_ingest_too(migrated: Path, tmp_path: Path) -> None:
    assert manage(migrated, "ingest", records(tmp_path / "a.jsonl", 5)).returncode == 0
    with contextlib.closing(sqlite3.connect(migrated / "corpus.sqlite3")) as connection:
        connection.execute("UPDATE search_article SET title = 'behind the back' WHERE id = 3")
        connection.commit()
    with (migrated / "index" / "batch.lock").open("ab") as file:
        # As an ingest holds it that is at work.
        fcntl.flock(file, fcntl.LOCK_SH)
        done = manage(migrated, "check_index")
    assert done.returncode == 1
    assert "1 stale: 3" in done.stdout
