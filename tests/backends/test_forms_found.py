"""Forms and spellings of words, from the index: found, in phrases, as written, and marked."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh import query

from search.backends.base import BackendQuery, IndexDocument
from search.backends.exact import Exact
from search.backends.whoosh import WhooshBackend
from search.query.highlight import Highlighter
from search.query.language import parse_query

ARTICLES = [
    IndexDocument(1, "", "The dog's tail. KB-9 radars cost 2,500 euro. The U.N. met.", language="en"),
    IndexDocument(2, "", "A dog. The KB9 radar cost 2500. UN talks of spring.", language="en"),
    IndexDocument(3, "", "La peña y la pena, cinco años.", language="es"),
    IndexDocument(4, "", "Una pena.", language="es"),
    IndexDocument(5, "", "Der Wetterbericht kam spät.", language="de"),
    IndexDocument(6, "", "Der Bericht kam früh.", language="de"),
    IndexDocument(7, "", "رحب وزير العدل بذلك", language="ar"),
    IndexDocument(8, "", "اجتمع ووزير العدل", language="ar"),
    IndexDocument(9, "", "כתבתי על הספר החדש", language="he"),
    IndexDocument(10, "", "서울에서 만났다", language="ko"),
    IndexDocument(11, "", "کتاب\u200cخانه باز است", language="fa"),
    IndexDocument(12, "", "کتاب خانه باز است", language="fa"),
    IndexDocument(13, "", "کتابخانه باز است", language="fa"),
    IndexDocument(14, "", "贸易协定签署", language="zh"),
    IndexDocument(15, "", "貿易協定簽署", language="zh"),
]


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> WhooshBackend:
    backend = WhooshBackend(Path(tmp_path_factory.mktemp("index")))
    backend.rebuild(ARTICLES).go_live()
    return backend


def ids(backend: WhooshBackend, tree: query.Query | None) -> list[int]:
    return [hit.id for hit in backend.search(BackendQuery(tree=tree, limit=50)).hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dog's", {1, 2}),
        ('"dog tail"', {1}),
        ("KB9", {1, 2}),
        ("KB-9", {1, 2}),
        ('"KB9 radar"', {1, 2}),
        ("2,500", {1, 2}),
        ("2500", {1, 2}),
        ("UN", {1, 2}),
        ("Bericht", {5, 6}),
        ('"وزير العدل"', {7, 8}),
        ("ספר", {9}),
        ('"על ספר"', {9}),
        ("서울", {10}),
        ("서울은", {10}),
        ("کتابخانه", {11, 12, 13}),
        ("کتاب\u200cخانه", {11, 12, 13}),
        ("کتاب خانه", {11, 12, 13}),
        ("贸易协定", {14, 15}),
        ("貿易協定", {14, 15}),
        ("贸易", {14}),
    ],
)
def test_any_form_finds_the_others(backend: WhooshBackend, typed: str, found: set[int]) -> None:
    assert set(ids(backend, parse_query(typed, "all").tree)) == found


def test_a_compound_ranks_below_the_word_itself(backend: WhooshBackend) -> None:
    assert ids(backend, parse_query("Bericht", "all").tree) == [6, 5]


@pytest.mark.parametrize(
    ("words", "found"),
    [(["peña"], {3}), (["PEÑA"], {3}), (["pena"], {3, 4}), (["ano"], set()), (["años"], {3}), (["año"], set()),
     (["la", "peña"], {3}), (["una", "peña"], set())],
)  # fmt: skip
def test_words_as_written_are_found_accents_and_endings_and_all(
    backend: WhooshBackend, words: list[str], found: set[int]
) -> None:
    assert set(ids(backend, Exact("text", words))) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [(["UN", "tal*"], {2}), (["UN", "t?lks"], {2}), (["KB9", "rad*"], {1, 2}), (["UN", "x*"], set())],
)
def test_wildcards_stand_in_phrases(backend: WhooshBackend, words: list[str], found: set[int]) -> None:
    assert set(ids(backend, query.Phrase("text", words))) == found


@pytest.mark.parametrize("typed", ["KB9", "2500", "Bericht", "ספר", "서울은", "کتابخانه", "dog's", '"وزير العدل"'])
def test_what_is_found_is_marked_by_the_index_as_by_the_text(backend: WhooshBackend, typed: str) -> None:
    tree = parse_query(typed, "all").tree
    answer = backend.search(BackendQuery(tree=tree, located=True, limit=50))
    marker, by_id = Highlighter(tree), {article.id: article for article in ARTICLES}
    for hit in answer.hits:
        article = by_id[hit.id]
        placed = marker.snippets(article.body, article.language, answer.places[hit.id])
        assert "<mark>" in placed[0]
        assert placed == marker.snippets(article.body, article.language)


def test_words_of_a_short_question_count_more_where_they_stand_together(tmp_path: Path) -> None:
    backend = WhooshBackend(tmp_path)
    filler = "one two four five six seven eight nine"
    texts = [f"harbour {filler} strike", f"harbour strike {filler}", f"strike {filler} harbour"]
    backend.rebuild(IndexDocument(n, "", text, language="en") for n, text in enumerate(texts, 1)).go_live()
    assert ids(backend, parse_query("harbour strike", "all").tree)[0] == 2
