"""Languages of passages."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from search.ingest.labelling import ToLabel, label
from search.languages.passages import language_parts, main_language
from tests.ingest.invented_pages import AR, EN, FR, RU


def test_a_text_in_one_language_has_no_passages() -> None:
    for texts, code in ((EN, "en"), (AR, "ar"), (FR, "fr"), (RU, "ru")):
        assert language_parts("\n".join(texts), code) == ()


def test_a_text_in_two_languages_is_cut_where_they_change() -> None:
    english, french = "\n\n".join(EN[:3]), "\n\n".join(FR[:2])
    text = f"{english}\n\n{french}"
    first, second = language_parts(text, "en")
    assert (first.code, text[first.start : first.end]) == ("en", english)
    assert (second.code, text[second.start : second.end]) == ("fr", french)
    assert min(first.confidence, second.confidence) >= 0.8


def test_a_short_paragraph_belongs_to_the_passage_before_it() -> None:
    text = "\n".join([EN[0], RU[0], "Да!", "123", EN[1]])
    assert [(part.code, text[part.start : part.end]) for part in language_parts(text, "en")] == [
        ("en", EN[0]),
        ("ru", f"{RU[0]}\nДа!\n123"),
        ("en", EN[1]),
    ]


def test_a_short_paragraph_in_the_script_of_the_passage_after_it_belongs_to_that_one() -> None:
    text = "\n".join([EN[0], "Порт открылся", RU[0]])
    assert [text[part.start : part.end] for part in language_parts(text, "en")] == [EN[0], f"Порт открылся\n{RU[0]}"]


def test_a_text_half_in_one_language_and_half_in_another_is_in_that_of_more_letters() -> None:
    text = "\n".join([*EN, *RU])
    found = label(ToLabel(title="", text=text, language="", published="", url="", date=None))
    assert (found.language, [part.code for part in found.language_parts]) == ("en", ["en", "ru"])
    assert found.language_confidence is not None
    assert found.language_confidence > 0.8


def test_a_quotation_within_a_paragraph_makes_no_passage() -> None:
    assert language_parts(f"{EN[0]} « {FR[0][:60]} » {EN[1]}\n{EN[2]}", "en") == ()


def test_the_main_language_is_the_one_of_most_letters_though_the_text_begins_in_another() -> None:
    text = "\n".join([EN[0], *RU, *RU])
    found = label(ToLabel(title="", text=text, language="", published="", url="", date=None))
    assert found.language == main_language(found.language_parts) == "ru"


def test_a_stated_language_stays_where_the_text_mixes_two() -> None:
    text = "\n".join([EN[0], *RU])
    found = label(ToLabel(title="", text=text, language="en", published="", url="", date=None))
    assert (found.language, found.language_confidence) == ("en", None)
    assert [part.code for part in found.language_parts] == ["en", "ru"]


@given(st.lists(st.sampled_from([EN[0], FR[0], AR[0], "12", "", "Ok", "汉字" * 30]), max_size=8))
def test_passages_are_ordered_and_of_different_languages(paragraphs: list[str]) -> None:
    text = "\n".join([EN[0], FR[0], *paragraphs])
    parts = language_parts(text, "en")
    assert len(parts) > 1
    for left, right in itertools.pairwise(parts):
        assert left.end <= right.start
        assert left.code != right.code
    assert all(0 <= part.start < part.end <= len(text) for part in parts)
