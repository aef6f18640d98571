"""Bugs of Whoosh 2.7.5 that touch the index: what the engine does instead. Each test names its bug."""

from __future__ import annotations

import datetime
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh import fields, index, query
from whoosh.filedb.filestore import RamStorage
from whoosh.index import LockError

from search.engine.codec import ArrayCodec
from search.engine.errors import DocumentError, EngineError, UnsupportedFieldError
from search.engine.reader import EngineReader
from search.engine.storage.fields import FacetField, IntField
from search.engine.writer import BulkWriter, create_index
from search.engine.writing.batch import EngineDocument


def schema() -> fields.Schema:
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        body=fields.TEXT(),
        tag=FacetField(),
        tags=FacetField(multi=True),
        day=IntField(),
        u=fields.NUMERIC(int, 32, signed=False),
    )


def doc(key: str, words: str = "", **values: object) -> EngineDocument:
    return EngineDocument(key, {"body": words.split()}, values)


@pytest.fixture
def path(tmp_path: Path) -> str:
    folder = str(tmp_path / "index")
    create_index(folder, schema())
    return folder


def write(path: str, *documents: EngineDocument, merge: bool = True) -> None:
    with BulkWriter(path) as writer:
        writer.add_all(documents)
        writer.commit(merge=merge)


def keys(reader: EngineReader, node: object) -> list[str]:
    return sorted(reader.stored(number)["id"] for number in reader.evaluate(node).docs.tolist())


def test_refreshed_reader_returns_neither_deleted_nor_duplicate_documents(path: str) -> None:
    write(path, doc("1", "old"), doc("2", "other"))
    reader = EngineReader.open(path)
    write(path, doc("1", "new"), merge=False)
    assert reader.refreshed() is not reader
    assert keys(reader.refreshed(), query.Every()) == ["1", "2"]
    assert keys(reader.refreshed(), query.Term("body", "old")) == []
    assert keys(reader, query.Term("body", "old")) == ["1"], "the old snapshot stays as it was"


def test_refreshed_reader_is_the_same_where_nothing_was_committed(path: str) -> None:
    reader = EngineReader.open(path)
    assert reader.up_to_date()
    assert reader.refreshed() is reader


def test_refused_document_leaves_no_postings_to_the_next_one(path: str) -> None:
    with BulkWriter(path) as writer:
        with pytest.raises(DocumentError, match="day"):
            writer.add(doc("1", "ghost", day="not a number"))
        writer.add(doc("2", "real"))
    reader = EngineReader.open(path)
    assert keys(reader, query.Term("body", "ghost")) == []
    assert keys(reader, query.Every()) == ["2"]


def test_document_with_an_unknown_field_is_refused(path: str) -> None:
    with BulkWriter(path) as writer, pytest.raises(DocumentError, match="nosuch"):
        writer.add(EngineDocument("1", {"nosuch": ["a"]}))


def test_field_given_twice_is_refused(path: str) -> None:
    with BulkWriter(path) as writer, pytest.raises(DocumentError, match="both"):
        writer.add(EngineDocument("1", {"body": ["a"]}, {"body": "b"}))


def test_exception_in_the_block_cancels_and_releases_the_lock(path: str) -> None:
    def broken() -> Iterator[EngineDocument]:
        yield doc("1", "a")
        raise RuntimeError

    with pytest.raises(RuntimeError), BulkWriter(path) as writer:
        writer.add_all(broken())
    write(path, doc("2", "b"))
    assert keys(EngineReader.open(path), query.Every()) == ["2"]


