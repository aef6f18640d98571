"""What asks for consent beside an article is no part of its text, and an aside may be the article."""

from __future__ import annotations

import pytest

from search.ingest.webpages import read_web_page

from .invented import PARAGRAPHS

ASKED = (
    "We and our partners store and access information on a device to show advertisements that suit every reader of it."
)
TEXT = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)


@pytest.mark.parametrize("around", [('<aside role="main">', "</aside>"), ("<aside>", "</aside>"), ("<div>", "</div>")])
@pytest.mark.parametrize("name", ["cookie-consent", "onetrust-banner-sdk", "gdpr"])
def test_the_article_is_read_and_the_consent_is_not(around: tuple[str, str], name: str) -> None:
    html = (
        f"<html><head><title>The terminal closes</title></head><body>{around[0]}<h1>The terminal closes</h1>{TEXT}"
        f'{around[1]}<div class="{name}"><h2>Privacy</h2><p>{ASKED}</p><p>{ASKED} Again.</p></div></body></html>'
    )
    text = read_web_page(html).text
    assert PARAGRAPHS[0] in text
    assert "partners" not in text
