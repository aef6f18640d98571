"""A hit that is a whole book costs a search no more than one of a page."""

from __future__ import annotations

import re
import tracemalloc

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.bounds import MAX_AUTHOR_CHARACTERS, MAX_TITLE_CHARACTERS
from search.engine.occurrences import FIRST_TOKENS
from search.index.generations import rebuild_index
from search.longtext import Stretch
from search.models import Article, CountryMention
from search.query.highlight import READ_CHARACTERS
from search.selectors import CountryCount, countries_mentioned, mentions_in

pytestmark = pytest.mark.django_db
FILLER = "The harbour stayed as it was. "


def indexed(*bodies: str, **values: str) -> list[Article]:
    """Articles written past what a save costs, and their index."""
    made = [Article(**{"title": "A book", "language": "en", **values}, body=body) for body in bodies]
    Article._base_manager.bulk_create(made)
    rebuild_index()
    return made


def hits(client: Client, query: str) -> list[dict[str, object]]:
    response = client.get("/api/search", {"q": query})
    assert response.status_code == 200
    found: list[dict[str, object]] = response.json()["hits"]
    return found


def long_text(size: int = 2 * READ_CHARACTERS) -> str:
    return FILLER * (size // len(FILLER))


@pytest.mark.parametrize("query", ["lachin", '"lachin road"', "lach*", "lachim~", "l?chin"])
def test_words_near_the_beginning_of_a_long_text_are_marked(client: Client, query: str) -> None:
    indexed(FILLER * 100 + "The Lachin road opened. " + long_text())
    (hit,) = hits(client, query)
    assert "<mark>Lachin" in str(hit["snippets"])


@pytest.mark.parametrize("query", ["lachin", '"lachin road"', "lach*", "lachim~", "l?chin"])
def test_words_far_down_find_the_article_and_show_how_it_begins(client: Client, query: str) -> None:
    indexed(long_text() + "The Lachin road opened.")
    (hit,) = hits(client, query)
    assert isinstance(hit["snippets"], list)
    (snippet,) = map(str, hit["snippets"])
    assert snippet.startswith("The harbour stayed")
    assert snippet.endswith(" …")
    assert "<mark>" not in snippet


@pytest.mark.parametrize("at", range(-9, 3))
def test_a_word_at_the_end_of_what_is_read_is_whole_or_not_marked(client: Client, at: int) -> None:
    indexed(("x " * READ_CHARACTERS)[: READ_CHARACTERS + at - at % 2] + "lachinroad went on")
    (hit,) = hits(client, "lachin*")
    assert re.findall("<mark>(.*?)</mark>", str(hit["snippets"])) in ([], ["lachinroad"])


def test_what_is_read_of_a_text_has_no_more_tokens_than_the_index_tells_of() -> None:
    assert READ_CHARACTERS <= FIRST_TOKENS


def test_no_search_reads_a_whole_text(client: Client) -> None:
    indexed(long_text(), long_text())
    for address in ("/?q=harbour", "/api/search?q=harbour", "/api/search?q=", "/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        whole = re.compile(r'(?<!SUBSTR\()(?<!SUBSTRING\()"search_article"\."body"')
        assert not [query for query in queries if whole.search(query["sql"])]


def test_a_page_of_long_hits_takes_no_more_memory_than_of_short_ones(client: Client) -> None:
    peaks = []
    for size in (READ_CHARACTERS, 10 * READ_CHARACTERS):
        Article._base_manager.all().delete()
        indexed(*[long_text(size)] * 3)
        hits(client, "harbour")
        tracemalloc.start()
        hits(client, "harbour")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5 + 500_000


def test_labels_longer_than_their_columns_are_cut_with_a_sign(client: Client) -> None:
    # SQLite keeps what it is given; so does a fixture.
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite takes a longer value than its column")
    (article,) = indexed("Text.", title="long " * 100_000, author="Ann " * 100_000)
    (hit,) = hits(client, "long")
    assert len(str(hit["title"])) == MAX_TITLE_CHARACTERS
    assert str(hit["title"]).endswith("…")
    for address in ("/?q=long", article.get_absolute_url()):
        html = client.get(address).content.decode()
        assert len(html) < 60_000
        assert "Ann " * (MAX_AUTHOR_CHARACTERS // 4 - 1) in html
        assert "Ann " * (MAX_AUTHOR_CHARACTERS // 4 + 1) not in html


def test_the_countries_of_hits_are_found_without_reading_each_mention() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("counts the instructions of SQLite")
    steps = []
    for count in (10, 5_000):
        (article,) = indexed("Text.")
        CountryMention._base_manager.bulk_create(
            CountryMention(article=article, country=country, surface="x", start=at, end=at + 1)
            for country in ("AM", "AZ", "IR")
            for at in range(count)
        )
        steps.append(_instructions(lambda: CountryMention.objects.countries_by_article([article.pk])))  # noqa: B023
        assert CountryMention.objects.countries_by_article([article.pk, 0]) == {
            article.pk: {"AM", "AZ", "IR"},
            0: set(),
        }
        counted = CountryMention.objects.countries_counted(article.pk, 100)
        assert counted == [(country, min(count, 100), 0) for country in ("AM", "AZ", "IR")]
    assert steps[1] <= steps[0] + 5


def test_a_short_article_costs_the_same_beside_a_book_that_names_its_countries() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("counts the instructions of SQLite")
    short, book = indexed("Text.", "Text.")
    steps = []
    for article, count in ((short, 3), (book, 5_000)):
        CountryMention._base_manager.bulk_create(
            CountryMention(article=article, country="AM", surface="x", start=at, end=at + 1) for at in range(count)
        )
        steps.append(_instructions(lambda: countries_mentioned(article=short)))
        mentioned = countries_mentioned(article=short)
        within = Stretch(0, 100)
        steps.append(
            _instructions(lambda: mentions_in(article=short, countries=mentioned, field="body", stretch=within))  # noqa: B023
        )
        assert mentioned == [CountryCount("AM", 3, more=False, first=0)]
    assert steps[2:] <= [step + 5 for step in steps[:2]]


def _instructions(work: object) -> int:
    """How many tens of instructions of SQLite's machine something takes."""
    connection.ensure_connection()
    count = 0

    def another() -> int:
        nonlocal count
        count += 1
        return 0

    connection.connection.set_progress_handler(another, 10)
    try:
        work()  # type: ignore[operator]
    finally:
        connection.connection.set_progress_handler(None, 0)
    return count