def test_failed_commit_releases_the_lock_and_leaves_no_files(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, doc("1", "a"))
    before = sorted(os.listdir(path))

    def full_disk(*_toc: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("whoosh.index.TOC.write", full_disk)
        writer = BulkWriter(path)
        writer.add(doc("2", "b"))
        with pytest.raises(OSError, match="disk full"):
            writer.commit()
    assert sorted(os.listdir(path)) == before
    write(path, doc("3", "c"))
    assert keys(EngineReader.open(path), query.Every()) == ["1", "3"]


def test_two_updates_of_one_key_in_a_batch_leave_one_document(path: str) -> None:
    write(path, doc("1", "first"), doc("1", "second"))
    reader = EngineReader.open(path)
    assert reader.doc_count == 1
    assert keys(reader, query.Term("body", "first")) == []
    assert keys(reader, query.Term("body", "second")) == ["1"]


def test_delete_after_add_in_one_batch_deletes(path: str) -> None:
    with BulkWriter(path) as writer:
        writer.add(doc("1", "a"))
        writer.delete("1")
    assert EngineReader.open(path).doc_count == 0


def test_reader_shared_between_threads_gives_every_thread_the_same_answer(path: str) -> None:
    write(path, *(doc(str(number), f"w{number % 7} w{number % 3} common") for number in range(300)))
    node = query.Or(
        [query.Term("body", "w1"), query.Phrase("body", ["w2", "common"]), query.Variations("body", "common")]
    )
    expected = EngineReader.open(path).evaluate(node)
    reader = EngineReader.open(path)
    wrong: list[int] = []

    def search() -> None:
        for _ in range(20):
            found = reader.evaluate(node)
            if found.docs.tolist() != expected.docs.tolist() or found.scores.tolist() != expected.scores.tolist():
                wrong.append(1)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_opening_survives_commits_that_remove_the_files_being_opened(path: str) -> None:
    write(path, doc("0", "a"))
    done = threading.Event()
    seen: list[int] = []
    errors: list[BaseException] = []

    def read() -> None:
        while not done.is_set():
            try:
                seen.append(EngineReader.open(path).doc_count)
            except (OSError, EngineError, index.EmptyIndexError) as error:
                errors.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    for number in range(40):
        with BulkWriter(path) as writer:
            writer.add(doc(str(number), "a"))
            writer.commit(optimize=True)
    done.set()
    thread.join()
    assert not errors
    assert seen == sorted(seen)


def test_range_over_an_unsigned_field_returns_the_right_documents(path: str) -> None:
    numbers = (0, 1, 15, 16, 2**31 - 1, 2**31, 2**32 - 2)
    write(path, *(doc(str(number), u=number) for number in numbers))
    reader = EngineReader.open(path)
    for low, high in ((0, 16), (1, 2**31), (2**31, None), (None, 15), (2**32 - 2, 2**32 - 1)):
        expected = sorted(str(n) for n in numbers if (low is None or n >= low) and (high is None or n <= high))
        assert keys(reader, query.NumericRange("u", low, high)) == expected


def test_range_bounds_outside_the_field_match_what_is_inside(path: str) -> None:
    write(path, doc("1", u=5))
    assert keys(EngineReader.open(path), query.NumericRange("u", -5, 2**40)) == ["1"]
    assert keys(EngineReader.open(path), query.NumericRange("u", 2**40, None)) == []


def test_missing_number_is_missing_not_a_huge_number(path: str) -> None:
    write(path, doc("1", day=3), doc("2"))
    column = EngineReader.open(path).ints("day")
    assert column.mask(None, None).tolist() == [True, False]
    assert column.ints.tolist() == [3, column.missing]


def test_expansion_of_patterns_stops_in_time_and_says_so(path: str) -> None:
    write(path, *(doc(str(number), " ".join(f"w{number}x{place}" for place in range(1000))) for number in range(20)))
    reader = EngineReader.open(path)
    for node in (
        query.Wildcard("body", "*x9*"),
        query.Regex("body", ".*x9"),
        query.Prefix("body", "w", constantscore=False),
    ):
        cuts = reader.evaluate(node, expansion_seconds=0.0).cuts
        assert len(cuts) == 1
        assert 0 < cuts[0].looked_at < cuts[0].of
        assert reader.evaluate(node, expansion_seconds=60).cuts == []


def test_filter_that_allows_nothing_allows_nothing(path: str) -> None:
    write(path, doc("1", "a", tag="x"))
    reader = EngineReader.open(path)
    selection = reader.evaluate(query.Every()).filtered({"tag": reader.codes("tag").mask([])})
    assert selection.total == 0
    assert selection.top(10)[0].tolist() == []


def test_facet_counts_every_value_of_several(path: str) -> None:
    write(path, doc("1", tags=["a", "b"]), doc("2", tags=["b", "b"]), doc("3"))
    reader = EngineReader.open(path)
    assert reader.evaluate(query.Every()).filtered().facet(reader.codes("tags")) == {"a": 1, "b": 2}


def test_field_lengths_are_exact(path: str) -> None:
    write(path, doc("1", "a " * 12345))
    with index.open_dir(path).reader() as whoosh_reader:
        assert whoosh_reader.doc_field_length(0, "body") == 12345


def test_andnot_drops_an_excluded_first_document(path: str) -> None:
    write(path, doc("1", "b"), doc("2", "a b"), doc("3", "a"))
    node = query.AndNot(query.Term("body", "a"), query.Term("body", "b"))
    reader = EngineReader.open(path)
    assert keys(reader, node) == ["3"]
    with index.open_dir(path).searcher() as searcher:
        assert {hit["id"] for hit in searcher.search(node)} == {"2", "3"}, (
            "Whoosh got it right: drop this bug from the list"
        )


def test_constant_score_of_expanded_terms_does_not_depend_on_how_many_there_are(path: str) -> None:
    write(path, doc("1", "aa"), doc("2", "ab"), doc("3", "ac"))
    for node in (query.Prefix("body", "aa", 2.0), query.Prefix("body", "a", 2.0)):
        assert set(EngineReader.open(path).evaluate(node).scores.tolist()) == {2.0}


def test_cleared_index_holds_only_what_was_added_afterwards(path: str) -> None:
    write(path, doc("1", "a"))
    with BulkWriter(path) as writer:
        writer.add(doc("2", "b"))
        writer.clear()
        writer.add(doc("3", "c"))
    assert keys(EngineReader.open(path), query.Every()) == ["3"]


def test_document_number_finds_the_live_document_of_a_key(path: str) -> None:
    write(path, doc("1", "old"), doc("2"))
    write(path, doc("1", "new"), merge=False)
    reader = EngineReader.open(path)
    found = reader.document_number("id", "1")
    assert found is not None
    assert found in reader.evaluate(query.Term("body", "new")).docs.tolist()
    assert reader.document_number("id", "3") is None


def test_writer_waits_for_the_lock_only_as_long_as_told(path: str) -> None:
    with BulkWriter(path), pytest.raises(LockError):
        BulkWriter(path, timeout=0.0)


def test_schema_with_two_unique_fields_is_refused(tmp_path: Path) -> None:
    two = fields.Schema(a=fields.ID(unique=True), b=fields.ID(unique=True))
    with pytest.raises(EngineError, match="at most one unique field"):
        create_index(str(tmp_path / "two"), two)


def test_vectors_are_refused_rather_than_lost(tmp_path: Path) -> None:
    folder = str(tmp_path / "vectors")
    create_index(folder, fields.Schema(id=fields.ID(unique=True), body=fields.TEXT(vector=True)))
    with BulkWriter(folder) as writer, pytest.raises(UnsupportedFieldError, match="vectors"):
        writer.add(EngineDocument("1", {"body": ["a"]}))


def test_half_a_surrogate_pair_is_refused_before_anything_is_written(path: str) -> None:
    with BulkWriter(path) as writer:
        with pytest.raises(DocumentError, match="surrogate"):
            writer.add(doc("1", "fine \ud800"))
        writer.add(doc("2", "fine"))
    assert keys(EngineReader.open(path), query.Term("body", "fine")) == ["2"]


def test_index_with_segments_of_another_codec_is_refused_by_name(tmp_path: Path) -> None:
    folder = str(tmp_path / "stock")
    os.makedirs(folder)
    with index.create_in(folder, fields.Schema(body=fields.TEXT())).writer() as writer:
        writer.add_document(body="a")
    with pytest.raises(EngineError, match="another codec"):
        EngineReader.open(folder)


def test_spans_and_highlights_work_through_ordinary_matchers() -> None:
    ix = index.FileIndex.create(
        RamStorage(), fields.Schema(body=fields.TEXT(stored=True, chars=True), when=fields.DATETIME(stored=True))
    )
    with ix.writer(codec=ArrayCodec()) as writer:
        writer.add_document(body="The quick brown fox", when=datetime.datetime(2020, 1, 2))
    with ix.searcher() as searcher:
        hits = searcher.search(query.Phrase("body", ["quick", "brown"]), terms=True)
        assert "brown" in hits[0].highlights("body")
        assert hits[0]["when"] == datetime.datetime(2020, 1, 2)
        matcher = query.spans.SpanNear(query.Term("body", "quick"), query.Term("body", "fox"), slop=2).matcher(
            searcher, searcher.context()
        )
        assert [(span.start, span.end, span.startchar) for span in matcher.spans()] == [(1, 3, 4)]


def test_span_not_answers_where_the_excluded_word_is_absent(path: str) -> None:
    write(path, doc("1", "a b"), doc("2", "b"))
    node = query.spans.SpanNot(query.Term("body", "a"), query.Term("body", "absent"))
    assert keys(EngineReader.open(path), node) == ["1"]


def test_sortable_float_is_refused_by_name_before_anything_is_written(tmp_path: Path) -> None:
    folder = str(tmp_path / "floats")
    create_index(folder, fields.Schema(id=fields.ID(unique=True), price=fields.NUMERIC(float, sortable=True)))
    with BulkWriter(folder) as writer, pytest.raises(UnsupportedFieldError, match="price"):
        writer.add(EngineDocument("1", {}, {"price": 1.5}))


def test_boost_of_a_field_counts(path: str, tmp_path: Path) -> None:
    scores = []
    for boost in (1.0, 2.0):
        folder = str(tmp_path / f"boost{boost}")
        create_index(folder, fields.Schema(id=fields.ID(unique=True), body=fields.TEXT(field_boost=boost)))
        write(folder, doc("1", "a"), doc("2", "a b"))
        scores.append(EngineReader.open(folder).evaluate(query.Term("body", "a")).scores)
    assert (scores[1] > scores[0]).all()


def test_fields_named_by_a_pattern_are_searched_like_others(tmp_path: Path) -> None:
    folder = str(tmp_path / "patterns")
    made = fields.Schema(id=fields.ID(unique=True, stored=True))
    for name, kind in (
        ("*_text", fields.TEXT()),
        ("*_number", fields.NUMERIC()),
        ("*_day", IntField()),
        ("*_tag", FacetField()),
    ):
        made.add(name, kind, glob=True)
    create_index(folder, made)
    write(folder, EngineDocument("1", {"any_text": ["word", "here"]}, {"any_number": 7, "any_day": 9, "any_tag": "x"}))
    write(folder, EngineDocument("2", {"any_text": ["here"]}, {"other_day": 3}), merge=False)
    with BulkWriter(folder) as writer:
        writer.commit(optimize=True)
    reader = EngineReader.open(folder)
    for node in (
        query.Phrase("any_text", ["word", "here"]),
        query.NumericRange("any_number", 5, 8),
        query.NumericRange("any_day", 9, None),
        query.Term("any_tag", "x"),
    ):
        assert keys(reader, node) == ["1"], node
    assert reader.ints("any_day").mask(None, None).tolist() == [True, False]
