"""`GET /articles/<id>/` of an article that is a whole book: in parts, at the cost of one."""

from __future__ import annotations

import re
import tracemalloc

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.longtext import PART_CHARACTERS, WHOLE_CHARACTERS, part_count
from search.models import Article, CountryMention, Story
from search.selectors import MOST_COUNTED
from search.views.parts.articlepage import MOST_MARKS, MOST_MENTIONS, SHOWN_COUNTRIES, ArticlePage
from search.views.parts.marking import MOST_PARAGRAPHS
from search.views.parts.storypanel import SHOWN_VERSIONS
from tests.views.shown import page_shown

PARAGRAPH = "The harbour opened again after a week of storms, and Armenia sent word of it.\n\n"
#: A page with the most text, all of it in signs that HTML writes in six, and the most marks.
MOST_BYTES = 900_000

pytestmark = pytest.mark.django_db


def long_article(body: str, title: str = "A book", **values: object) -> Article:
    """An article written past what a save costs: comparing and indexing a text like that."""
    made = Article(title=title, body=body, language="en", **values)
    Article._base_manager.bulk_create([made])
    return made


def name(article: Article, country: str, surface: str, starts: list[int]) -> None:
    CountryMention._base_manager.bulk_create(
        CountryMention(article=article, country=country, surface=surface, start=at, end=at + len(surface))
        for at in starts
    )


def places(text: str, word: str) -> list[int]:
    return [found.start() for found in re.finditer(word, text)]


