"""Reposts among saved web pages."""

from __future__ import annotations

import json

import pytest

from search.ingest.webpages import read_web_page

_PARAGRAPH = "The harbour was opened again on Monday after the repairs of the pier had come to an end, the mayor said."


def page(head: str = "", notice: str = "", **stated: object) -> str:
    linked = json.dumps({"@type": "NewsArticle", "headline": "Harbour opens again", **stated})
    return (
        f'<html><head><meta property="og:site_name" content="Coast Courier">{head}'
        f'<script type="application/ld+json">{linked}</script></head><body><article><h1>Harbour opens again</h1>'
        + f"<p>{_PARAGRAPH}</p>" * 3
        + (f"<p>{notice}</p>" if notice else "")
        + "</article></body></html>"
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (page(), None),
        (page(notice="This article was originally published on Harbour Post."), "Harbour Post"),
        (page(notice="This article was originally published on Coast Courier."), None),
        (page(isBasedOn="https://www.harbourpost.com/1"), "harbourpost.com"),
        (page(isBasedOn={"@type": "NewsArticle", "publisher": {"name": "Harbour Post"}}), "Harbour Post"),
        (page(isBasedOn={"url": "https://www.harbourpost.com/1"}), "harbourpost.com"),
        (page(isBasedOn="a survey"), None),
        (page(publisher={"@type": "Organization", "name": "Coast Media Holding"}), None),
        (
            page(
                '<link rel="canonical" href="https://www.harbourpost.com/1">'
                '<meta property="og:url" content="https://coastcourier.com/2">'
            ),
            "harbourpost.com",
        ),
        (
            page(
                '<link rel="canonical" href="https://www.coastcourier.com/1">'
                '<meta property="og:url" content="https://m.coastcourier.com/1">'
            ),
            None,
        ),
    ],
)
def test_the_first_outlet_is_named_only_where_something_states_it(html: str, expected: str | None) -> None:
    found = read_web_page(html)
    assert (found.outlet, found.original_outlet) == ("Coast Courier", expected)
