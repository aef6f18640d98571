"""The real gunicorn on a database, and a browser's worth of client."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from django.conf import settings

from tests.commands.processes import environment, manage, records
from tests.site.test_start_site import free_port

USER, PASSWORD = "curator", "a long password 7"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Message[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Browser:
    """Keeps cookies between requests."""

    address: str
    _opener: OpenerDirector = field(default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar())))

    def get(self, path: str) -> Answer:
        """The answer, whatever its status."""
        return self._ask(Request(self.address + path))

    def post(self, path: str, values: dict[str, str], token: str) -> Answer:
        """The answer to a form."""
        content = urlencode(values | {"csrfmiddlewaretoken": token}).encode()
        return self._ask(Request(self.address + path, content, {"Referer": self.address + path}))

    def log_in(self) -> Answer:
        """Log in to the admin."""
        token = self.token("/admin/login/")
        return self.post("/admin/login/?next=/admin/", {"username": USER, "password": PASSWORD}, token)

    def token(self, path: str) -> str:
        """The token of a page's form."""
        page = self.get(path)
        found = _TOKEN.search(page.body)
        assert found, (page.status, page.body[:500])
        return found[1]

    def _ask(self, request: Request) -> Answer:
        try:
            with self._opener.open(request, timeout=60) as answer:
                return Answer(answer.status, answer.headers, answer.read().decode())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read().decode())


def prepare(data: Path, database: str = "") -> None:
    """Tables, five articles in an index, and a curator."""
    assert manage(data, "migrate", "-v0", database=database).returncode == 0
    path = records(data.parent / "a.jsonl", 5, outlet="Town Times")
    done = manage(data, "ingest", path, database=database)
    assert done.returncode == 0, done.stderr
    code = f"from django.contrib.auth.models import User; User.objects.create_superuser('{USER}', '', '{PASSWORD}')"
    done = manage(data, "shell", "-v0", "-c", code, database=database)
    assert done.returncode == 0, done.stderr


@contextmanager
def serving(data: Path, database: str = "", log: Path | None = None) -> Iterator[Browser]:
    """A running site with one process of two threads; its log is ``gunicorn.log`` beside the data
    directory, or `log`."""
    port = free_port()
    variables = environment(data, database) | {"PORT": str(port), "WEB_WORKERS": "1", "WEB_THREADS": "2"}
    log = log or data.parent / "gunicorn.log"
    with log.open("a") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "python:corpus_app.gunicorn", "corpus_app.wsgi"],
            cwd=settings.BASE_DIR,
            env=variables,
            stdout=file,
            stderr=file,
        )
    browser = Browser(f"http://127.0.0.1:{port}")
    try:
        for _attempt in range(600):
            try:
                browser.get("/static/search/site.css")
                break
            except OSError:
                if process.poll() is not None:
                    pytest.fail(log.read_text())
                time.sleep(0.1)
        yield browser
    finally:
        process.terminate()
        process.wait(30)
