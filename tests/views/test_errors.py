"""Error pages."""

from __future__ import annotations

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client, RequestFactory

from search.views import errors, pages


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
    response = errors.bad_request(request, SuspiciousOperation())
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
