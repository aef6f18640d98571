"""Inverting and placing stretch by stretch, compared with a plain dictionary; stretches of a few
items cross every boundary."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from search.engine.codec import ArraySegment
from search.engine.storage.container import open_container
from search.engine.storage.fieldwriter import PostingsFile
from search.engine.storage.postings import PAGE, FieldArrays, FieldPostings
from search.engine.storage.segment import POSTINGS_EXT
from search.engine.storage.termsreader import open_fields
from search.engine.writing import invert

TABLE = [b"pear", b"fig", b"", b"plum", b"apple"]
pytestmark = pytest.mark.usefixtures("short_stretches")
documents = st.lists(st.lists(st.integers(-1, len(TABLE) - 1), max_size=9), max_size=12)


def inverted(texts: list[list[int]], *, with_positions: bool = True) -> FieldPostings:
    numbers = np.array([number for text in texts for number in text], dtype=np.int32)
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    return invert.invert(numbers, lengths, TABLE, with_positions)


def model(texts: list[list[int]]) -> dict[bytes, dict[int, list[int]]]:
    found: dict[bytes, dict[int, list[int]]] = {}
    for document, text in enumerate(texts):
        for position, number in enumerate(text):
            if number >= 0:
                found.setdefault(TABLE[number], {}).setdefault(document, []).append(position)
    return found


@given(documents)
@settings(database=None)
def test_postings_stand_in_order_of_terms_documents_and_positions(texts: list[list[int]]) -> None:
    postings = inverted(texts)
    expected = model(texts)
    assert postings.terms == sorted(expected)
    lists = [expected[term] for term in postings.terms]
    assert np.diff(postings.starts).tolist() == [len(its) for its in lists]
    assert postings.docs.tolist() == [document for its in lists for document in its]
    freqs = [len(positions) for its in lists for positions in its.values()]
    assert (postings.freqs is None) == all(freq == 1 for freq in freqs)
    assert postings.freqs is None or postings.freqs.tolist() == freqs
    assert postings.positions is not None
    assert postings.positions.tolist() == [at for its in lists for positions in its.values() for at in positions]


@given(documents)
@settings(database=None)
def test_without_positions_a_term_counts_once_a_document(texts: list[list[int]]) -> None:
    postings = inverted(texts, with_positions=False)
    expected = model(texts)
    assert postings.terms == sorted(expected)
    assert postings.docs.tolist() == [document for term in postings.terms for document in expected[term]]
    assert postings.freqs is None
    assert postings.positions is None


@pytest.mark.parametrize("gap", [0, PAGE])
@given(texts=documents)
@settings(database=None, max_examples=40)
def test_positions_are_read_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, gap: int, texts: list[list[int]]
) -> None:
    # A document longer than a page changes how the positions of all are kept.
    texts = [[1, *[-1] * gap, 2], *texts]
    postings = inverted(texts)
    arrays = written(tmp_path_factory.mktemp("segment"), postings, len(texts))
    assert arrays.positions_kind == ("plain" if gap else "paged")
    assert postings.positions is not None
    freqs = np.ones(len(postings.docs), dtype=np.int64) if postings.freqs is None else postings.freqs
    assert arrays.positions(postings.docs, freqs, 0, len(postings.positions)).tolist() == postings.positions.tolist()
    occurrences = np.concatenate(([0], np.cumsum(freqs)))
    starts = [arrays.occurrence_start(number) for number in range(len(postings.terms) + 1)]
    assert starts == occurrences[postings.starts].tolist()


def written(folder: Path, postings: FieldPostings, count: int) -> FieldArrays:
    storage, segment = FileStorage(str(folder)), ArraySegment("TEST")
    segment.set_doc_count(count)
    out = PostingsFile(storage, segment)
    out.add("body", "positions", postings, count)
    out.close()
    return open_fields(open_container(storage, segment.make_filename(POSTINGS_EXT)), count)["body"]
