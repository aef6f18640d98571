"""Terms near a misspelling are those a plain table of edit distances finds, whatever is ruled out
before it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields, query

from search.engine.reader import EngineReader
from search.engine.writer import BulkWriter, create_index
from search.engine.writing.batch import EngineDocument

WORDS = st.text(alphabet="abjz*éж", min_size=1, max_size=6)


def distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        following = [place]
        for number, its in enumerate(other, 1):
            following.append(min(row[number] + 1, following[-1] + 1, row[number - 1] + (letter != its)))
        row = following
    return row[-1]


@settings(max_examples=60, database=None)
@given(st.lists(WORDS, min_size=1, max_size=30, unique=True), WORDS, st.integers(1, 3), st.integers(0, 2))
def test_fuzzy_term_finds_what_the_table_of_edit_distances_finds(
    tmp_path_factory: object, words: list[str], text: str, limit: int, prefix: int
) -> None:
    path = str(tmp_path_factory.mktemp("index"))  # type: ignore[attr-defined]
    create_index(path, fields.Schema(body=fields.TEXT()))
    with BulkWriter(path) as writer:
        writer.add_all(EngineDocument("", {"body": [word]}) for word in words)
    node = query.FuzzyTerm("body", text, maxdist=limit, prefixlength=prefix)
    expected = [
        number for number, word in enumerate(words) if word.startswith(text[:prefix]) and distance(word, text) <= limit
    ]
    assert EngineReader.open(path).evaluate(node).docs.tolist() == expected
