"""Error pages."""

from __future__ import annotations

import pytest
from django.core.exceptions import SuspiciousOperation
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
