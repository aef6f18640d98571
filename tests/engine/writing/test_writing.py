"""Splitting, numbering, inverting, placing and merging: the parts of writing."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields, index, query

from search.engine.codec import ArraySegment
from search.engine.reader import EngineReader
from search.engine.storage.postings import FIELD_GAP, PAGE, place_documents
from search.engine.writer import BulkWriter, create_index
from search.engine.writing.batch import EngineDocument
from search.engine.writing.policy import FANOUT, choose
from search.engine.writing.splitter import CharacterSplitter
from search.engine.writing.tokens import Profile, Text

texts = st.lists(st.text(alphabet="aab Bé日\n'.İह\u094dद", max_size=40), min_size=1, max_size=12)


def stem(token: str) -> str | None:
    """Cuts a final b; drops words of one letter."""
    return None if len(token) == 1 else token.removesuffix("b")


@given(texts, texts)
@settings(max_examples=60, database=None)
def test_batches_of_texts_are_indexed_like_texts_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, one: list[str], two: list[str]
) -> None:
    splitter = CharacterSplitter()
    profiles = {
        "fast": Profile(splitter, stem),
        "other": Profile(splitter, str),
        "slow": Profile(lambda text: splitter(text), stem),
    }
    answers = []
    for names in (("fast", "other"), ("slow", "other")):
        path = str(tmp_path_factory.mktemp("index"))
        create_index(path, fields.Schema(id=fields.ID(unique=True, stored=True), body=fields.TEXT()))
        with BulkWriter(path, profiles) as writer:
            for number, text in enumerate([*one, *two]):
                profile = "other" if number % 3 == 2 else names[0]
                body = ["ready", "", "made"] if number % 5 == 4 else Text(text, profile)
                writer.add(EngineDocument(str(number), {"body": body}))
        with index.open_dir(path).reader() as reader:
            answers.append(
                [
                    (term, [(number, value) for number, value in reader.postings(*term).items_as("positions")])
                    for term in reader.all_terms()
                    if term[0] == "body"
                ]
            )
            lengths = [reader.doc_field_length(number, "body") for number in range(reader.doc_count_all())]
        for number, text in enumerate([*one, *two]):
            words = splitter(text)
            kept = words if number % 3 == 2 else [word for word in words if stem(word)]
            assert lengths[number] == (2 if number % 5 == 4 else len(kept))
    assert answers[0] == answers[1]


def test_combining_marks_stay_inside_words() -> None:
    assert CharacterSplitter()("مُحَمَّد हिन्दी it's") == ["مُحَمَّد", "हिन्दी", "it", "s"]
    assert CharacterSplitter(joining="'")("it's") == ["it's"]


def test_unregistered_profile_is_refused(tmp_path: Path) -> None:
    create_index(str(tmp_path), fields.Schema(body=fields.TEXT()))
    with BulkWriter(str(tmp_path)) as writer, pytest.raises(Exception, match="'xx' isn't registered"):
        writer.add(EngineDocument("", {"body": Text("a", "xx")}))


@given(st.lists(st.integers(0, PAGE), max_size=60))
@settings(max_examples=100, database=None)
def test_no_document_crosses_a_page_and_none_overlaps_the_next(spans: list[int]) -> None:
    bases = place_documents(np.array(spans, dtype=np.int64)).tolist()
    for base, span in zip(bases, spans, strict=True):
        assert span == 0 or base // PAGE == (base + span - 1) // PAGE
    for base, span, following in zip(bases, spans, bases[1:], strict=False):
        assert base + span <= following


@pytest.mark.parametrize("count", [PAGE - FIELD_GAP, PAGE, PAGE + 10])
def test_phrases_match_in_documents_as_long_as_a_page_and_longer(tmp_path: Path, count: int) -> None:
    path = str(tmp_path / "index")
    create_index(path, fields.Schema(id=fields.ID(unique=True, stored=True), body=fields.TEXT()))
    with BulkWriter(path) as writer:
        writer.add(EngineDocument("long", {"body": ["x"] * (count - 2) + ["a", "b"]}))
        writer.add(EngineDocument("short", {"body": ["b", "a"]}))
        writer.add(EngineDocument("phrase", {"body": ["a", "b"]}))
    reader = EngineReader.open(path)
    assert reader.evaluate(query.Phrase("body", ["a", "b"])).docs.tolist() == [0, 2]
    assert reader.evaluate(query.Phrase("body", ["x", "b"], slop=2)).docs.tolist() == [0]


def test_phrase_of_frequent_words_is_the_same_page_by_page_as_document_by_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "index")
    create_index(path, fields.Schema(id=fields.ID(unique=True, stored=True), body=fields.TEXT()))
    source = np.random.default_rng(3)
    with BulkWriter(path) as writer:
        for number in range(3_000):
            words = ["a", "b", "c", "d"]
            writer.add(
                EngineDocument(
                    str(number),
                    {"body": [words[place] for place in source.integers(0, 4, int(source.integers(1, 90)))]},
                )
            )
    reader = EngineReader.open(path)
    for node in (
        query.Phrase("body", ["a", "b"]),
        query.Phrase("body", ["a", "a", "b", "c"]),
        query.Phrase("body", ["d", "d", "d"]),
    ):
        monkeypatch.setattr("search.engine.searching.phrases.PAGED_LEAST", 1)
        paged = reader.evaluate(node).docs.tolist()
        monkeypatch.setattr("search.engine.searching.phrases.PAGED_LEAST", 10**9)
        assert paged == reader.evaluate(node).docs.tolist()
        assert paged


def segment(doc_count: int, deleted: int = 0) -> ArraySegment:
    made = ArraySegment("MAIN")
    made.set_doc_count(doc_count)
    made.files = {".inv": (doc_count * 1_000, 0)}
    for number in range(deleted):
        made.delete_document(number)
    return made


def test_few_segments_are_left_alone_and_a_full_size_class_is_merged() -> None:
    assert choose([segment(5) for _ in range(FANOUT - 1)]) == []
    assert len(choose([segment(100_000), *(segment(5) for _ in range(FANOUT))])) == FANOUT
    assert choose([segment(20_000) for _ in range(FANOUT)]) == [], "that much isn't merged within a commit"
    assert len(choose([segment(7_000) for _ in range(FANOUT)])) == 2, "as much as may be is"


def test_large_segment_is_not_merged_again_for_a_few_small_ones() -> None:
    small = [segment(5) for _ in range(FANOUT)]
    assert len(choose([segment(10_000), *small])) == FANOUT
    assert choose([segment(10_000), *small[1:]]) == []


def test_classes_filled_by_what_is_merged_below_are_merged_along() -> None:
    assert len(choose([*(segment(100) for _ in range(FANOUT - 1)), *(segment(60) for _ in range(FANOUT))])) == (
        2 * FANOUT - 1
    )


def test_segment_mostly_deleted_is_rewritten() -> None:
    assert [chosen.doc_count_all() for chosen in choose([segment(10, 6), segment(10)])] == [10]


def test_many_small_commits_leave_few_segments_and_every_document(tmp_path: Path) -> None:
    path = str(tmp_path / "index")
    create_index(path, fields.Schema(id=fields.ID(unique=True, stored=True), body=fields.TEXT()))
    for number in range(60):
        with BulkWriter(path) as writer:
            writer.add(EngineDocument(str(number), {"body": ["a", f"w{number}"]}))
    reader = EngineReader.open(path)
    assert reader.doc_count == 60
    assert len(re.findall(r"\.inv", " ".join(path.name for path in (tmp_path / "index").iterdir()))) < 2 * FANOUT
    assert len(reader.evaluate(query.Term("body", "a"))) == 60


@pytest.mark.parametrize(("within", "left"), [(0, 5), (10, 5), (100_000_000, 1)])
def test_a_commit_merges_the_segments_that_fit_in_a_number_of_bytes(tmp_path: Path, within: int, left: int) -> None:
    path = str(tmp_path / "index")
    create_index(path, fields.Schema(id=fields.ID(unique=True, stored=True), body=fields.TEXT()))
    for number in range(5):
        with BulkWriter(path) as writer:
            writer.add(EngineDocument(str(number), {"body": ["a"]}))
            writer.commit(merge=False)
    with BulkWriter(path) as writer:
        assert writer.segment_count == 5
        writer.commit(merge=False, within=within)
    with BulkWriter(path) as writer:
        assert writer.segment_count == left
    assert len(EngineReader.open(path).evaluate(query.Term("body", "a"))) == 5
