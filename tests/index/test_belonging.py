"""An index is known to be of its database, and of its present state; what is not is never searched
or mended unasked."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from search.exceptions import IndexUnavailable
from search.index.belonging import require_belonging
from search.index.checking import check_index
from search.index.connection import get_backend
from search.index.generations import rebuild_index
from search.index.upkeep import bring_up_to_date
from tests.commands.processes import manage, records
from tests.factories import make_article
from tests.site.test_start_site import free_port


def site(tmp_path: Path) -> Path:
    """A data directory with ten articles."""
    data = tmp_path / "var"
    data.mkdir(parents=True)
    manage(data, "migrate", "--verbosity", "0")
    done = manage(data, "ingest", records(tmp_path / "first.jsonl", 10), "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return data


def found(data: Path) -> str:
    done = manage(data, "search", "meeting")
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[0]


def lose(data: Path) -> None:
    for file in data.glob("corpus.sqlite3*"):
        file.unlink()


EVERY_COMMAND = (
    ["ingest", "more.jsonl"], ["ingest", "more.jsonl", "--dry-run"], ["search", "meeting"], ["update_index"], ["check_index"],
    ["check_index", "--repair"], ["extract"], ["load_fixtures"], ["start_site"],
)  # fmt: skip


FEW_COMMANDS = (["search", "meeting"], ["update_index"], ["check_index", "--repair"])


@pytest.fixture(autouse=True)
def own_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(free_port()))


def refused(data: Path, tmp_path: Path, said: str, commands: Sequence[Sequence[str]] = FEW_COMMANDS) -> None:
    """Each command names the trouble and the remedy, and nothing of index or database changes."""
    more = records(tmp_path / "more.jsonl", 3)
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file() and path.suffix != ".lock"}
    for command in commands:
        done = manage(data, *(more if word == "more.jsonl" else word for word in command))
        assert done.returncode == 1, (command, done.stdout, done.stderr)
        assert said in done.stderr, (command, done.stderr)
        assert "Remedy: restore the" in done.stderr, (command, done.stderr)
    after = {path: path.read_bytes() for path in data.rglob("*") if path.is_file() and path.suffix != ".lock"}
    assert {path for path in before | after if before.get(path) != after.get(path)} == set()


def test_a_lost_database_beside_its_index_is_said_by_every_command(tmp_path: Path) -> None:
    data = site(tmp_path)
    lose(data)
    refused(data, tmp_path, "is gone", EVERY_COMMAND)
    (data / "corpus.sqlite3").touch()
    refused(data, tmp_path, "is empty")


def test_an_empty_database_beside_an_index_with_entries_is_said(tmp_path: Path) -> None:
    data = site(tmp_path)
    lose(data)
    manage(data, "migrate", "--verbosity", "0")
    refused(data, tmp_path, "the index is of another database")
    assert manage(data, "rebuild_index").returncode == 0
    assert found(data) == "0"


def test_a_database_restored_from_a_backup_is_said_to_be_older_than_its_index(tmp_path: Path) -> None:
    data = site(tmp_path)
    shutil.copy(data / "corpus.sqlite3", tmp_path / "backup")
    manage(data, "ingest", records(tmp_path / "second.jsonl", 5, outlet="Hill Herald"), "--verbosity", "0")
    assert found(data) == "15"
    shutil.copy(tmp_path / "backup", data / "corpus.sqlite3")
    refused(data, tmp_path, "the database is older than its index", EVERY_COMMAND)
    assert manage(data, "rebuild_index").returncode == 0
    assert found(data) == "10"


def test_an_index_restored_from_a_backup_is_said_to_be_older_than_its_database(tmp_path: Path) -> None:
    data = site(tmp_path)
    shutil.copytree(data / "index", tmp_path / "backup")
    manage(data, "ingest", records(tmp_path / "second.jsonl", 5, outlet="Hill Herald"), "--verbosity", "0")
    shutil.rmtree(data / "index")
    shutil.copytree(tmp_path / "backup", data / "index")
    refused(data, tmp_path, "the index is older than its database")
    assert manage(data, "rebuild_index").returncode == 0
    assert found(data) == "15"


def test_the_index_of_another_collection_is_never_searched(tmp_path: Path) -> None:
    one, other = site(tmp_path / "one"), site(tmp_path / "other")
    shutil.rmtree(one / "index")
    shutil.copytree(other / "index", one / "index")
    refused(one, tmp_path, "the index is of another database")


def without_id(data: Path) -> None:
    """As an earlier version of Corpus leaves it."""
    (data / "index" / "STATE").unlink()
    with sqlite3.connect(data / "corpus.sqlite3") as database:
        database.execute("DELETE FROM search_indexstate")
    database.close()


def test_an_index_of_an_earlier_version_is_taken_over_where_all_it_holds_agrees(tmp_path: Path) -> None:
    data = site(tmp_path)
    without_id(data)
    assert found(data) == "10"
    done = manage(data, "update_index")
    assert done.returncode == 0, done.stderr
    assert (data / "index" / "STATE").exists()
    assert found(data) == "10"


@pytest.mark.parametrize("changed", ["UPDATE search_article SET title = 'x'", "UPDATE search_article SET visible = 0"])
def test_an_index_of_an_earlier_version_that_differs_is_not_taken_over(tmp_path: Path, changed: str) -> None:
    data = site(tmp_path)
    without_id(data)
    with sqlite3.connect(data / "corpus.sqlite3") as database:
        database.execute(f"{changed} WHERE id = 3")
    database.close()
    done = manage(data, "update_index")
    assert done.returncode == 1
    assert "1 of its entries are not as in this one" in done.stderr
    assert "rebuild_index" in done.stderr
    assert not (data / "index" / "STATE").exists()


def test_an_index_of_an_earlier_version_beside_an_empty_database_is_not_searched(tmp_path: Path) -> None:
    data = site(tmp_path)
    lose(data)
    manage(data, "migrate", "--verbosity", "0")
    (data / "index" / "STATE").unlink()
    done = manage(data, "search", "meeting")
    assert (done.returncode, "the database is empty, the index is not" in done.stderr) == (1, True)


def test_a_collection_whose_index_was_removed_gets_a_new_one(tmp_path: Path) -> None:
    data = site(tmp_path)
    shutil.rmtree(data / "index")
    assert manage(data, "update_index").returncode == 0
    assert found(data) == "10"


@pytest.mark.django_db(transaction=True)
def test_commits_of_which_the_database_never_heard_leave_no_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed twice in a row between the commit of the index and the transaction that forgets what
    was written."""

    class Killed(BaseException):
        """The end of a process."""

    def kill(_state: str) -> None:
        raise Killed

    rebuild_index()
    with monkeypatch.context() as dying:
        dying.setattr("search.index.outbox.settle", kill)
        for title in ("One", "Two"):
            with pytest.raises(Killed):
                make_article(title)
    require_belonging()
    assert bring_up_to_date() == 2
    assert check_index().agreeing == 2


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_was_begun_and_given_up_leaves_no_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise IndexUnavailable("no space left")

    rebuild_index()
    with monkeypatch.context() as full:
        full.setattr(type(get_backend()), "apply", refuse)
        make_article("One")
    require_belonging()
    assert bring_up_to_date() == 1
    assert check_index().agrees


@pytest.mark.django_db(transaction=True)
def test_a_dump_holds_nothing_that_would_make_another_database_take_itself_for_this_one() -> None:
    rebuild_index()
    out = StringIO()
    call_command("dumpdata", "search", stdout=out)
    assert "indexstate" not in out.getvalue()
