"""A PostgreSQL server for the session, and a migrated database in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.database.gunicorn import prepare
from tests.database.postgres import Server, throw_away_server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real server; a test that stops it starts it again (`postgres`)."""
    with throw_away_server() as running:
        yield running


@pytest.fixture(scope="session")
def template(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A database with five articles and a curator, and its data directory, to be copied."""
    folder = tmp_path_factory.mktemp("template") / "data"
    folder.mkdir()
    if not server.running():
        server.start()
    prepare(folder, server.make_database("corpus_template"))
    return "corpus_template", folder


@pytest.fixture
def postgres(server: Server) -> Iterator[Server]:
    """The server, running before and after the test."""
    if not server.running():
        server.start()
    yield server
    if not server.running():
        server.start()


@pytest.fixture
def database(postgres: Server, template: tuple[str, Path]) -> str:
    """The address of a database of the test's own, with five articles and a curator."""
    postgres.sql("DROP DATABASE IF EXISTS corpus WITH (FORCE)")
    postgres.sql(f"CREATE DATABASE corpus TEMPLATE {template[0]}")
    # The copy's sequences are as they were when it was logged: without a checkpoint, numbers they gave since then are
    # given again after a server was switched off.
    postgres.sql("CHECKPOINT")
    return postgres.url("corpus")


@pytest.fixture
def prepared(template: tuple[str, Path], tmp_path: Path) -> Path:
    """The data directory that goes with `database`."""
    return Path(shutil.copytree(template[1], tmp_path / "data"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty data directory."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder
