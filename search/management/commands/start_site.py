"""`make run`: everything between a fresh clone and a served page."""

from __future__ import annotations

import os
import shlex
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, CommandParser, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from corpus_app.database import why_not_writable
from search.exceptions import IndexLocked, IndexMissing, IndexOfAnother, IndexUnavailable
from search.index.belonging import require_belonging
from search.index.connection import get_backend
from search.index.generations import rebuild_index
from search.index.pending import pending_count
from search.index.upkeep import bring_up_to_date
from search.management.examples import ExamplesCommand
from search.management.terminal import on_one_line
from search.models import Article, IndexOutbox, IndexState, IngestRun, Outlet


class Command(ExamplesCommand):
    """Migrates, loads the demo into a new collection, brings the index up to date, serves with
    gunicorn."""

    help = (
        "Prepare the database and the index, then serve the site with gunicorn on http://HOST:PORT "
        "(environment; 127.0.0.1:8000 by default). A second start finds everything done."
    )
    examples = "Examples:\n  manage.py start_site\n  PORT=9000 manage.py start_site\n  manage.py start_site --no-demo\n"

    def add_arguments(self, parser: CommandParser) -> None:
        """The options of the command."""
        parser.add_argument(
            "--no-demo",
            action="store_true",
            help="load no invented articles into a new data directory (or CORPUS_DEMO=0)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Prepare, say where, and become gunicorn."""
        host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
        self._require_free(host, port)
        try:
            self._prepare(demo=settings.CORPUS_DEMO and not options["no_demo"])
        except OSError as error:
            raise CommandError(
                f"cannot prepare {settings.CORPUS_DATA_DIR}: {error}. "
                "Remedy: make it writable, or set CORPUS_DATA_DIR to a directory that is."
            ) from error
        self.stdout.write(
            f"\nCorpus is at http://{host}:{port}\n"
            f"Make an admin user:  {admin_command()}\n"
            f"Then correct things at http://{host}:{port}/admin/   (Ctrl+C stops the server)\n"
        )
        self.stdout.flush()
        connection.close()
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        os.execv(gunicorn, [gunicorn, "--config", "python:corpus_app.gunicorn", "corpus_app.wsgi"])

    def _prepare(self, *, demo: bool) -> None:
        """Each step that a full or read-only disk does not let happen is left out, where there is
        something to serve without it."""
        folder = Path(settings.CORPUS_DATA_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = Article._meta.db_table in connection.introspection.table_names()
        trouble = why_not_writable(folder)
        if there and trouble:
            self.stdout.write(
                f"{on_one_line(str(folder))} cannot be written ({trouble}); the site serves what is there"
            )
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            with self._left_out("the database was not migrated", allowed=there):
                call_command("migrate", verbosity=0)
        if demo and not trouble and is_new():
            with self._left_out("the demo was not loaded", allowed=there):
                call_command("load_fixtures")
        with self._left_out("the index was not compared with the database", allowed=there):
            require_belonging()
        with self._left_out("the index was not brought up to date", allowed=there):
            if not trouble:
                self._update_index()
            elif waiting := pending_count():
                self.stdout.write(
                    f"the index was not brought up to date: {waiting:,} changes wait for a disk that can be written"
                )

    @contextmanager
    def _left_out(self, what: str, *, allowed: bool) -> Iterator[None]:
        try:
            yield
        except IndexOfAnother:
            raise
        except (OperationalError, IndexUnavailable) as error:
            if not allowed:
                raise
            self.stdout.write(on_one_line(f"{what}: {error}"))

    def _update_index(self) -> None:
        """Apply what waits; an index that does not fit this version, or is damaged, is built
        anew."""
        try:
            bring_up_to_date(compact=True)
            get_backend().status()
        except IndexOfAnother:
            raise
        except IndexLocked:
            self.stdout.write("another process is writing the index; it will apply what waits")
        except IndexUnavailable as error:
            with suppress(IndexUnavailable):
                get_backend().status()
                # To build a whole one takes more room than to add to it.
                self.stdout.write(f"the index was not brought up to date: {error}")
                return
            self.stdout.write(f"{error}\nBuilding the index anew …")
            self.stdout.write(f"{rebuild_index():,} articles indexed")

    def _require_free(self, host: str, port: str) -> None:
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise CommandError(f"PORT={port} is no port number. Remedy: PORT=8001 make run")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, int(port)))
            except OSError as error:
                raise CommandError(
                    f"cannot listen on {host}:{port}: {error.strerror}. Remedy: PORT={int(port) + 1} make run"
                ) from error


def is_new() -> bool:
    """Whether nobody has used this collection yet: there is nothing in the database, and no
    index."""
    models = (Article, Outlet, IngestRun, IndexOutbox, IndexState, get_user_model())
    if any(model._base_manager.exists() for model in models):
        return False
    try:
        get_backend().status()
    except IndexMissing:
        return True
    except IndexUnavailable:
        return False
    return False


def admin_command() -> str:
    """What makes an admin user of this collection, as it can be pasted anywhere."""
    words = [sys.executable, str(settings.BASE_DIR / "manage.py"), "createsuperuser"]
    if "CORPUS_DATA_DIR" in os.environ:
        words = ["env", f"CORPUS_DATA_DIR={settings.CORPUS_DATA_DIR}", *words]
    note = "   (with the same DATABASE_URL)" if os.environ.get("DATABASE_URL") else ""
    return shlex.join(words) + note
