"""The site of an address, named where nothing states an outlet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.ingest.readers.publishers import outlet_and_original
from search.names.sites import site_of


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.harbourpost.com/2020/quay", "harbourpost.com"),
        ("https://news.harbourpost.co.uk/quay", "harbourpost.co.uk"),
        ("http://HARBOURPOST.com:8080/", "harbourpost.com"),
        ("https://quay.blogspot.com/2020/10/a.html", "quay.blogspot.com"),
        ("https://quay.wordpress.com/", "quay.wordpress.com"),
        ("https://medium.com/@quay/1", ""),
        ("https://xn--80aa3ac.xn--p1ai/novosti", b"xn--80aa3ac.xn--p1ai".decode("idna")),
        ("https://web.archive.org/web/20201005000000/https://www.harbourpost.com/quay", "harbourpost.com"),
        ("https://web.archive.org/web/2020/harbourpost.com/quay", "harbourpost.com"),
        ("https://archive.ph/20201005/https://harbourpost.com/quay", "harbourpost.com"),
        ("https://t.me/harbour/12", ""),
        ("https://m.facebook.com/harbour", ""),
        ("https://archive.ph/AbCdE", ""),
        ("http://192.168.0.1/quay", ""),
        ("http://[::1]/quay", ""),
        ("http://localhost/quay", ""),
        ("https://coast.example/1", ""),
        ("http://[broken", ""),
        ("not an address", ""),
        ("", ""),
    ],
)
def test_the_site_of_an_address_is_its_registrable_domain(url: str, expected: str) -> None:
    assert site_of(url) == expected


@given(st.text(max_size=80))
def test_any_text_has_a_site_or_none(text: str) -> None:
    assert isinstance(site_of(text), str)
    assert isinstance(site_of(f"https://{text}/"), str)


@pytest.mark.parametrize(
    ("stated", "original", "given_outlet", "url", "expected"),
    [
        ("Coast Courier", "", "", "https://harbourpost.com/", ("Coast Courier", "")),
        ("Coast Courier", "Harbour Post", "", "", ("Coast Courier", "Harbour Post")),
        ("Harbour Post", "The Harbour Post", "", "", ("The Harbour Post", "")),
        ("Harbour Post", "The Harbour Post", "Coast Courier", "", ("Coast Courier", "The Harbour Post")),
        ("", "Harbour Post", "", "https://coast.com/", ("Harbour Post", "")),
        ("", "Harbour Post", "Coast Courier", "", ("Coast Courier", "Harbour Post")),
        ("", "", "Coast Courier", "https://harbourpost.com/", ("Coast Courier", "")),
        ("", "", "", "https://www.harbourpost.com/", ("harbourpost.com", "")),
        ("", "", "", "", ("", "")),
    ],
)
def test_the_republisher_is_the_outlet_and_the_first_one_stands_apart(
    stated: str, original: str, given_outlet: str, url: str, expected: tuple[str, str]
) -> None:
    assert outlet_and_original(stated=stated, original=original, given=given_outlet, url=url) == expected
