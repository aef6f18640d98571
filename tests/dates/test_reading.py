"""Dates as records, bylines and addresses state them."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from search.dates.addresses import date_from_url
from search.dates.days import lies_ahead
from search.dates.months import jalali_to_gregorian
from search.dates.reading import find_dates, read_date, writes_month_first
from search.dates.values import DateSource, Precision, PublishedDate
from tests.work import calls_of

from .written_dates import WRITTEN

TODAY = date(2026, 1, 1)


def read(text: str | None, language: str | None = None) -> PublishedDate:
    return read_date(text, source=DateSource.STATED, language=language, today=TODAY)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2020-10-05", None, "2020-10-05"),
        ("2020-10-05T23:30:00-07:00", None, "2020-10-05"),
        ("2020-10-05T00:30:00+14:00", None, "2020-10-05"),
        ("2020-10-05 15:59:00", None, "2020-10-05"),
        ("Mon, 05 Oct 2020 23:30:00 -0700", "en", "2020-10-05"),
        ("20201005", None, "2020-10-05"),
        ("2020", None, "2020"),
        ("2020-10", None, "2020-10"),
        ("10/2020", None, "2020-10"),
        ("14-JUN-1993 09:12:30.05", "en", "1993-06-14"),
        ("05-Oct-20", "en", "2020-10-05"),
        ("Oct-05-2020", "en", "2020-10-05"),
        ("5 Oct '20", "en", "2020-10-05"),
        ("Tue, Mar 9, 2021, 08:45", "en", "2021-03-09"),
        ("March 9, 2021 – 08:45", "en", "2021-03-09"),
        ("the 4th of May, 2020", "en", "2020-05-04"),
        ("October 2020", "en", "2020-10"),
        ("-2021-03-11", None, "2021-03-11"),
        ("21-3-2017", "fr", "2017-03-21"),
        ("5.10.2020", "de", "2020-10-05"),
        ("05/10/2020", "en", "2020-10-05"),
        ("10/25/2020", "en", "2020-10-25"),
        ("9/3/2021 CE", "en", "2021-03-09"),
        ("1er août 2019", "fr", "2019-08-01"),
        ("le 05/10/2020 à 18h30", "fr", "2020-10-05"),
        ("Octobre 2018", "fr", "2018-10"),
        ("5. Oktober 2020", "de", "2020-10-05"),
        ("5 de octubre de 2020", "es", "2020-10-05"),
        ("5 de outubro de 2020", "pt", "2020-10-05"),
        ("5 октября 2020 г.", "ru", "2020-10-05"),
        ("5 Ekim 2020 Pazartesi", "tr", "2020-10-05"),
        ("5 листопада 2020", "uk", "2020-11-05"),
        ("5 listopada 2020", "pl", "2020-11-05"),
        ("5. listopada 2020.", "hr", "2020-10-05"),
        ("2020. október 5.", "hu", "2020-10-05"),
        ("2020年10月5日 星期一", "zh", "2020-10-05"),
        ("2020년 10월 5일", "ko", "2020-10-05"),
        ("5 ตุลาคม 2563", "th", "2020-10-05"),
        ("ngày 5 tháng 10 năm 2020", "vi", "2020-10-05"),
        ("الثلاثاء 9 آذار 2021", "ar", "2021-03-09"),
        ("17 تشرين الأول/ أكتوبر 2020", "ar", "2020-10-17"),
        ("١٧ أكتوبر ٢٠٢٠", "ar", "2020-10-17"),
        ("5 أوت 2019", "ar", "2019-08-05"),
        ("19 شتنبر 2021", "ar", "2021-09-19"),
        ("3 جويلية 2021", "ar", "2021-07-03"),
        ("12 كانون الثاني 2021", "ar", "2021-01-12"),
        ("18 صفر 1442 هـ الموافق 5 أكتوبر 2020 م", "ar", "2020-10-05"),
        ("١٨ صفر ١٤٤٢هـ", "ar", "2020-10-05"),
        ("25 Rajab 1442 AH", "en", "2021-03-09"),
        ("10 Rabi’ Al-Awal 1443 AH", "en", "2021-10-16"),
        ("1442-02-18", "ar", "2020-10-05"),
        ("۱۴ مهر ۱۳۹۹", "fa", "2020-10-05"),
        ("۱۳۹۹/۰۷/۱۴", "fa", "2020-10-05"),
        ("30 اسفند 1399", "fa", "2021-03-20"),
        ("Published: October 5, 2020 Updated: October 7, 2020", "en", "2020-10-05"),
        ("Updated: October 7, 2020. First published October 5, 2020", "en", "2020-10-05"),
        ("Thursday, 15 October 2020 6:13 AM  [ Last Update: Friday, 16 October 2020 ]", "en", "2020-10-15"),
    ],
)
def test_a_stated_date_is_understood(text: str, language: str | None, expected: str) -> None:
    found = read(text, language)
    assert (found.iso, found.source) == (expected, DateSource.STATED)


@pytest.mark.parametrize(("text", "language", "expected"), WRITTEN)
def test_dates_are_read_as_outlets_of_many_languages_write_them(
    text: str, language: str | None, expected: str | None
) -> None:
    found = read(text, language)
    width = {None: Precision.UNKNOWN, 4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
    assert (found.iso, found.precision) == (expected, width[len(expected) if expected else None])


@pytest.mark.parametrize(
    "text", ["Archived story, 5 October 2020", "Print edition of 5 October 2020", "View from the pier, 5 October 2020"]
)
def test_a_word_about_visits_further_away_says_nothing_about_the_date(text: str) -> None:
    assert read(text, "en").iso == "2020-10-05"


@pytest.mark.parametrize(
    "text",
    [
        "2020-02-31", "31/02/2020", "30 février 2020", "2020-13-01", "31 April 2021", "29 اسفند 1500", "October 5", "yesterday",
        "2 hours ago", "1601856000", "Monday", "12:30", "99", "0000", "no date", "\0",
    ],
)  # fmt: skip
def test_what_is_no_date_stays_unknown_and_keeps_what_was_written(text: str) -> None:
    found = read(text, "en")
    assert (found.day, found.precision, found.source) == (None, Precision.UNKNOWN, DateSource.NONE)
    assert found.raw == text


@pytest.mark.parametrize(
    ("language", "country", "expected"),
    [
        ("en", "US", True), ("en-US", "", True), ("en_US", "", True), ("", "US", True), ("en", "GB", False), ("en-GB", "", False),
        ("en", "", False), ("", "", False), ("fr", "FR", False), ("es", "US", False), ("en-US", "GB", False), ("xx-!", "ZZ", False),
    ],
)  # fmt: skip
def test_the_month_is_first_where_cldr_has_it_so(language: str, country: str, expected: bool) -> None:
    assert writes_month_first(language, country) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10/05/2020", "2020-10-05"),
        ("10/25/2020", "2020-10-25"),
        ("25/10/2020", "2020-10-25"),
        ("05.10.2020", "2020-10-05"),
    ],
)
def test_month_first_is_for_dates_with_slashes_that_allow_it(text: str, expected: str) -> None:
    assert read_date(text, source=DateSource.METADATA, month_first=True).iso == expected


@pytest.mark.parametrize("text", [None, ""])
def test_nothing_written_is_no_date(text: str | None) -> None:
    assert read(text) == PublishedDate()


@pytest.mark.parametrize("language", "ar de en es fr it nl pl pt ru tr uk cs sv el hu ro bg he hi".split())  # noqa: SIM905
@given(day=st.dates(date(1950, 1, 1), date(2040, 12, 31)))
def test_long_dates_as_cldr_writes_them_are_read_back(language: str, day: date) -> None:
    assert read(format_date(day, "long", locale=language), language).iso == day.isoformat()


@given(st.text(max_size=400), st.sampled_from([None, "en", "ar", "fa", "zh"]))
def test_reading_any_text_never_raises(text: str, language: str | None) -> None:
    found = read(text, language)
    assert (found.day is None) == (found.precision is Precision.UNKNOWN)


@given(st.text(alphabet="0123456789/-. :TZ+أكتوبرصفرOct年月日", max_size=40))
def test_found_dates_are_ordered_and_do_not_overlap(text: str) -> None:
    found = find_dates(f"{text}\n5 October 2020\n\n6 October 2020")
    assert found
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))


@given(st.integers(0, 60_000))
def test_jalali_days_follow_one_another(offset: int) -> None:
    year, month, day = 1300 + offset // 366, 1 + offset % 12, 1 + offset % 28
    first = jalali_to_gregorian(year, month, day)
    assert jalali_to_gregorian(year, month, day + 1) - first == timedelta(days=1)


@pytest.mark.parametrize(
    ("jalali", "expected"),
    [((1357, 11, 22), date(1979, 2, 11)), ((1400, 1, 1), date(2021, 3, 21)), ((1403, 12, 30), date(2025, 3, 20))],
)
def test_known_jalali_days(jalali: tuple[int, int, int], expected: date) -> None:
    assert jalali_to_gregorian(*jalali) == expected


def test_a_jalali_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no such day"):
        jalali_to_gregorian(1400, 12, 30)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/2020/10/05/quay", "2020-10-05"),
        ("https://example.org/2020/10/quay", "2020-10"),
        ("https://example.org/world/2018/dec/05/quay", "2018-12-05"),
        ("https://example.org/2018-12/29/c_112.htm", "2018-12-29"),
        ("https://example.org/n1/2018/1123/c1-1.html", "2018-11-23"),
        ("https://example.org/x/201811/20/t20181120_3.shtml", "2018-11-20"),
        ("https://example.org/quay-20201005.html", "2020-10-05"),
        ("https://example.org/news/2020-10-05-quay", "2020-10-05"),
        ("https://example.org/2020/october/5/quay", "2020-10-05"),
        ("https://example.org/2020/10/5/", "2020-10-05"),
        ("https://example.org/2020/1005/quay.html", "2020-10-05"),
        ("https://example.org/article?date=2020-10-05&id=7", "2020-10-05"),
        ("https://example.org/quay_2020_10_05.html", "2020-10-05"),
        ("https://example.org/quay-25-10-2020.html", "2020-10-25"),
        ("https://example.org/10/25/2020/quay", "2020-10-25"),
        ("https://example.org/quay-05-10-2020.html", None),
        ("https://example.org/quay/20201005/", "2020-10-05"),
        ("https://example.org/a/20201399/", None),
        ("https://example.org/12345678901234", None),
        ("https://example.org/2020/quay", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_in_addresses(url: str | None, expected: str | None) -> None:
    found = date_from_url(url)
    assert found.iso == expected
    assert found.source is (DateSource.URL if expected else DateSource.NONE)


def test_a_date_ahead_is_flagged() -> None:
    taken_in = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    assert lies_ahead(read("2026-01-02").day, taken_in)
    assert not lies_ahead(read("2026-01-01").day, taken_in)
    assert not lies_ahead(PublishedDate().day, taken_in)


def test_an_iso_date_is_read_without_looking_for_words() -> None:
    read("2020-10-05T23:30:00-07:00")
    assert 0 < calls_of(lambda: read("2020-10-05T23:30:00-07:00")) < 60
