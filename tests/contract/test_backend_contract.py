"""What every search backend must do, compared with the brute-force oracle over random articles and
questions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query

from search.backends.base import (
    FACETS,
    BackendQuery,
    BackendResult,
    DateFilter,
    FacetCounts,
    FacetFilter,
    IndexDocument,
    SearchBackend,
)
from search.backends.whoosh import WhooshBackend
from search.exceptions import IndexMissing, IndexUnavailable
from search.query.values import read_period
from tests.contract import oracle

WORDS = (  # noqa: SIM905 (a list of words reads better as text)
    "nation nations Armenia armenian Ärmel cease-fire ceasefire running runs sécurité securite отряда отряды Ёлка "
    "الحكومة حكومه والحكومة أذربيجان 政府 中国政府 ประเทศ 2020 O'Neil naïve the of"
).split()
LANGUAGES = ("en", "fr", "ru", "ar", "zh", "az", "")
COUNTRIES = ("AM", "AZ", "TR", "RU", "FR")
OUTLETS = ("1", "2", "3", "")
# 2018 to 2024; some articles lie far from all others.
DAYS = st.integers(737_000, 739_000)
FAR_DAYS = st.sampled_from([1, 693_961, 694_300, 738_400, 738_401, 3_652_059])
LENGTHS = [0, 0, 30, 364]


@pytest.fixture(params=[WhooshBackend], ids=["whoosh"])
def new_backend(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], SearchBackend]:
    def make() -> SearchBackend:
        backend: SearchBackend = request.param(tmp_path_factory.mktemp("index"))
        return backend

    return make


def indexed(backend: SearchBackend, documents: list[IndexDocument]) -> SearchBackend:
    backend.rebuild(documents).go_live()
    return backend


def texts(most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), max_size=most).map(" ".join)


@st.composite
def documents(draw: st.DrawFn) -> list[IndexDocument]:
    many = []
    # All dates within two months now and then, so that days are counted too.
    days = draw(st.sampled_from([DAYS, st.integers(738_000, 738_060), FAR_DAYS]))
    for number in range(draw(st.integers(0, 12))):
        day = draw(st.none() | days)
        many.append(
            IndexDocument(
                id=number + 1,
                title=draw(texts(3)),
                body=draw(texts(8)),
                author=draw(st.sampled_from(["", "Ann Lee", "آن"])),
                outlet=draw(st.sampled_from(OUTLETS)),
                language=draw(st.sampled_from(LANGUAGES)),
                countries=tuple(sorted(draw(st.sets(st.sampled_from(COUNTRIES), max_size=3)))),
                first_day=day,
                last_day=None if day is None else min(day + draw(st.sampled_from(LENGTHS)), date.max.toordinal()),
            )
        )
    return many


LEAVES = st.one_of(
    st.builds(query.Term, st.sampled_from(["text", "title"]), st.sampled_from(WORDS)),
    st.builds(query.Phrase, st.just("text"), st.lists(st.sampled_from(WORDS[:12]), min_size=1, max_size=3)),
    st.builds(query.Prefix, st.sampled_from(["text", "title"]), st.sampled_from(["nat", "ar", "s", "حك", "отр"])),
    st.builds(query.Wildcard, st.just("text"), st.sampled_from(["n*s", "?rmenia", "*e*"])),
    st.builds(query.Term, st.just("author"), st.sampled_from(["ann", "Lee", "آن"])),
    st.builds(query.Term, st.just("country"), st.sampled_from(COUNTRIES)),
    st.builds(query.Term, st.just("language"), st.sampled_from(["en", "ar"])),
    st.builds(query.NumericRange, st.just("date"), st.none() | DAYS, DAYS.map(lambda day: day + 900)),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(query.And),
        st.lists(inner, min_size=1, max_size=3).map(query.Or),
        inner.map(query.Not),
    ),
    max_leaves=6,
)


@st.composite
def questions(draw: st.DrawFn) -> BackendQuery:
    filters = {}
    for facet, values in (("outlet", OUTLETS), ("language", LANGUAGES), ("country", (*COUNTRIES, ""))):
        ticked = draw(st.sets(st.sampled_from(values), max_size=2))
        excluded = draw(st.sets(st.sampled_from(values), max_size=1)) - ticked
        if draw(st.booleans()):
            filters[facet] = FacetFilter(frozenset(ticked), frozenset(excluded))
    dates = draw(
        st.just(DateFilter())
        | st.builds(DateFilter, st.none() | DAYS, st.none() | DAYS, st.booleans())
        | st.builds(lambda day, most: DateFilter(day, day + most), DAYS, st.integers(0, 1_200))
    )
    return BackendQuery(
        tree=draw(st.none() | TREES),
        filters=filters,
        dates=dates,
        sort=draw(st.sampled_from(["relevance", "newest", "oldest"])),
        limit=100,
        facet_size=draw(st.sampled_from([1, 2, 100])),
    )


RANDOM = settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@RANDOM
@given(articles=documents(), asked=st.lists(questions(), min_size=1, max_size=4))
def test_hits_total_and_every_count_are_those_of_the_oracle(
    new_backend: Callable[[], SearchBackend], articles: list[IndexDocument], asked: list[BackendQuery]
) -> None:
    backend = indexed(new_backend(), articles)
    for question in asked:
        answer = backend.search(question)
        expected = oracle.found(articles, question)
        assert {hit.id for hit in answer.hits} == {document.id for document in expected}
        assert answer.total == len(expected) == len(answer.hits)
        for facet in FACETS:
            require_counts(articles, question, facet, answer.facets[facet])
        require_dates(backend, articles, question, answer)


def require_counts(articles: list[IndexDocument], question: BackendQuery, facet: str, answered: FacetCounts) -> None:
    """The values are the most frequent ones and those that were chosen, with their right counts."""
    counts, missing = oracle.facet_counts(articles, question, facet)
    chosen = question.filters.get(facet, FacetFilter())
    named = (chosen.any_of | chosen.none_of) - {""}
    listed = dict(answered.values)
    assert listed == {value: counts.get(value, 0) for value in listed}
    best = sorted(counts, key=lambda value: (-counts[value], value))[: question.facet_size]
    assert set(listed) == {*best, *named}
    assert list(listed) == sorted(listed, key=lambda value: (-listed[value], value))
    assert answered.missing == missing


def require_dates(
    backend: SearchBackend, articles: list[IndexDocument], question: BackendQuery, answer: BackendResult
) -> None:
    """Buckets, bars and what their links find agree, none is cut, and each dated article is in
    one."""
    counts, missing = oracle.histogram(articles, question, answer.interval)
    assert (dict(answer.facets["date"].values), answer.facets["date"].missing) == (counts, missing)
    assert list(counts) == [value for value, _count in answer.facets["date"].values]
    links = [(value, value, count) for value, count in answer.facets["date"].values]
    bars = [(bar.first, bar.last, bar.count) for bar in answer.bars]
    assert bars == sorted(bars)
    for first, last, count in [*links, *bars]:
        start, end = read_period(first), read_period(last)
        assert start
        assert end
        linked = DateFilter(start.first_day, end.last_day)
        assert backend.search(replace(question, dates=linked)).total == count
    for value in counts:
        assert sum(first <= value <= last for first, last, _count in bars) == 1


@RANDOM
@given(articles=documents(), question=questions())
def test_pages_put_together_are_the_whole_list_in_order(
    new_backend: Callable[[], SearchBackend], articles: list[IndexDocument], question: BackendQuery
) -> None:
    backend = indexed(new_backend(), articles)
    whole = [hit.id for hit in backend.search(question).hits]
    paged = [
        hit.id
        for start in range(0, len(articles) + 3, 3)
        for hit in backend.search(replace(question, start=start, limit=3)).hits
    ]
    assert paged == whole
    if question.sort != "relevance":
        assert whole == oracle.in_order(oracle.found(articles, question), newest=question.sort == "newest")


@RANDOM
@given(articles=documents(), changed=documents(), deleted=st.sets(st.integers(1, 12)))
def test_after_changes_the_index_holds_what_a_fresh_one_would(
    new_backend: Callable[[], SearchBackend],
    articles: list[IndexDocument],
    changed: list[IndexDocument],
    deleted: set[int],
) -> None:
    backend = indexed(new_backend(), articles)
    gone = deleted - {document.id for document in changed}
    backend.apply(changed, gone)
    expected = {document.id: document for document in articles} | {document.id: document for document in changed}
    left = [document for key, document in expected.items() if key not in gone]
    assert backend.entries() == {document.id: document.hash for document in left}
    answer = backend.search(BackendQuery(limit=100))
    assert {hit.id for hit in answer.hits} == {document.id for document in left}
    assert dict(answer.facets["country"].values) == oracle.facet_counts(left, BackendQuery(), "country")[0]


def test_a_match_in_the_title_counts_more_than_one_in_the_body(new_backend: Callable[[], SearchBackend]) -> None:
    backend = indexed(
        new_backend(),
        [
            IndexDocument(1, "corridor", "road bridge", language="en"),
            IndexDocument(2, "road", "corridor bridge", language="en"),
        ],
    )
    assert [hit.id for hit in backend.search(BackendQuery(tree=query.Term("text", "corridor"))).hits] == [1, 2]


def test_searches_go_on_while_a_rebuild_waits_to_go_live(new_backend: Callable[[], SearchBackend]) -> None:
    backend = indexed(new_backend(), [IndexDocument(1, "before", "")])
    build = backend.rebuild([IndexDocument(2, "after", "")])
    assert [hit.id for hit in backend.search(BackendQuery()).hits] == [1]
    build.apply([IndexDocument(3, "late", "")], [])
    build.go_live()
    assert {hit.id for hit in backend.search(BackendQuery()).hits} == {2, 3}


def test_many_threads_get_the_same_right_answer(new_backend: Callable[[], SearchBackend]) -> None:
    articles = [IndexDocument(n, f"nation {n % 7}", "word " * (n % 5), language="en") for n in range(1, 200)]
    backend = indexed(new_backend(), articles)
    asked = BackendQuery(tree=query.Term("text", "nation"), limit=200)
    expected = backend.search(asked).hits
    answers: list[bool] = []

    def ask() -> None:
        answers.extend(backend.search(asked).hits == expected for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 20


def test_an_index_that_is_not_there_is_an_error_that_names_the_command(
    new_backend: Callable[[], SearchBackend],
) -> None:
    with pytest.raises(IndexMissing, match="rebuild_index"):
        new_backend().search(BackendQuery())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    indexed(WhooshBackend(tmp_path), [IndexDocument(1, "one", "two")])
    return tmp_path / (tmp_path / "CURRENT").read_text()


def test_an_index_of_an_older_schema_is_not_searched(folder: Path) -> None:
    (folder / "SCHEMA").write_text("0123")
    with pytest.raises(IndexUnavailable, match=r"another version.*rebuild_index"):
        WhooshBackend(folder.parent).search(BackendQuery())


# Whoosh leaves the file open when it cannot read it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_a_damaged_table_of_contents_is_said_to_be_damaged(folder: Path) -> None:
    for toc in folder.glob("*.toc"):
        toc.write_bytes(b"\x00garbage")
    with pytest.raises(IndexUnavailable, match="rebuild_index"):
        WhooshBackend(folder.parent).search(BackendQuery())


def test_a_missing_segment_is_said_to_be_missing(folder: Path) -> None:
    for segment in folder.glob("MAIN_*"):
        if segment.suffix != ".toc":
            segment.unlink()
    with pytest.raises(IndexUnavailable, match="rebuild_index"):
        WhooshBackend(folder.parent).search(BackendQuery(tree=query.Term("text", "one")))


def test_an_error_while_documents_are_read_leaves_the_last_commit(new_backend: Callable[[], SearchBackend]) -> None:
    backend = indexed(new_backend(), [IndexDocument(1, "kept", "")])

    def broken() -> Iterator[IndexDocument]:
        yield IndexDocument(2, "lost", "")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        backend.apply(broken(), [1])
    assert [hit.id for hit in backend.search(BackendQuery()).hits] == [1]
    backend.apply([IndexDocument(3, "later", "")], [])
    assert {hit.id for hit in backend.search(BackendQuery()).hits} == {1, 3}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_writing_to_a_damaged_index_names_the_remedy(folder: Path) -> None:
    for toc in folder.glob("*.toc"):
        toc.write_bytes(b"")
    with pytest.raises(IndexUnavailable, match="rebuild_index"):
        WhooshBackend(folder.parent).apply([IndexDocument(2, "two", "")], [])


@pytest.mark.parametrize("name", ["généra", "../elsewhere", ""])
def test_a_pointer_that_names_no_generation_is_refused(folder: Path, name: str) -> None:
    (folder.parent / "CURRENT").write_text(name, encoding="utf-8")
    with pytest.raises(IndexUnavailable, match="rebuild_index"):
        WhooshBackend(folder.parent).search(BackendQuery())


def test_an_article_that_cannot_be_indexed_leaves_the_others(
    new_backend: Callable[[], SearchBackend], caplog: pytest.LogCaptureFixture
) -> None:
    backend = indexed(new_backend(), [IndexDocument(1, "one", ""), IndexDocument(2, "half \ud83d", "")])
    assert [hit.id for hit in backend.search(BackendQuery()).hits] == [1]
    assert "article 2 cannot be indexed" in caplog.text


def test_compacting_changes_no_answer(new_backend: Callable[[], SearchBackend]) -> None:
    backend = indexed(new_backend(), [IndexDocument(0, "peace", "")])
    for number in range(1, 12):
        backend.apply([IndexDocument(number, "peace", "talks " * number)], [number - 2])
    asked = BackendQuery(tree=query.Term("text", "peace"))
    before = backend.search(asked)
    backend.compact()
    after = backend.search(asked)
    assert {hit.id for hit in after.hits} == {hit.id for hit in before.hits} == {10, 11}
    assert after.facets == before.facets
