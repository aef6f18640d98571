"""Text that is pasted finds the article it was copied from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query

from tests.query.typed.asking import asked, finds, tree, word


@pytest.mark.parametrize(
    "typed",
    [
        "Who shelled Martuni?",
        "Who shelled Martuni??",
        "Who shelled Martuni?!",
        "Who shelled Martuni ?",
        "“Who shelled Martuni?”",
        "(Who shelled Martuni?)",
        "¿Quién manda en Goris?",
        "من قصف مارتوني؟",
        "谁炮击了马尔图尼？",
        "Is it over?Maybe",
        "Talks? Not now, says minister",
        "?Quoi",
        "https://example.org/news?id=12&page=3",
        "See www.example.org/a?b now",
        "example.org/?id=12",
        "?id=12",
        "Write to desk@example.org?subject=hello today",
    ],
)
def test_a_question_mark_that_stands_inside_no_word_is_punctuation(typed: str) -> None:
    answer = asked(typed)
    assert finds(answer.tree, typed)
    assert not _patterns(answer.tree)


@pytest.mark.parametrize("typed", ["organi?ation", "Gor?s fell", "title:organi?ation", "19?8", "c?t?", "*or?s", "a?*"])
def test_a_question_mark_inside_a_word_and_a_star_that_touches_one_stay_wildcards(typed: str) -> None:
    assert _patterns(tree(typed))


def test_a_question_mark_at_the_end_is_said_and_one_letter_to_the_letter() -> None:
    answer = asked("Gori?")
    assert (answer.tree, answer.otherwise, len(answer.notices)) == (word("Gori"), True, 1)
    assert asked("Gori?", letter=True).tree == query.Wildcard("text", "Gori?")
    assert not asked("Gori?", letter=True).notices


def test_operators_in_a_headline_of_capitals_are_words_and_between_few_words_operators() -> None:
    assert tree("BREAD AND ROSES IN MAY") == query.And([word(text) for text in ["BREAD", "AND", "ROSES", "IN", "MAY"]])
    assert tree("ВОЙНА AND МИР IN МАЕ") == query.And([word(text) for text in ["ВОЙНА", "AND", "МИР", "IN", "МАЕ"]])
    assert tree("DO NOT GO THERE NOW -REPORT") == query.And(
        [word(text) for text in ["DO", "NOT", "GO", "THERE", "NOW", "REPORT"]]
    )
    assert tree("NATO AND EU") == query.And([word("NATO"), word("EU")])
    assert tree("NATO OR EU OR UN") == query.Or([word("NATO"), word("EU"), word("UN")])
    assert tree("(NATO OR EU) AND (USA OR UK)") == query.And(
        [query.Or([word("NATO"), word("EU")]), query.Or([word("USA"), word("UK")])]
    )
    assert tree("Bread AND roses OR salt in May") != tree("BREAD AND ROSES OR SALT IN MAY")


@pytest.mark.parametrize(
    "typed",
    [
        'צה"ל הודיע',
        "דו״ח חדש",
        'a 5" pipe and a 6" pipe',
        "R&D at AT&T",
        "rock 'n' roll",
        "(c) 2020 Coast Courier",
        "either/or",
        "#tag of @name",
        "C++ and C#",
        'he said "no',
        "so he left”",
        "12:30 at the bridge",
        "http://example.org",
        "Re: talks",
        "Update: two dead",
        "a - b – c — d",
        "well-known man",
        "[brackets] {and} <these>",
        "a) first b) second",
        ":-) smile",
        "50% off = $5",
        "100°",
        "Cases of covid -19 rise again",
        "News at ten | Coast Courier of the south",
    ],
)
def test_marks_of_a_text_are_no_operators(typed: str) -> None:
    assert finds(tree(typed), typed)


@pytest.mark.parametrize(
    "typed",
    [
        "The council -most of it- left the hall",
        "The visitors won three 3 -nil in the end",
        "A long sentence may have a dash -badly set by a hasty writer",
    ],
)
def test_a_minus_in_a_sentence_is_a_dash_and_said(typed: str) -> None:
    answer = asked(typed)
    assert finds(answer.tree, typed)
    assert answer.otherwise


@pytest.mark.parametrize(
    "typed", ["salt bread wine oil corn -wheat", "a b c d e f g h -i -j", '"a b" c d e f g h -i', "-a b c d e f g h i"]
)
def test_a_minus_in_a_question_excludes(typed: str) -> None:
    assert not finds(tree(typed), typed)


def test_lines_that_begin_with_dashes_are_a_list_and_one_dash_excludes() -> None:
    answer = asked("-first line\n-second line")
    assert finds(answer.tree, "first line second line")
    assert answer.otherwise
    assert asked("-first\nline").tree == query.And([query.Not(word("first")), word("line")])


MARKS = st.sampled_from(
    [
        *"?!.,;:…¿¡؟？。、\"“”„«»‹›「」『』″״'’‘/&#@()[]{}<>—–%$+",
        "...",
        "?!",
        "??",
        " ?",
        " !",
        " -",
        " |",
        " &",
        "''",
        ":)",
    ]
)
_ENGLISH = "Lachin road peace or and not near title date country author l'eau 3,5 12:30 R&D AT&T well-known"
_OTHERS = 'Армения мир سلام أرمينيا 中国 東京 한국 שלום צה"ל example.org/?id=1 x@example.org'
WORDS = st.sampled_from([*_ENGLISH.split(" "), *_OTHERS.split(" ")])


@st.composite
def texts(draw: st.DrawFn, opening: str = '("“«„‘¿#@') -> str:
    parts = []
    for text in draw(st.lists(WORDS, min_size=5, max_size=14)):
        before = draw(st.just("") | st.sampled_from(opening))
        parts.append(before + text + draw(st.just("") | MARKS))
    return " ".join(["Yerevan", *parts])


@given(texts())
def test_any_text_that_is_pasted_finds_itself(text: str) -> None:
    assert finds(tree(text), text)


@given(texts(opening="“«„‘¿#@"))
def test_any_text_in_capitals_finds_itself(text: str) -> None:
    assert finds(tree(text.upper()), text.upper())


def _patterns(node: query.Query | None) -> list[query.Query]:
    return [leaf for leaf in node.leaves() if isinstance(leaf, query.Prefix | query.Wildcard)] if node else []