@pytest.fixture
def book() -> Article:
    """Three parts; Armenia in each paragraph, Iran in the last one only."""
    text = PARAGRAPH * (11 * PART_CHARACTERS // 4 // len(PARAGRAPH)) + "At last Iran spoke."
    made = long_article(text)
    name(made, "AM", "Armenia", places(text, "Armenia"))
    name(made, "IR", "Iran", places(text, "Iran"))
    return made


def get(client: Client, address: str) -> tuple[ArticlePage, str]:
    response = client.get(address)
    assert response.status_code == 200, address
    return page_shown(response, ArticlePage), response.content.decode()


def shown(page: ArticlePage) -> str:
    return "".join("".join(piece.text for piece in paragraph.pieces) for paragraph in page.paragraphs)


def test_the_pages_of_all_parts_hold_the_text_once(client: Client, book: Article) -> None:
    parts = [get(client, f"{book.get_absolute_url()}?part={number}")[0] for number in (1, 2, 3)]
    assert "".join(map(shown, parts)) == book.body.replace("\n", "")
    assert [page.part for page in parts] == ["Part 1 of 3", "Part 2 of 3", "Part 3 of 3"]
    assert [page.canonical.partition("?")[2] for page in parts] == ["", "part=2", "part=3"]


def test_a_short_article_is_not_in_parts(client: Client) -> None:
    page, html = get(client, long_article("x " * (WHOLE_CHARACTERS // 2)).get_absolute_url())
    assert (page.part, page.pager) == ("", None)
    assert 'class="pager"' not in html


def test_the_parts_are_linked_with_the_question_they_were_found_by(client: Client, book: Article) -> None:
    address = book.get_absolute_url()
    page, html = get(client, f"{address}?q=harbour&country=AM&part=2")
    assert page.pager is not None
    assert page.pager.previous == f"{address}?q=harbour&country=AM"
    assert page.pager.next == f"{address}?q=harbour&country=AM&part=3"
    assert [link.current for link in page.pager.pages] == [False, True, False]
    assert page.back_url == f"/?q=harbour&country=AM#a{book.pk}"
    assert html.count("<mark>harbour</mark>") == shown(page).count("harbour") > 400
    plain, _html = get(client, f"{address}?part=2")
    assert plain.pager is not None
    assert (plain.back_url, plain.pager.next) == ("", f"{address}?part=3")


@pytest.mark.parametrize(
    "asked",
    [
        "part=0", "part=4", "part=-1", "part=", "part=x", "part=٢", "part=2.0", f"part={'9' * 5000}", "at=-1", "at=x",
        "at=99999999", "versions=0", "versions=2", "part=1&versions=x",
    ],
)  # fmt: skip
def test_a_part_that_is_not_there_is_a_404_page(client: Client, book: Article, asked: str) -> None:
    response = client.get(f"{book.get_absolute_url()}?{asked}")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_mentions_and_words_found_are_marked_in_their_part(client: Client, book: Article) -> None:
    for number in (1, 2, 3):
        page, _html = get(client, f"{book.get_absolute_url()}?q=storms&part={number}")
        pieces = [piece for paragraph in page.paragraphs for piece in paragraph.pieces]
        assert {piece.text for piece in pieces if piece.label == "Armenia"} == {"Armenia"}
        assert sum(piece.label == "Armenia" for piece in pieces) == shown(page).count("Armenia") > 300
        assert {piece.text for piece in pieces if piece.found} == {"storms"}
        assert sum(piece.found for piece in pieces) == shown(page).count("storms")
        assert sum(piece.label == "Iran" for piece in pieces) == (number == 3)


def test_a_mention_and_a_phrase_across_the_end_of_a_part_are_marked_on_both_sides(client: Client) -> None:
    text = "a" * (PART_CHARACTERS - 5) + " New Zealand " + "a" * PART_CHARACTERS
    article = long_article(text)
    name(article, "NZ", "New Zealand", [PART_CHARACTERS - 4])
    address = f'{article.get_absolute_url()}?q="new+zealand"'
    first, second = (get(client, f"{address}&part={number}")[0] for number in (1, 2))
    assert [piece.text for piece in first.paragraphs[0].pieces if piece.url and piece.found] == ["New "]
    assert [piece.text for piece in second.paragraphs[0].pieces if piece.url and piece.found] == ["Zealand"]


def test_a_country_leads_to_the_part_where_it_is_named_first(client: Client, book: Article) -> None:
    page, html = get(client, f"{book.get_absolute_url()}?q=harbour")
    armenia, iran = page.countries
    assert armenia.first_url == f"{book.get_absolute_url()}?q=harbour&at={book.body.index('Armenia')}#in-AM"
    assert html.count('id="in-AM"') == 1
    address, _hash, anchor = iran.first_url.partition("#")
    part, html = get(client, address)
    assert part.part == "Part 3 of 3"
    assert html.count(f'id="{anchor}"') == 1
    assert part.back_url == f"/?q=harbour#a{book.pk}"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_passage_in_another_language_keeps_it_in_each_part(client: Client, book: Article, number: int) -> None:
    start = book.body.index(PARAGRAPH, PART_CHARACTERS)
    Article._base_manager.filter(pk=book.pk).update(
        language_parts=[[0, start, "en", 1], [start, start + len(PARAGRAPH) * 2, "fr", 1], [start + len(PARAGRAPH) * 2, len(book.body), "en", 1]]
    )  # fmt: skip
    page, _html = get(client, f"{book.get_absolute_url()}?part={number}")
    french = [paragraph for paragraph in page.paragraphs if paragraph.language == "fr"]
    assert len(french) == (2 if number == 2 else 0)


SHAPES = {
    "no line break": "It went on, and Armenia spoke. ",
    "lines of one letter": "a\n",
    "one word": "abcdefgh",
    "quotation marks": '"',
    "Arabic": "محادثات في أرمينيا ",
    "Chinese": "和平谈判边境部长",
    "pictures": "👨\u200d👩\u200d👧",
    "nothing but one word": "the ",
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("part", [1, 2, 3])
def test_a_page_is_bounded_whatever_the_text_is_like(client: Client, shape: str, part: int) -> None:
    unit = SHAPES[shape]
    article = long_article(unit * (10 * PART_CHARACTERS // (3 * len(unit))))
    name(article, "AM", unit[:4], places(article.body, re.escape(unit))[:5_000])
    assert part_count(len(article.body)) == 3
    page, html = get(client, f"{article.get_absolute_url()}?part={part}&q=the+OR+a+OR+和+OR+abc*")
    assert len(html.encode()) < MOST_BYTES
    assert len(shown(page)) <= WHOLE_CHARACTERS
    assert html.count("<p") < MOST_PARAGRAPHS + 50
    assert html.count("<mark>") <= MOST_MARKS + MOST_MENTIONS + len(article.title)
    assert html.count('class="mention"') <= MOST_MENTIONS + MOST_MARKS


def test_what_is_not_marked_is_said(client: Client) -> None:
    article = long_article("the Iran " * 3000)
    name(article, "IR", "Iran", places(article.body, "Iran"))
    page, html = get(client, f"{article.get_absolute_url()}?q=the")
    assert page.notices == (
        "The words sought are marked at the first 1,000 places here, and at 2,000 more they are not.",
        "The first 1,000 mentions of countries here are marked, and 2,000 more are not.",
    )
    assert html.count("<mark>the</mark>") == MOST_MARKS
    assert shown(page) == article.body
    assert [country.mentions for country in page.countries] == [f"over {MOST_COUNTED:,}"]


def test_lines_of_one_letter_stay_lines(client: Client) -> None:
    article = long_article("a\n" * (WHOLE_CHARACTERS // 2))
    page, html = get(client, article.get_absolute_url())
    assert len(page.paragraphs) <= MOST_PARAGRAPHS
    assert all(paragraph.lines for paragraph in page.paragraphs)
    assert '<p class="lines">a\na\n' in html


def test_many_countries_are_a_click_away(client: Client) -> None:
    article = long_article("Text.")
    codes = ["AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD", "BE",
             "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS"]  # fmt: skip
    for code in codes:
        CountryMention.objects.create(article=article, country=code)
    page, html = get(client, article.get_absolute_url())
    assert (len(page.countries), len(page.more_countries)) == (SHOWN_COUNTRIES, 2)
    assert "<summary>and 2 more</summary>" in html
    assert html.count('title="mentions"') == len(codes)


def test_a_story_of_many_versions_is_listed_page_by_page(client: Client) -> None:
    story = Story.objects.create(key="one")
    articles = [Article(title=f"Version {number:02}", body="x", language="en", story=story) for number in range(65)]
    Article._base_manager.bulk_create(articles)
    last = articles[-1]
    listed: list[str] = []
    address = f"{last.get_absolute_url()}?q="
    for expected in ("and 34 more", "and 5 more", ""):
        page, _html = get(client, address)
        assert page.story is not None
        assert page.story.more == expected
        listed += [version.title for version in page.story.versions][:SHOWN_VERSIONS]
        address = page.story.more_url
    assert listed == [article.title for article in articles]
    assert page.story is not None
    assert page.story.before_url == f"{last.get_absolute_url()}?q=&versions=2#versions"
    assert client.get(f"{last.get_absolute_url()}?versions=4").status_code == 404


def test_a_longer_article_costs_no_more_queries_and_none_reads_all_of_it(client: Client, book: Article) -> None:
    short = long_article(PARAGRAPH)
    name(short, "AM", "Armenia", places(PARAGRAPH, "Armenia"))
    counts = []
    for article, part in ((short, 1), (book, 1), (book, 3)):
        with CaptureQueriesContext(connection) as queries:
            get(client, f"{article.get_absolute_url()}?part={part}")
        counts.append(len(queries))
        cut = re.compile(r'(SUBSTR(ING)?|LENGTH)\("search_article"\."body"')
        assert not [q for q in queries if '"search_article"."body"' in cut.sub("", q["sql"])]
    assert len(set(counts)) == 1
    assert counts[0] <= 8


def test_a_longer_article_takes_no_more_memory(client: Client) -> None:
    peaks = []
    for size in (2, 60):
        address = f"{long_article(PARAGRAPH * (size * PART_CHARACTERS // len(PARAGRAPH))).get_absolute_url()}?q=storms"
        client.get(address)
        tracemalloc.start()
        client.get(address)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 500_000
