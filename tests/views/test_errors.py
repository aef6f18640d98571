"""Error pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, DataError, IntegrityError, OperationalError
from django.test import Client, RequestFactory
from pytest_django import Settings

from search.database_errors import Trouble, trouble_of, without_folders
from search.views import errors, pages
from search.views.database import database_response


@pytest.mark.django_db
def test_a_failure_of_ours_is_a_500_page_that_uses_no_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(pages, "start_page", fail)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()
    assert "broken" not in response.content.decode()


@pytest.mark.django_db
def test_a_malformed_request_is_a_400_page() -> None:
    request = RequestFactory().get("/")
    response = errors.bad_request_response(request, SuspiciousOperation())
    assert response.status_code == 400
    assert "Start from the search" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/?q=a", "/api/search?outlet=x", "/articles/1/"])
def test_a_database_that_cannot_be_used_is_said_with_the_remedy(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object, **_options: object) -> None:
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("search.views.pages.start_page", refused)
    monkeypatch.setattr("search.views.pages.search", refused)
    monkeypatch.setattr("search.views.pages.article_for_page", refused)
    monkeypatch.setattr("search.query.filters.OutletsField.canonical", refused)
    answer = client.get(address)
    assert answer.status_code == 503
    assert "writable" in answer.content.decode()


@pytest.mark.parametrize("address", ["/", "/?q=lachin", "/api/search?q=lachin"])
@pytest.mark.parametrize("damage", ["bytes", "files", "current", "folder"])
@pytest.mark.usefixtures("articles")
def test_an_index_that_cannot_answer_is_a_503_that_names_no_folder(
    client: Client, own_index: Path, address: str, damage: str
) -> None:
    if damage == "folder":
        shutil.rmtree(own_index)
        own_index.write_text("no folder")
    elif damage == "current":
        (own_index / "CURRENT").unlink()
        (own_index / "CURRENT").mkdir()
    else:
        for file in own_index.glob("generation-*/*"):
            file.unlink() if damage == "files" else file.write_bytes(b"damage")
    answer = client.get(address)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "manage.py rebuild_index" in answer.content.decode()
    assert str(own_index) not in answer.content.decode()
    assert own_index.parent.name not in answer.content.decode()


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("cannot write /srv/corpus/index: denied.", "cannot write index: denied."),
        ("[Errno 2] No such file: '/srv/a/CURRENT'", "[Errno 2] No such file: 'CURRENT'"),
        ("see https://example.org/a/b and/or manage.py", "see https://example.org/a/b and/or manage.py"),
        ("1/2 of /x", "1/2 of x"),
    ],
)
def test_of_a_path_only_the_last_part_is_shown(message: str, shown: str) -> None:
    assert without_folders(message) == shown


def test_a_folder_with_spaces_is_not_shown(settings: Settings) -> None:
    settings.CORPUS_INDEX_DIR = Path("/srv/my secret place/index")
    assert without_folders("cannot write /srv/my secret place/index/write.lock: x") == "cannot write write.lock: x"


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (OperationalError("database is locked"), Trouble.BUSY),
        (OperationalError("no such table: search_article"), Trouble.NO_TABLES),
        (DatabaseError("database disk image is malformed"), Trouble.DAMAGED),
        (OperationalError('near "FROM": syntax error'), None),
        (OperationalError("too many SQL variables"), None),
        (IntegrityError("UNIQUE constraint failed: locked"), None),
        (DataError("string or blob too big"), None),
        (RuntimeError("database is locked"), None),
    ],
)
def test_only_what_a_person_can_mend_is_taken_for_the_databases_trouble(
    error: Exception, trouble: Trouble | None
) -> None:
    assert trouble_of(error) == trouble
    assert (database_response(RequestFactory().get("/"), error) is None) == (trouble is None)


@pytest.mark.parametrize("cookie", [{}, {"sessionid": "somebody"}])
def test_a_missing_page_is_told_without_asking_the_database(client: Client, cookie: dict[str, str]) -> None:
    client.cookies.load(cookie)
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
