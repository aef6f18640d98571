"""The day a page's article came out, as the page writes it."""

from __future__ import annotations

import pytest

from search.dates.values import DateSource, Precision
from search.ingest.webpages import read_web_page

from .invented import jsonld, meta, page


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-04-25T23:30:04-05:00", "2024-04-25"), ("2024-04-26T00:10:00+09:00", "2024-04-26"),
        ("2024-04-30 16:17:29 +02:00", "2024-04-30"), ("Fri Apr 28 19:20:36 CEST 2023", "2023-04-28"),
        ("Tue, 05 Mar 2024 08:00:00 GMT", "2024-03-05"), ("1750680000000", "2025-06-23"), ("2024-04-22", "2024-04-22"),
    ],
)  # fmt: skip
def test_the_day_is_the_one_written_in_its_own_zone(written: str, day: str) -> None:
    published = read_web_page(page(head=jsonld({"headline": "x", "datePublished": written}))).published
    assert (published.iso, published.precision, published.source, published.raw) == (
        day, Precision.DAY, DateSource.METADATA, written,
    )  # fmt: skip


def test_jsonld_goes_before_meta_elements() -> None:
    head = meta(article__published_time="2024-03-02T10:00:00Z")
    stated = jsonld({"headline": "x", "datePublished": "2024-03-01"})
    assert read_web_page(page(head=head + stated)).published.iso == "2024-03-01"


def test_sources_that_agree_outvote_one() -> None:
    stated = jsonld({"headline": "x", "datePublished": "2024-03-11"})
    head = meta(article__published_time="2024-03-02T10:00:00+01:00") + stated
    assert read_web_page(page(head=head, before='<p class="date">2 March 2024</p>')).published.iso == "2024-03-02"


@pytest.mark.parametrize(
    ("stated", "shown", "day"),
    [
        ("2024-03-02T02:25:54Z", "March 1, 2024 | 9:25pm", "2024-03-01"),
        ("2024-03-01T16:30:00+00:00", "2 March 2024, 01:30", "2024-03-02"),
        ("2024-03-02T02:25:54+03:00", "2 March 2024", "2024-03-02"),
    ],
)
def test_a_time_in_utc_is_of_the_day_that_the_page_shows(stated: str, shown: str, day: str) -> None:
    head = meta(article__published_time=stated) + jsonld({"headline": "x", "datePublished": stated})
    assert read_web_page(page(head=head, before=f"<p>{shown}</p>")).published.iso == day


def test_a_time_in_utc_stays_where_the_page_shows_its_day() -> None:
    head = meta(article__published_time="2024-03-01T16:30:00Z")
    html = page(head=head, before="<p>1 March 2024, 4.30pm</p>")
    assert read_web_page(html, url="https://velmora.example/2024/03/02/quay").published.iso == "2024-03-01"


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("<p>24. April 2020 | Pressemitteilungen</p>", "2020-04-24"), ("<div>Velmora, 5 mai 2021</div>", "2021-05-05"),
        ("<span>٢١ يونيو ٢٠١٠</span>", "2010-06-21"), ("<time>2 марта 2024</time>", "2024-03-02"),
        ('<p class="meta">Ana Duarte — 03/11/2021, 10:15</p>', "2021-11-03"),
    ],
)  # fmt: skip
def test_the_date_by_the_headline_dates_a_page_whatever_its_markup(shown: str, day: str) -> None:
    assert read_web_page(page(before=shown)).published.iso == day


@pytest.mark.parametrize(
    "shown",
    [
        "<p>Updated 24 April 2020</p>", "<figure><figcaption>The terminal, 24 April 2020</figcaption></figure>",
        "<p>The terminal was opened by the mayor of Velmora on 24 April 1975.</p>", "<p>Call 0201 24 04 2020</p>",
        '<p class="date">24 April 2999</p>',
    ],
)  # fmt: skip
def test_other_dates_near_the_headline_date_nothing(shown: str) -> None:
    assert read_web_page(page(before=shown)).published.day is None


def test_dates_that_the_text_tells_of_date_nothing() -> None:
    told = "<p>The court cited its ruling of 18.05.2017 and section 20-11-2010 of the harbour code.</p>"
    assert (
        read_web_page(
            page(before=told, after="<p>Call the desk on 030-12.11.2020 or on 0800 2019 05 06.</p>")
        ).published.day
        is None
    )


def test_the_first_of_january_that_nothing_shows_is_made_up_of_a_year() -> None:
    assert read_web_page(page(after="<p>© 2019 The Velmora Post</p>")).published.day is None


def test_when_a_page_was_changed_is_not_when_it_came_out() -> None:
    head = meta(article__modified_time="2024-09-09T10:00:00Z", article__published_time="2024-03-02T10:00:00Z")
    assert read_web_page(page(head=head)).published.iso == "2024-03-02"


def test_a_date_that_says_nothing_is_passed_over() -> None:
    head = jsonld({"headline": "x", "datePublished": "soon"}) + meta(article__published_time="2024-03-02")
    assert read_web_page(page(head=head)).published.iso == "2024-03-02"


def test_the_address_dates_a_page_without_metadata() -> None:
    published = read_web_page(page(), url="https://velmora.example/2023/11/07/terminal").published
    assert (published.iso, published.source) == ("2023-11-07", DateSource.URL)


def test_a_date_alone_at_the_end_of_the_title_counts() -> None:
    published = read_web_page(page(title="Council closes the old ferry terminal | VP | 28.04.2023")).published
    assert (published.iso, published.source) == ("2023-04-28", DateSource.STATED)


def test_a_time_element_dates_a_page() -> None:
    before = '<time itemprop="datePublished" datetime="2022-02-03T04:05:06+03:00">yesterday</time>'
    assert read_web_page(page(before=before)).published.iso == "2022-02-03"


def test_a_page_without_any_date_has_none() -> None:
    assert read_web_page(page()).published.day is None
