"""`make run` as a new user has it: the real command, the real gunicorn, a data directory of its
own."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from django.test import override_settings

from search.management.commands.start_site import admin_command

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def site(data_dir: Path, **settings: str) -> Iterator[str]:
    """The address of a running site; its environment holds the settings."""
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "SECRET_KEY")},
        "CORPUS_DATA_DIR": str(data_dir),
        "PORT": str(port),
        **settings,
    }
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "start_site"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        while True:
            try:
                # Any answer will do: with HTTPS_ONLY it is a redirect.
                connection = HTTPConnection("127.0.0.1", port, timeout=5)
                with closing(connection):
                    connection.request("HEAD", "/")
                    connection.getresponse().read()
                break
            except (OSError, HTTPException):
                if process.poll() is not None or time.monotonic() - began > START_SECONDS:
                    output = process.stdout.read() if process.stdout and process.poll() is not None else ""
                    pytest.fail(f"the site did not start: {output}")
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(15)
        if process.stdout:
            process.stdout.close()


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site") / "var"


@pytest.fixture(scope="module")
def address(data_dir: Path) -> Iterator[str]:
    with site(data_dir) as where:
        yield where


def get(url: str) -> tuple[int, str]:
    try:
        with urlopen(url, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_first_start_serves_the_demo(address: str) -> None:
    status, body = get(f"{address}/api/search?q={quote('country:armenia')}")
    assert status == 200
    assert json.loads(body)["total"] > 20


def test_static_files_are_served(address: str) -> None:
    _, page = get(address)
    stylesheet = next(part for part in page.split('"') if part.endswith(".css"))
    assert get(address + stylesheet)[0] == 200


def test_a_query_of_ten_thousand_arabic_letters_gets_our_own_message(address: str) -> None:
    status, body = get(f"{address}/api/search?q={quote('أ' * 10_000)}")
    assert status == 400
    assert "at most 2000" in json.loads(body)["errors"]["q"][0]


def test_the_data_directory_is_for_its_owner_alone(address: str, data_dir: Path) -> None:
    assert (data_dir / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (data_dir / "index").stat().st_mode & 0o777 == 0o700


def stored(data_dir: Path) -> tuple[list[str], dict[Path, tuple[int, int]]]:
    """All rows of the database, and when each file of the index was written."""
    with closing(sqlite3.connect(data_dir / "corpus.sqlite3")) as database:
        rows = list(database.iterdump())
    files = (path for path in (data_dir / "index").rglob("*") if path.is_file() and "lock" not in path.name.lower())
    return rows, {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in files}


def test_a_second_start_loads_and_writes_nothing_anew(address: str, data_dir: Path) -> None:
    total = json.loads(get(f"{address}/api/search")[1])["total"]
    before = stored(data_dir)
    rows, files = before
    assert len(rows) > total
    assert {path.name for path in files} >= {"CURRENT", "STATE"}
    with site(data_dir) as again:
        assert json.loads(get(f"{again}/api/search")[1])["total"] == total
        assert stored(data_dir) == before


def test_a_port_in_use_is_an_error_that_names_the_remedy(address: str, data_dir: Path) -> None:
    port = address.rpartition(":")[2]
    environment = {
        **os.environ,
        "CORPUS_DATA_DIR": str(data_dir),
        "PORT": port,
        "DJANGO_SETTINGS_MODULE": "corpus_app.settings",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "start_site"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert f"PORT={int(port) + 1} make run" in done.stderr


def started(data_dir: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A start that is expected to end by itself."""
    return subprocess.run(
        [sys.executable, "manage.py", "start_site"],
        cwd=ROOT,
        env={**os.environ, "CORPUS_DATA_DIR": str(data_dir), "PORT": str(free_port()), **environment}
        | {"DJANGO_SETTINGS_MODULE": "corpus_app.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_demo_is_left_out_where_it_is_not_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUS_DEMO", "0")
    with site(tmp_path / "var") as where:
        assert json.loads(get(f"{where}/api/search")[1])["total"] == 0


def copy_of(data_dir: Path, folder: Path, *, journal: bool = True) -> Path:
    """The collection as a backup holds it, with SQLite's journal as it stands or all of it applied."""
    shutil.copytree(data_dir, folder / "var")
    if not journal:
        database = sqlite3.connect(folder / "var" / "corpus.sqlite3")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
    return folder / "var"


def test_the_demo_does_not_take_the_place_of_articles_that_were_removed(
    address: str, data_dir: Path, tmp_path: Path
) -> None:
    copy = copy_of(data_dir, tmp_path)
    for name in ("search_countrymention", "search_article"):
        with sqlite3.connect(copy / "corpus.sqlite3") as database:
            database.execute(f"DELETE FROM {name}")
        database.close()
    shutil.rmtree(copy / "index")
    with site(copy) as where:
        assert json.loads(get(f"{where}/api/search")[1])["total"] == 0


def test_a_lost_database_is_said_and_no_demo_put_in_its_place(address: str, data_dir: Path, tmp_path: Path) -> None:
    copy = copy_of(data_dir, tmp_path)
    for file in copy.glob("corpus.sqlite3*"):
        file.unlink()
    done = started(copy)
    assert (done.returncode, "restore the database from a backup" in done.stderr) == (1, True)
    assert not list(copy.glob("corpus.sqlite3*"))


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of its own, which root cannot write past either; the test skips where none can be
    mounted."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.parametrize("journal", [True, False])
def test_a_read_only_disk_is_served_from(address: str, data_dir: Path, tmp_path: Path, *, journal: bool) -> None:
    total = json.loads(get(f"{address}/api/search")[1])["total"]
    with disk(tmp_path / "disk", "64m") as folder:
        copy = copy_of(data_dir, folder, journal=journal)
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        with site(copy) as where:
            assert json.loads(get(f"{where}/api/search")[1])["total"] == total > 20
            assert get(f"{where}/?q=armenia")[0] == 200


@pytest.mark.parametrize("journal", [True, False])
def test_a_full_disk_is_served_from(address: str, data_dir: Path, tmp_path: Path, *, journal: bool) -> None:
    total = json.loads(get(f"{address}/api/search")[1])["total"]
    with disk(tmp_path / "disk", "64m") as folder:
        copy = copy_of(data_dir, folder, journal=journal)
        with (folder / "filler").open("wb", 0) as filler, suppress(OSError):
            while filler.write(bytes(4096)):
                pass
        with site(copy) as where:
            assert json.loads(get(f"{where}/api/search")[1])["total"] == total > 20


def test_a_disk_that_cannot_be_written_is_said(address: str, data_dir: Path, tmp_path: Path) -> None:
    with disk(tmp_path / "disk", "64m") as folder:
        copy = copy_of(data_dir, folder)
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        done = subprocess.run(
            [sys.executable, "manage.py", "ingest", str(ROOT / "fixtures" / "demo.json")],
            cwd=ROOT,
            env={**os.environ, "CORPUS_DATA_DIR": str(copy), "DJANGO_SETTINGS_MODULE": "corpus_app.settings"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 1
    assert "Remedy: make" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_hint_for_an_admin_user_is_a_command_that_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "a folder's data"
    monkeypatch.setenv("CORPUS_DATA_DIR", str(data))
    with override_settings(CORPUS_DATA_DIR=data):
        hint = admin_command()
    assert str(data) in shlex.split(hint)[1]
    done = subprocess.run(f"{hint} --help", shell=True, cwd="/", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "superuser" in done.stdout
