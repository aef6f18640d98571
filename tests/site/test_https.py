"""The real server behind a proxy that speaks HTTPS to the clients."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.test_slow_clients import address_of
from tests.site.test_start_site import site

Answer = tuple[int, http.client.HTTPMessage, str]


def asked(url: str, method: str = "GET", path: str = "/", **headers: str) -> Answer:
    connection = http.client.HTTPConnection(*address_of(url), timeout=20)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, body


@pytest.fixture(scope="module")
def trusted(demo_dir: Path) -> Iterator[str]:
    with site(demo_dir, HTTPS_ONLY="1", FORWARDED_ALLOW_IPS="10.9.8.7,127.0.0.0/8") as url:
        yield url


@pytest.fixture(scope="module")
def untrusted(demo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with site(demo_dir, HTTPS_ONLY="1", FORWARDED_ALLOW_IPS="10.9.8.7") as url:
        yield url


def test_a_trusted_proxy_that_says_https_gets_the_page_with_hsts_for_this_host_alone(trusted: str) -> None:
    status, headers, _ = asked(trusted, X_Forwarded_Proto="https")
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_client_without_https_is_sent_there(trusted: str) -> None:
    for headers in ({}, {"X_Forwarded_Proto": "http"}):
        status, answer, _ = asked(trusted, path="/?q=a", **headers)
        assert (status, answer["Location"]) == (301, f"https://{':'.join(map(str, address_of(trusted)))}/?q=a")


def test_a_proxy_that_is_not_trusted_is_told_the_remedy_and_not_redirected_without_end(untrusted: str) -> None:
    status, _, body = asked(untrusted, X_Forwarded_Proto="https")
    assert status == 400
    assert "127.0.0.1" in body
    assert "FORWARDED_ALLOW_IPS" in body


def test_a_client_of_a_site_that_trusts_no_such_proxy_is_still_sent_to_https(untrusted: str) -> None:
    assert asked(untrusted)[0] == 301


def test_cookies_go_over_https_alone_and_not_with_requests_of_other_sites(trusted: str) -> None:
    _, headers, page = asked(trusted, X_Forwarded_Proto="https")
    csrf = headers["Set-Cookie"]
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    host = ":".join(map(str, address_of(trusted)))
    connection = http.client.HTTPConnection(*address_of(trusted), timeout=20)
    connection.request(
        "POST",
        "/i18n/setlang/",
        body=f"language=ar&csrfmiddlewaretoken={token}",
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": csrf.split(";")[0],
            "Referer": f"https://{host}/",
            "X-Forwarded-Proto": "https",
        },
    )
    answer = connection.getresponse()
    answer.read()
    language = answer.headers["Set-Cookie"]
    connection.close()
    assert language.startswith("django_language=ar")
    for cookie in (csrf, language):
        assert "Secure" in cookie
        assert "SameSite=Lax" in cookie
