"""Looking up terms."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh import fields

from search.engine.reader import EngineReader
from search.engine.storage.postings import SAMPLE_STEP, FieldArrays
from search.engine.writer import BulkWriter, create_index
from search.engine.writing.batch import EngineDocument

TERMS = sorted({f"t{number * 7919 % 10_000}" for number in range(5 * SAMPLE_STEP + 3)} | {"a\nt1\nb", "\n", "z\nz"})


@pytest.fixture
def arrays(tmp_path: Path) -> FieldArrays:
    create_index(str(tmp_path), fields.Schema(id=fields.ID(unique=True, stored=True)))
    with BulkWriter(str(tmp_path)) as writer:
        for term in TERMS:
            writer.add(EngineDocument(term))
    field = EngineReader.open(str(tmp_path)).field("id")
    assert field is not None
    return field.parts[0].arrays


def test_every_term_is_found_at_its_number_even_with_newlines_in_it(arrays: FieldArrays) -> None:
    assert [arrays.find(term.encode()) for term in TERMS] == list(range(len(TERMS)))


@pytest.mark.parametrize("term", ["", "b", "t", "t1\nb", "z", "zz", "a", "~"])
def test_what_is_no_term_is_not_found(arrays: FieldArrays, term: str) -> None:
    assert term not in TERMS
    assert arrays.find(term.encode()) == -1


@pytest.mark.parametrize("prefix", ["", "t", "t1", "t12", "t9999", "a", "\n", "z", "zz", "~"])
def test_terms_that_start_with_something_are_found_across_blocks(arrays: FieldArrays, prefix: str) -> None:
    expected = [(number, term.encode()) for number, term in enumerate(TERMS) if term.startswith(prefix)]
    assert arrays.starting_with(prefix.encode()) == expected
    first, last = arrays.prefix_range(prefix.encode())
    assert list(range(first, last)) == [number for number, _term in expected]
