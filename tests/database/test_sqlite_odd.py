"""A SQLite database that is locked, read-only, full, damaged or without tables, under the real
gunicorn and commands."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands.processes import manage, records
from tests.commands.test_ingest_interrupted import file_system
from tests.database.gunicorn import Answer, prepare, serving


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with five articles and a curator."""
    folder = tmp_path_factory.mktemp("sqlite") / "data"
    folder.mkdir()
    prepare(folder)
    return folder


@pytest.fixture
def data(template: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(template, tmp_path / "data"))


def no_database(file: Path) -> None:
    file.write_bytes(b"This is a letter and no database. " * 400)


def cut_short(file: Path) -> None:
    """As a copy that ended too early."""
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.truncate(size // 8)


def overwritten(file: Path) -> None:
    """As a disk that lost blocks: everything behind the first page."""
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xa5" * (size - 4096))


def without_tables(file: Path) -> None:
    for path in file.parent.glob("corpus.sqlite3*"):
        path.unlink()
    sqlite3.connect(file).close()


ODD: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "not a database": (no_database, "is damaged", "restore"),
    "cut short": (cut_short, "is damaged", "restore"),
    "overwritten": (overwritten, "is damaged", "restore"),
    "without tables": (without_tables, "manage.py migrate", "manage.py migrate"),
}
PAGES = ["/articles/1/", "/?q=delegates", "/api/search?q=delegates", "/admin/"]


def require_503(answer: Answer, said: str, data: Path, path: str) -> None:
    assert answer.status == 503, (path, answer.status, answer.body[:500])
    assert answer.headers["Retry-After"] == "30"
    assert str(data.parent) not in answer.body
    text = json.loads(answer.body)["errors"]["database"][0] if path.startswith("/api/") else answer.body
    assert said in text


@contextlib.contextmanager
def write_lock(data: Path) -> Iterator[None]:
    """Another program that writes and does not end."""
    with contextlib.closing(sqlite3.connect(data / "corpus.sqlite3", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_database_is_a_503_without_folders_until_it_is_mended(data: Path, tmp_path: Path, kind: str) -> None:
    spoil, said, _remedy = ODD[kind]
    file, backup = data / "corpus.sqlite3", tmp_path / "backup"
    shutil.copy(file, backup)
    with serving(data) as browser:
        login = browser.token("/admin/login/")
        spoil(file)
        for path in PAGES[:3]:
            require_503(browser.get(path), said, data, path)
        form = {"username": "curator", "password": "a long password 7"}
        require_503(browser.post("/admin/login/", form, login), said, data, "/admin/login/")
        for spoiled in data.glob("corpus.sqlite3*"):
            spoiled.unlink()
        shutil.copy(backup, file)
        # Each thread may meet the old file once more, and then opens the new one.
        for _round in range(3):
            browser.get("/articles/1/")
        assert browser.log_in().status == 200
        assert [browser.get(path).status for path in PAGES] == [200] * len(PAGES)
    assert "Traceback" not in (tmp_path / "gunicorn.log").read_text()


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("command", ["ingest", "search", "check_index", "extract", "loaddata", "createsuperuser"])
def test_a_command_on_an_odd_database_is_one_line_with_the_remedy(
    data: Path, tmp_path: Path, kind: str, command: str
) -> None:
    arguments: dict[str, list[str | Path]] = {
        "ingest": [records(tmp_path / "b.jsonl", 1)],
        "search": ["delegates"],
        "loaddata": ["demo"],
        "createsuperuser": ["--noinput", "--username=a", "--email=a@example.org"],
    }
    spoil, _said, remedy = ODD[kind]
    spoil(data / "corpus.sqlite3")
    if kind == "without tables":
        # Beside an index it would be a database that was lost, which is told as that.
        shutil.rmtree(data / "index")
    done = manage(data, command, *arguments.get(command, []))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert [line for line in done.stderr.splitlines() if "Error" in line and remedy in line], done.stderr


def test_a_database_locked_for_longer_than_its_time_is_a_503_and_goes_on_afterwards(data: Path) -> None:
    with serving(data, f"sqlite:///{data}/corpus.sqlite3?timeout=1") as browser:
        browser.log_in()
        path = "/admin/search/outlet/1/change/"
        values = {"name": "Other Times", "aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0"}
        token = browser.token(path)
        with write_lock(data):
            require_503(browser.post(path, values, token), "is busy", data, path)
            assert browser.get("/articles/1/").status == 200
        assert browser.post(path, values, token).status == 200
        assert "Other Times" in browser.get("/articles/1/").body


def test_a_read_only_disk_is_read_and_a_change_is_a_503_until_a_start_on_a_disk_that_can_be_written(
    template: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "small"
    with file_system(folder, "30m") as remount:
        data = Path(shutil.copytree(template, folder / "data"))
        assert remount("ro")
        with serving(data, log=tmp_path / "gunicorn.log") as browser:
            assert browser.get("/articles/1/").status == 200
            form = {"username": "curator", "password": "a long password 7"}
            answer = browser.post("/admin/login/", form, browser.token("/admin/login/"))
            require_503(answer, "cannot be written", data, "/admin/login/")
            assert browser.get("/articles/1/").status == 200
        assert remount("rw")
        with serving(data, log=tmp_path / "gunicorn.log") as browser:
            assert browser.log_in().status == 200


def test_a_full_disk_is_a_503_and_goes_on_when_there_is_space(template: Path, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    with file_system(folder, "30m") as remount:
        data = Path(shutil.copytree(template, folder / "data"))
        with serving(data, log=tmp_path / "gunicorn.log") as browser:
            token = browser.token("/admin/login/")
            with contextlib.suppress(OSError), (folder / "ballast").open("wb", buffering=0) as ballast:
                while True:
                    ballast.write(b"x" * 4096)
            form = {"username": "curator", "password": "a long password 7"}
            answer = browser.post("/admin/login/", form, token)
            require_503(answer, "disk is full", data, "/admin/login/")
            (folder / "ballast").unlink()
            assert remount("size=40m")
            assert browser.log_in().status == 200
