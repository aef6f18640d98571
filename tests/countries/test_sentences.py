"""Every mention of invented sentences in many languages, and nothing else: ``sentences/*.tsv``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from time import perf_counter

import pytest

from search.countries import country_codes, detect_mentions
from search.countries.tables import read_table

FOLDER = Path(__file__).with_name("sentences")
SENTENCES = [
    pytest.param(language, text, expected, id=f"{path.stem}-{number}-{language}")
    for path in sorted(FOLDER.glob("*.tsv"))
    for number, (language, text, expected) in read_table(path, 3)
]
LANGUAGES = "ar az bg cs de en es fa fr hy it pl pt ru sl tr uk zh"


@pytest.mark.parametrize(("language", "text", "expected"), SENTENCES)
def test_the_mentions_of_a_sentence_are_found_with_their_surfaces(language: str, text: str, expected: str) -> None:
    mentions = set() if expected == "-" else {tuple(pair.strip().split(" ", 1)) for pair in expected.split(";")}
    assert {(mention.country, mention.surface) for mention in detect_mentions("", text, language)} == mentions


PLAIN = list(read_table(Path(__file__).with_name("plain.tsv"), 3))


@pytest.mark.parametrize(
    ("language", "text", "expected"), [pytest.param(*row, id=f"{number}-{row[0]}") for number, row in PLAIN]
)
def test_a_plain_sentence_names_its_countries_in_every_language(language: str, text: str, expected: str) -> None:
    assert country_codes(detect_mentions("", text, language)) == sorted(expected.split())


AROUND = list(read_table(Path(__file__).with_name("around.tsv"), 3))


@pytest.mark.parametrize(
    ("language", "text", "expected"), [pytest.param(*row, id=f"{number}-{row[0]}") for number, row in AROUND]
)
def test_what_stands_around_a_name_decides_whether_it_is_a_country(language: str, text: str, expected: str) -> None:
    wanted = [] if expected == "-" else sorted(expected.split())
    assert country_codes(detect_mentions("", text, language)) == wanted


def test_traps_in_running_text_are_there_for_ten_languages() -> None:
    assert len({language for _, (language, _, _) in AROUND}) >= 10


def test_a_text_of_many_doubtful_names_takes_time_in_proportion() -> None:
    started = perf_counter()
    detect_mentions("", "Чад. Того. Мали, " * 20_000, "ru")
    assert perf_counter() - started < 20


def test_where_a_person_is_from_names_no_country_of_the_story() -> None:
    assert detect_mentions("", "Скончался итальянский композитор Марко Бьянки.", "ru") == ()
    assert country_codes(detect_mentions("", "Прибыл итальянский министр Марко Бьянки.", "ru")) == ["IT"]
    both = "Скончался итальянский композитор Марко Бьянки. В Италии объявлен траур."
    assert country_codes(detect_mentions("", both, "ru")) == ["IT"]


def test_plain_sentences_are_there_for_a_hundred_languages() -> None:
    assert len({language for _, (language, _, _) in PLAIN}) > 95


def test_each_file_has_its_sentences() -> None:
    files = sorted(FOLDER.glob("*.tsv"))
    assert len(files) > 2
    assert [path.name for path in files if not list(read_table(path, 3))] == []


def test_each_language_has_at_least_twelve_sentences() -> None:
    sentences = Counter(language for _, (language, _, _) in read_table(FOLDER / "first.tsv", 3))
    assert [language for language in LANGUAGES.split() if sentences[language] < 12] == []


def test_the_openings_of_reports_give_datelines() -> None:
    rows = [row for _, row in read_table(FOLDER / "datelines.tsv", 3)]
    assert {expected != "-" for _, _, expected in rows} == {True, False}
    for language, text, expected in rows:
        kinds = {mention.kind for mention in detect_mentions("", text, language)}
        assert ("dateline" in kinds) == (expected != "-"), text
