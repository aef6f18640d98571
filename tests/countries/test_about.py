"""Which countries a story is about."""

from __future__ import annotations

import pytest

from search.countries import about_countries, country_codes, detect_mentions

FILLER = "Officials gave no further details of the plan on that day. " * 4


def _about(title: str, body: str) -> list[tuple[str, str]]:
    return about_countries(title, body, detect_mentions(title, body, "en"))


def test_a_country_of_the_title_the_dateline_or_the_first_lines_counts() -> None:
    assert _about("Spain votes", "OSLO, May 2 - Polish observers came.") == [
        ("ES", "named in the title"),
        ("NO", "the report is sent from there"),
        ("PL", "named in the first lines"),
    ]


@pytest.mark.parametrize(
    ("language", "title", "body", "expected"),
    [
        ("ar", "وزير تركي في زيارة لليبيا", "القاهرة - بدأ الوزير جولته.", ["EG", "LY", "TR"]),
        ("ru", "Польша закрыла границу", "МИНСК, 1 мая — Об этом сообщили чиновники.", ["BY", "PL"]),
        ("fa", "سفر وزیر خارجه چین به ایران", "این سفر دو روز طول می‌کشد.", ["CN", "IR"]),
        ("zh", "中美元首通话", "新华社北京5月1日电 双方讨论了贸易。", ["CN", "US"]),
        ("tr", "Yunanistan seçime gidiyor", "ATİNA (AA) - Oy verme işlemi başladı.", ["GR"]),
        ("fr", "Élections au Sénégal", "DAKAR (AFP) – Les bureaux ont ouvert.", ["SN"]),
    ],
)
def test_title_and_dateline_say_what_a_story_is_about_in_any_language(
    language: str, title: str, body: str, expected: list[str]
) -> None:
    found = about_countries(title, body, detect_mentions(title, body, language))
    assert [country for country, _ in found] == expected
    assert all(reason for _, reason in found)


def test_the_first_lines_of_chinese_are_shorter() -> None:
    body = "会议在当地时间星期三上午举行，与会者讨论了许多问题并交换了意见，随后举行了新闻发布会，回答记者提问，会议还将继续两天。智利代表发言。"
    assert about_countries("会议", body, detect_mentions("会议", body, "zh")) == []


def test_a_round_up_is_about_what_it_names_often_only() -> None:
    items = (
        "Chile grew. Chilean copper rose. Chile exports more. "
        + "Peru votes. Kenya waits. Norway drills. Fiji sings. " * 2
    )
    found = about_countries("Round-up", FILLER + items, detect_mentions("Round-up", FILLER + items, "en"))
    assert found == [("CL", "3 of 11 mentions")]


def test_a_country_named_once_further_down_does_not_count() -> None:
    assert _about("Spain votes", FILLER + "An observer came from Chile.") == [("ES", "named in the title")]


def test_a_country_named_often_counts_wherever_it_stands() -> None:
    body = FILLER + "Chile grew. Chile exports. Chilean copper is dear."
    assert _about("Copper", body) == [("CL", "3 of 3 mentions")]


def test_the_countries_a_story_is_about_are_among_those_it_names() -> None:
    body = "PARIS, May 3 - Italy and Peru talk. " + FILLER + "Japan and Kenya agree."
    mentions = detect_mentions("A day", body, "en")
    about = {code for code, _ in about_countries("A day", body, mentions)}
    assert about
    assert about <= set(country_codes(mentions))
