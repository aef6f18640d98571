"""Languages of texts and titles, and language tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.languages.detect import detect_language
from search.languages.scripts import script_of
from search.languages.tags import normalise_language
from search.languages.values import LanguageGuess
from search.languages.words import by_words
from tests.ingest.invented_pages import AR, EN, ES, FR, RU, TR
from tests.ingest.splitting.headlines import HEADLINES
from tests.work import bytes_of, calls_of


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh-CN", "zh"), ("zh_Hant_TW", "zh"), ("eng", "en"), ("EN", "en"), ("iw", "he"), ("pt_BR", "pt"), ("fre", "fr"), ("fra", "fr"), ("ger", "de"),
        ("deu", "de"), ("rus", "ru"), ("ara", "ar"), ("per", "fa"), ("fas", "fa"), ("chi", "zh"), ("cmn", "zh"), ("arz", "ar"), ("sr-Latn", "sr"),
        ("en_GB.UTF-8", "en"), (" fr ", "fr"), ("english", None), ("xx", None), ("", None), (None, None), ("und", None), ("12", None),
    ],
)  # fmt: skip
def test_a_tag_becomes_its_primary_subtag(tag: str | None, expected: str | None) -> None:
    assert normalise_language(tag) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((paragraph, code) for code, texts in (("en", EN), ("ar", AR), ("fr", FR), ("es", ES), ("ru", RU), ("tr", TR)) for paragraph in texts),
        ("Mayor promises talks with the fishermen", "en"), ("MAYOR PROMISES TALKS WITH THE FISHERMEN", "en"), ("Le quai nord fermé pour travaux", "fr"),
        ("Los pescadores piden una reunión", "es"), ("Os pescadores pedem uma reunião", "pt"), ("Die Fischer fordern ein Treffen", "de"), ("I pescatori chiedono un incontro", "it"),
        ("البلدية تعد والصيادون ينتظرون", "ar"), ("ماهیگیران خواستار گفتگو شدند", "fa"), ("Рыбаки требуют компенсаций", "ru"), ("Рибалки вимагають компенсації", "uk"),
        ("Рибарите искат обезщетение за обиколката", "bg"), ("Balıkçılar belediye önünde toplandı", "tr"), ("渔民要求赔偿", "zh"), ("漁師たちが補償を求める", "ja"), ("어민들 보상 요구", "ko"),
        ("Ձկնորսները փոխհատուցում են պահանջում", "hy"), ("მეთევზეები კომპენსაციას ითხოვენ", "ka"), ("Οι ψαράδες ζητούν αποζημίωση", "el"), ("הדייגים דורשים פיצוי", "he"), ("ชาวประมงเรียกร้องค่าชดเชย", "th"),
        ("Balıqçılar kompensasiya tələb edirlər", "az"), ("Rybacy żądają odszkodowania", "pl"), ("Rybáři požadují odškodnění", "cs"),
    ],
)  # fmt: skip
def test_paragraphs_and_titles_are_recognised(text: str, expected: str) -> None:
    assert detect_language(text).code == expected


@pytest.mark.parametrize(("language", "headline"), [(code, each) for code in HEADLINES for each in HEADLINES[code]])
def test_headlines_of_three_words_are_recognised_in_small_letters_and_in_capitals(language: str, headline: str) -> None:
    assert detect_language(headline).code == detect_language(headline.upper()).code == language


def test_words_decide_between_languages_with_the_same_letters() -> None:
    shares = {"bg": 0.4, "ru": 0.6}
    told = by_words("нов мост за жителите на града", shares)
    assert told["bg"] > 0.9 > 0.1 > told["ru"]
    assert sum(told.values()) == pytest.approx(sum(shares.values()))


def test_a_language_without_a_list_of_words_keeps_its_share() -> None:
    told = by_words("los pescadores protestan", {"es": 0.3, "pt": 0.3, "gl": 0.4})
    assert told["gl"] == 0.4
    assert told["es"] > told["pt"]
    assert by_words("123", {"es": 0.3, "pt": 0.7}) == {"es": 0.3, "pt": 0.7}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("日米韓首脳会談、北の問題協議", "ja"),
        ("経済対策を閣議決定", "ja"),
        ("東京經濟發展迅速", "zh"),
        ("东京经济发展迅速", "zh"),
    ],
)
def test_japanese_with_few_kana_is_told_from_chinese(text: str, expected: str) -> None:
    assert detect_language(text).code == expected


@pytest.mark.parametrize("text", ["", " \n", "\0\0", "12345", "https://example.org/a/b", "🙂🙂", "— … !"])
def test_a_text_without_words_has_no_language(text: str) -> None:
    assert detect_language(text) == LanguageGuess(None)


def test_a_quotation_does_not_change_the_language_of_a_text() -> None:
    assert detect_language("\n".join((*EN, AR[0], *EN))).code == "en"


def test_a_huge_text_is_sampled() -> None:
    short, huge = (EN[0] + "\n") * 20, (EN[0] + "\n") * 20_000
    assert detect_language(short).code == detect_language(huge).code == "en"
    assert calls_of(lambda: detect_language(huge)) < 2 * calls_of(lambda: detect_language(short))
    assert bytes_of(lambda: detect_language(huge)) < len(huge) // 10


@given(st.text(max_size=300))
def test_any_text_gets_a_code_and_a_confidence_between_0_and_1(text: str) -> None:
    guess = detect_language(text)
    assert 0 <= guess.confidence <= 1
    assert guess.code is None or guess.code == normalise_language(guess.code)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", "latin"),
        ("Привет", "cyrillic"),
        ("سلام", "arabic"),
        ("中文", "han"),
        ("日本語です", "kana"),
        ("1 2", None),
    ],
)
def test_the_script_of_most_letters(text: str, expected: str | None) -> None:
    assert script_of(text) == expected
