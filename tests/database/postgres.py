"""A real PostgreSQL server of its own, thrown away afterwards: started, stopped and cut off as a
test wants."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

#: Where Debian puts the server's programs, newest first; else the PATH.
_DEBIAN = Path("/usr/lib/postgresql")
_OWNER = "postgres"


@dataclass(frozen=True, slots=True)
class Server:
    """A server with its own folder; it listens on a socket in it and nowhere else."""

    programs: Path
    folder: Path

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=40"
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-o", options, "-w", "-t", "60", "start")

    def stop(self, *, mode: str = "immediate") -> None:
        """Stop it: at once, as a machine that is switched off, or as `mode` says."""
        self._run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-m", mode, "stop")

    def running(self) -> bool:
        """Whether it runs."""
        return self._call("pg_ctl", "-D", self.data, "status").returncode == 0

    def sql(self, statement: str, *, database: str = "postgres") -> str:
        """What a statement answers."""
        return self._run("psql", "-h", self.folder, "-d", database, "-qAtX", "-c", statement).strip()

    def make_database(self, name: str, *, encoding: str = "UTF8") -> str:
        """A new database; returns its address for DATABASE_URL."""
        self.sql(f"CREATE DATABASE {name} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
        return self.url(name)

    def url(self, name: str) -> str:
        """The address of a database, for DATABASE_URL."""
        return f"postgres://{_OWNER}@/{name}?host={self.folder}"

    @property
    def data(self) -> Path:
        """The server's files."""
        return self.folder / "data"

    def initialise(self) -> None:
        """Make its files."""
        self._run("initdb", "-D", self.data, "-U", _OWNER, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")

    def _run(self, program: str, *arguments: str | Path) -> str:
        done = self._call(program, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _call(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [*_as_owner(), str(self.programs / program), *map(str, arguments)]
        # Its output goes to files: the server that pg_ctl starts would keep a pipe open.
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            done = subprocess.run(command, stdout=out, stderr=err, cwd=self.folder, timeout=120, check=False)
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, out.read(), err.read())


@contextmanager
def throw_away_server() -> Iterator[Server]:
    """A running server. Skips where PostgreSQL or psycopg is missing."""
    programs = _programs()
    if programs is None:
        pytest.skip("needs a PostgreSQL server: apt-get install postgresql")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("needs psycopg: pip install -e '.[postgres]'")
    # A socket's path may have 107 bytes, which pytest's own folders can exceed.
    folder = Path(tempfile.mkdtemp(prefix="corpus-pg-"))
    if _as_owner():
        owner = pwd.getpwnam(_OWNER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    server = Server(programs, folder)
    try:
        server.initialise()
        server.start()
        yield server
    finally:
        if server.running():
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    versions = sorted(_DEBIAN.glob("*/bin/pg_ctl"), key=lambda path: float(path.parts[-3]), reverse=True)
    found = versions[0] if versions else shutil.which("pg_ctl")
    folder = Path(found).resolve().parent if found else None
    whole = folder is not None and all((folder / name).exists() for name in ("initdb", "postgres", "psql"))
    if not whole or (os.geteuid() == 0 and not _owner_exists()):
        return None
    return folder


def _as_owner() -> Sequence[str]:
    """The server refuses to run as root."""
    return ("runuser", "-u", _OWNER, "--") if os.geteuid() == 0 else ()


def _owner_exists() -> bool:
    try:
        pwd.getpwnam(_OWNER)
    except KeyError:
        return False
    return True
