"""Pages that are no articles are told from those that are, with the reason."""

from __future__ import annotations

import pytest

from search.ingest.webpages import NotAnArticle, read_web_page

from .invented import PARAGRAPHS, jsonld, meta, page


def small(title: str, heading: str, *paragraphs: str, head: str = "") -> str:
    """A page of a few lines."""
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{heading}</h1>{text}</body></html>"


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (small("Just a moment...", "velmora.example", "Enable JavaScript and cookies to continue"), "captcha"),
        (small("Nur einen Moment …", "velmora.example", "Die Verbindung wird geprüft."), "captcha"),
        (small("Velmora", "Security", "Verify you are human", "Ray ID: 12ab", "Your IP: 1.2.3.4"), "captcha"),
        (small("Доступ запрещён", "403", "Обратитесь к администратору."), "captcha"),
        (small("404 | Velmora Post", "Nothing here", "Try the search."), "missing"),
        (small("Seite nicht gefunden - Velmora Post", "Hoppla", "Bitte prüfen Sie die Adresse."), "missing"),
        (small("Velmora", "الصفحة غير موجودة", "ابحث من جديد"), "missing"),
        (small("ページが見つかりません | Velmora", "404", "もう一度"), "missing"),
        (small("503 Service Temporarily Unavailable", "nginx"), "missing"),
        (small("Iniciar sesión | Velmora", "Entrar", "<input type=password>"), "log in"),
        (small("Velmora", "Velmora", '<form><input name="u"><input type="password"></form>'), "log in"),
        (small("We value your privacy", "Velmora", "We and our 842 partners use cookies", "Accept all"), "consent"),
        (small("Velmora", "Velmora", "Tout accepter", "Nos partenaires et nous", "Tout refuser"), "consent"),
    ],
)  # fmt: skip
def test_what_asks_or_excuses_itself_is_no_article(html: str, reason: str) -> None:
    with pytest.raises(NotAnArticle, match=reason):
        read_web_page(html)


@pytest.mark.parametrize("address", ["https://velmora.example/", "https://velmora.example/harbour"])
def test_a_list_of_teasers_is_no_article(address: str) -> None:
    teasers = "".join(
        f'<div><h3><a href="/{n}">The harbour council meets for the {n}th time this year</a></h3><p>Short.</p></div>'
        for n in range(12)
    )
    html = f"<html><head><title>Velmora Post</title></head><body>{teasers}</body></html>"
    with pytest.raises(NotAnArticle, match="front page"):
        read_web_page(html, url=address)


@pytest.mark.parametrize(
    "html",
    [
        page(title="404 | The Velmora Post", body="".join(f"<p>{each}</p>" for each in PARAGRAPHS * 8)),
        page(title="Access denied", head=meta(article__published_time="2024-03-02")),
        page(title="Captcha", head=jsonld({"headline": "Captcha", "datePublished": "2024-03-02"})),
        page(after='<form><input type="password"></form>'),
        page(after='<div class="cookie-consent"><p>We and our partners use cookies</p><p>Accept all</p></div>'),
        page(after='<script src="https://www.google.com/recaptcha/api.js"></script>'),
    ],
    ids=["long", "dated", "stated", "a form beside", "consent beside", "a captcha of its comments"],
)
def test_an_article_that_looks_like_one_of_them_is_one(html: str) -> None:
    assert PARAGRAPHS[0] in read_web_page(html).text
