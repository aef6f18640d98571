"""Pages of several documents give all of them; pages of one article in parts give one."""

from __future__ import annotations

from search.ingest.webpages import read_documents

from .invented import PARAGRAPHS, meta, page

TEXT = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)


def titles(html: str) -> list[str]:
    return [each.title for each in read_documents(html)]


def whole(*headings: str, tag: str = "h2", attributes: str = "") -> str:
    """Articles one under the other."""
    return "".join(f"<article {attributes}><{tag}>{each}</{tag}>{TEXT}</article>" for each in headings)


def test_a_database_export_gives_each_document_with_its_labels() -> None:
    documents = "".join(
        f"""<article><span class="DocPublicationName">Le Quai</span><span class="DocHeader">lundi {day} mars 2021 - p. 3</span>
        <p class="titreArticleVisu">La digue {day} est fermée</p><div class="docAuthors">Nora Vasseur</div>
        <div class="docOcurrContainer"><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></div></article>"""
        for day in (1, 8)
    )
    first, second = read_documents(f"<html><head><title>Export</title></head><body>{documents}</body></html>")
    assert (first.title, first.outlet, first.author, first.published.iso) == (
        "La digue 1 est fermée", "Le Quai", "Nora Vasseur", "2021-03-01",
    )  # fmt: skip
    assert second.published.iso == "2021-03-08"
    assert second.text.split("\n") == list(PARAGRAPHS[:2])


def test_an_export_of_messages_gives_each_message() -> None:
    messages = "".join(
        f"""<div class="message default"><div class="date details" title="0{n}.06.2021 14:03:22">14:03</div>
        <div class="from_name">Velmora News</div><div class="text">Notice {n}<br>{PARAGRAPHS[n]}</div></div>"""
        for n in (1, 2, 3)
    )
    html = f'<html><body><div class="page_header">Velmora News</div><div class="history">{messages}</div></body></html>'
    found = read_documents(html)
    assert [(each.title, each.outlet, each.published.iso) for each in found] == [
        (f"Notice {n}", "Velmora News", f"2021-06-0{n}") for n in (1, 2, 3)
    ]
    assert found[0].text == PARAGRAPHS[1]


def test_blocks_of_a_collection_give_each_block() -> None:
    blocks = "".join(
        f"<doc><date>2021-06-0{n}</date><headline>Quay {n} opens</headline><text><p>{PARAGRAPHS[n]}</p></text></doc>"
        for n in (1, 2)
    )
    found = read_documents(f"<html><body>{blocks}</body></html>")
    assert [(each.title, each.text, each.published.iso) for each in found] == [
        (f"Quay {n} opens", PARAGRAPHS[n], f"2021-06-0{n}") for n in (1, 2)
    ]


def test_whole_articles_of_one_page_are_articles() -> None:
    html = f"<html><head><title>Velmora Post</title></head><body>{whole('The quay is closed', 'The tram comes back')}</body></html>"
    assert titles(html) == ["The quay is closed", "The tram comes back"]


def test_an_article_with_others_beside_it_is_one() -> None:
    assert len(titles(page(after=whole("The quay is closed", "The tram comes back")))) == 1
    others = whole("Council closes the old ferry terminal", "The tram comes back")
    assert len(titles(page(body=TEXT, after="").replace("<footer>", others + "<footer>"))) == 1


def test_comments_teasers_and_entries_of_a_live_blog_are_no_documents() -> None:
    for attributes in ('class="comment-body"', 'class="teaser"', 'class="live-entry"'):
        body = whole("A first answer", "Another answer", attributes=attributes)
        assert len(read_documents(f"<html><head><title>Velmora</title></head><body>{TEXT}{body}</body></html>")) == 1
    live = f"<h1>Harbour: live</h1>{whole('14:03 The gate opens', '14:20 The gate closes')}"
    assert len(read_documents(f"<html><head><title>Harbour: live</title></head><body>{live}</body></html>")) == 1


def test_a_page_that_says_it_is_an_article_is_one() -> None:
    head = "<title>Velmora Post</title>" + meta(og__type="article")
    assert (
        len(read_documents(f"<html><head>{head}</head><body>{whole('The quay', 'The trams come back')}</body></html>"))
        == 1
    )
