"""What bylines, date lines and source lines state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.ingest.splitting.bylines import read_copyright, read_credit, read_origin
from search.ingest.splitting.lines import read_lines
from search.names.persons import looks_like_name, role_of_name


def stated(text: str) -> tuple[str | None, str | None, str | None] | None:
    """Author, outlet and date of a line; ``None`` when it states nothing."""
    credit = read_credit(read_lines(text)[0])
    if credit is None:
        return None
    return credit.author, credit.outlet, credit.published.iso if credit.published else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Rosa Lindqvist", ("Rosa Lindqvist", None, None)),
        ("by Rosa Lindqvist and Tom Achterberg", ("Rosa Lindqvist and Tom Achterberg", None, None)),
        ("By Rosa Lindqvist for the Coastal Review", ("Rosa Lindqvist", "the Coastal Review", None)),
        ("By ROSA LINDQVIST | The Daily Star", ("ROSA LINDQVIST", "The Daily Star", None)),
        ("By Rosa Lindqvist, with permission and first posted elsewhere", ("Rosa Lindqvist", None, None)),
        ("By Night Desk -2021-03-11", ("Night Desk", None, "2021-03-11")),
        ("By Staff, Agencies", ("Staff, Agencies", None, None)),
        ("Written by Rosa Lindqvist on October 5, 2020", ("Rosa Lindqvist", None, "2020-10-05")),
        ("Posted on October 17, 2020 by harbourblogger", (None, None, "2020-10-17")),
        ("Published time: 5 Oct, 2020 10:15", (None, None, "2020-10-05")),
        ("March 9, 2021 Rosa Lindqvist", ("Rosa Lindqvist", None, "2021-03-09")),
        ("Coastal Review, March 9, 2021", (None, "Coastal Review", "2021-03-09")),
        ("The Guardian, Friday 5 October 2018", (None, "The Guardian", "2018-10-05")),
        ("HARBOUR NETWORK | PORT LOMOND | 6 OCTOBER 2020", (None, "HARBOUR NETWORK", "2020-10-06")),
        ("March 9, 2021 – 08:45", (None, None, "2021-03-09")),
        (
            "Thursday, 15 October 2020 6:13 AM  [ Last Update: Friday, 16 October 2020 6:20 AM ]",
            (None, None, "2020-10-15"),
        ),
        ("9/3/2021 CE", (None, None, "2021-03-09")),
        ("Source: Press TV", (None, "Press TV", None)),
        ("Source: https://www.example.org/2020/10/05/x", (None, "example.org", None)),
        ("Par Hélène Morvan, La Gazette du Littoral", ("Hélène Morvan", "La Gazette du Littoral", None)),
        ("Publié le 5 octobre 2020 à 18h30 par Hélène Morvan", ("Hélène Morvan", None, "2020-10-05")),
        ("Por Julián Arrieta", ("Julián Arrieta", None, None)),
        ("Von Hans Brückner", ("Hans Brückner", None, None)),
        ("Автор: Нина Полякова", ("Нина Полякова", None, None)),
        ("Источник: Голос мола", (None, "Голос мола", None)),
        ("Yazar: Defne Karaca", ("Defne Karaca", None, None)),
        ("بقلم: ليلى الحداد", ("ليلى الحداد", None, None)),
        ("كتب سامر العكاري", ("سامر العكاري", None, None)),
        ("أكتوبر 17, 2020 د. كريم الناظر", ("د. كريم الناظر", None, "2020-10-17")),
        ("المصدر: صوت الميناء", (None, "صوت الميناء", None)),
        ("文/李明", ("李明", None, None)),
        ("来源：海港日报 2020年10月5日", (None, "海港日报", "2020-10-05")),
    ],
)
def test_a_line_of_credits_is_read(text: str, expected: tuple[str | None, str | None, str | None]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "By 2019 the war had ended", "By land and sea the army came", "By the end of the year", "On October 5, 2020 the army took the town and then it left",
        "كتب الرئيس رسالة طويلة إلى الشعب", "Por la mañana llegó el barco", "The council met on 5 October 2020 and decided to close the quay for repairs.",
        "Von der Küste bis zum Kap", "President: Yes", "A Title Without Anything",
    ],
)  # fmt: skip
def test_text_is_no_line_of_credits(text: str) -> None:
    assert stated(text) is None


@pytest.mark.parametrize(
    ("name", "repeats", "expected"),
    [
        ("The Lomond Courier", 1, "outlet"), ("Harbour Gazette", 1, "outlet"), ("Reuters", 1, "outlet"), ("Deutsche Welle", 1, "outlet"), ("Grey Mole", 4, "outlet"),
        ("Peter Marlow", 1, "author"), ("Agnes Tolliver", 1, "author"), ("الأخبار", 1, "outlet"), ("العهد الجديد", 1, "outlet"), ("سامر العكاري", 1, "author"),
        ("د. كريم الناظر", 1, "author"), ("Новая газета", 1, "outlet"), ("Нина Полякова", 1, "author"), ("not a name", 1, None), ("Is this one?", 1, None),
    ],
)  # fmt: skip
def test_a_bare_name_is_an_outlet_or_an_author(name: str, repeats: int, expected: str | None) -> None:
    assert role_of_name(name, repeats) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This article was originally published on Coastal Review.", "Coastal Review"),
        ("First published in The Mole on 5 May", "The Mole"),
        (
            "The original source of this article is Coastal ReviewCopyright © Rosa Lindqvist, Coastal Review, 2020",
            "Coastal Review",
        ),
        ("Este artículo fue publicado originalmente en Revista Marea.", "Revista Marea"),
        ("Cet article a été initialement publié dans La Gazette.", "La Gazette"),
        ("Впервые опубликовано в Портовом вестнике.", "Портовом вестнике"),
        ("The letter was published by the council.", None),
    ],
)
def test_the_place_of_first_publication(text: str, expected: str | None) -> None:
    assert read_origin(text) == expected


def test_a_copyright_notice_names_author_and_outlet() -> None:
    assert read_copyright("Copyright © Rosa Lindqvist, Coastal Review, 2020") == ("Rosa Lindqvist", "Coastal Review")


@given(st.text(max_size=200))
def test_reading_any_line_never_raises(text: str) -> None:
    lines = read_lines(f"By {text}")
    assert lines
    for line in lines:
        read_credit(line)
        looks_like_name(line.text)
        read_origin(line.text)
        read_copyright(line.text)
