"""`make run`: everything between a fresh clone and a served page."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from search.exceptions import CorpusError, IndexLocked, IndexUnavailable
from search.index.connection import get_backend
from search.index.generations import rebuild_index
from search.ingest.indexing import bring_up_to_date
from search.management.examples import ExamplesCommand


class Command(ExamplesCommand):
    """Migrates, loads the demo into an empty database, brings the index up to date, serves with gunicorn."""

    help = (
        "Prepare the database and the index, then serve the site with gunicorn on http://HOST:PORT "
        "(environment; 127.0.0.1:8000 by default). A second start finds everything done."
    )
    examples = "Examples:\n  manage.py start_site\n  PORT=9000 manage.py start_site\n"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Prepare, say where, and become gunicorn."""
        host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
        self._require_free(host, port)
        try:
            Path(settings.CORPUS_DATA_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", verbosity=0)
            call_command("load_fixtures", if_empty=True)
            self._update_index()
        except CorpusError as error:
            raise CommandError(str(error)) from error
        except (OSError, OperationalError) as error:
            raise CommandError(
                f"cannot prepare {settings.CORPUS_DATA_DIR}: {error}. "
                "Remedy: make it writable, or set CORPUS_DATA_DIR to a directory that is."
            ) from error
        self.stdout.write(
            f"\nCorpus is at http://{host}:{port}\n"
            f"Make an admin user:  {sys.executable} manage.py createsuperuser\n"
            f"Then correct things at http://{host}:{port}/admin/   (Ctrl+C stops the server)\n"
        )
        self.stdout.flush()
        connection.close()
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        os.execv(gunicorn, [gunicorn, "--config", "python:corpus_app.gunicorn", "corpus_app.wsgi"])

    def _update_index(self) -> None:
        """Apply what waits; an index that does not fit this version, or is damaged, is built anew."""
        try:
            bring_up_to_date(compact=True)
            get_backend().status()
        except IndexLocked:
            self.stdout.write("another process is writing the index; it will apply what waits")
        except IndexUnavailable as error:
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
