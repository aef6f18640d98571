"""PostgreSQL that is stopped and comes back, under the real gunicorn and the real commands."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import pytest

from tests.commands.processes import manage, records, start
from tests.database.gunicorn import Browser, serving
from tests.database.postgres import Server

PAGES = ["/", "/?q=delegates", "/articles/1/", "/api/search?q=delegates", "/admin/", "/admin/search/article/1/change/"]
COMMANDS: list[tuple[str, ...]] = [
    ("search", "delegates"),
    ("ingest", "a.jsonl"),
    ("extract",),
    ("check_index",),
    ("rebuild_index",),
    ("update_index",),
    ("load_fixtures",),
    ("start_site",),
    ("migrate",),
    ("loaddata", "demo"),
    ("createsuperuser", "--noinput", "--username=a", "--email=a@example.org"),
]


def require_503(browser: Browser, path: str, data: Path) -> None:
    answer = browser.get(path)
    assert answer.status == 503, (path, answer.status, answer.body[:300])
    assert answer.headers["Retry-After"] == "30"
    assert str(data.parent) not in answer.body
    assert "Traceback" not in answer.body
    if path.startswith("/api/"):
        assert "does not answer" in json.loads(answer.body)["errors"]["database"][0]
    else:
        assert "does not answer" in answer.body


def require_one_line(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("CommandError")]
    assert len(lines) == 1, done.stderr
    assert "Remedy: " in lines[0]


def test_pages_answer_503_while_the_server_is_away_and_200_when_it_is_back(
    postgres: Server, database: str, prepared: Path
) -> None:
    """Before the first request, and on connections that are kept between requests."""
    postgres.stop()
    with serving(prepared, database) as browser:
        for path in PAGES[:4]:
            require_503(browser, path, prepared)
        postgres.start()
        assert browser.log_in().status == 200
        for _round in range(2):
            for path in PAGES * 2:
                answer = browser.get(path)
                assert answer.status == 200, (path, answer.status)
            postgres.stop()
            for path in PAGES:
                require_503(browser, path, prepared)
            postgres.start()
        # On whichever thread: the first request after the server is back is answered.
        assert [browser.get(path).status for path in PAGES] == [200] * len(PAGES)
    log = (prepared.parent / "gunicorn.log").read_text()
    assert "Traceback" not in log
    assert "Remedy: start the database server" in log


def test_a_form_of_the_admin_sent_while_the_server_is_away_is_a_503_and_changes_nothing(
    postgres: Server, database: str, prepared: Path
) -> None:
    with serving(prepared, database) as browser:
        browser.log_in()
        path = "/admin/search/outlet/1/change/"
        token = browser.token(path)
        values = {"name": "Other Times", "aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0"}
        postgres.stop()
        assert browser.post(path, values, token).status == 503
        stranger = Browser(browser.address)
        login = stranger.token("/admin/login/")
        assert stranger.post("/admin/login/", {"username": "curator", "password": "x"}, login).status == 503
        postgres.start()
        assert postgres.sql("SELECT name FROM search_outlet", database="corpus") == "Town Times"
        assert browser.post(path, values, token).status == 200
        assert postgres.sql("SELECT name FROM search_outlet", database="corpus") == "Other Times"


def test_a_connection_that_the_server_cut_costs_no_request(postgres: Server, database: str, prepared: Path) -> None:
    with serving(prepared, database) as browser:
        for _round in range(4):
            assert browser.get("/articles/1/").status == 200
            postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'corpus'")
            assert browser.get("/articles/1/").status == 200


def test_a_read_only_server_says_so(postgres: Server, database: str, prepared: Path) -> None:
    postgres.sql("ALTER DATABASE corpus SET default_transaction_read_only = on")
    with serving(prepared, database) as browser:
        assert browser.get("/articles/1/").status == 200
        answer = browser.log_in()
        assert answer.status == 503
        assert "cannot be written" in answer.body
    done = manage(prepared, "ingest", records(prepared.parent / "b.jsonl", 1), database=database)
    require_one_line(done)
    assert "let the server take writes" in done.stderr


def test_a_database_without_tables_names_the_command(postgres: Server, data: Path) -> None:
    postgres.sql("DROP DATABASE IF EXISTS empty WITH (FORCE)")
    url = postgres.make_database("empty")
    with serving(data, url) as browser:
        for path in ("/articles/1/", "/api/search?outlet=x"):
            answer = browser.get(path)
            assert answer.status == 503, (path, answer.body)
            assert "manage.py migrate" in answer.body
        assert browser.log_in().status == 503
    done = manage(data, "ingest", records(data.parent / "a.jsonl", 1), database=url)
    require_one_line(done)
    assert "manage.py migrate" in done.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_command_without_the_server_is_one_line_with_the_remedy(
    postgres: Server, database: str, prepared: Path, command: tuple[str, ...]
) -> None:
    records(prepared.parent / "a.jsonl", 1)
    arguments = [prepared.parent / word if word.endswith(".jsonl") else word for word in command]
    postgres.stop()
    done = manage(prepared, *arguments, database=database, stdin=subprocess.DEVNULL)
    require_one_line(done)
    assert "start the database server" in done.stderr


@pytest.mark.parametrize("address", ["postgres://postgres@/nothing?host={}", "postgres://nobody@/corpus?host={}"])
def test_a_database_or_a_user_that_is_not_there_is_one_line(postgres: Server, data: Path, address: str) -> None:
    done = manage(data, "update_index", database=address.format(postgres.folder))
    require_one_line(done)
    assert "set DATABASE_URL" in done.stderr


def test_a_server_that_stops_in_the_middle_of_an_ingest_loses_nothing(
    postgres: Server, database: str, prepared: Path
) -> None:
    path = records(prepared.parent / "b.jsonl", 1500)
    process = start(prepared, "ingest", path, "--workers", "1", database=database)
    while int(postgres.sql("SELECT count(*) FROM search_article", database="corpus")) < 100:
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.05)
    postgres.stop()
    out, err = process.communicate(timeout=120)
    require_one_line(subprocess.CompletedProcess(process.args, process.returncode, out, err))
    postgres.start()
    done = manage(prepared, "ingest", path, database=database)
    assert done.returncode == 0, done.stderr
    assert postgres.sql("SELECT count(*) FROM search_article", database="corpus") == "1505"
    check = manage(prepared, "check_index", database=database)
    assert check.returncode == 0, check.stdout
    assert "1,505 entries agree" in check.stdout
