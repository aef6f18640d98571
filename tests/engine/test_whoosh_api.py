"""What an application may ask of an index opened by Whoosh itself: the same over these arrays as
over Whoosh's own codec."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from whoosh import fields, highlight, index, query, sorting
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser
from whoosh.query import spans

from search.engine.codec import ArrayCodec
from search.engine.reader import EngineReader
from search.engine.writer import BulkWriter, create_index
from search.engine.writing.batch import EngineDocument
from tests.engine.articles import GONE, TEXTS, document, schema


def term(word: str) -> query.Query:
    return query.Term("body", word)


SPANS = (
    spans.SpanNear(term("quick"), term("fox"), slop=3),
    spans.SpanNear(term("fox"), term("quick"), slop=6, ordered=False),
    spans.SpanNear2([term("quick"), term("brown"), term("fox")], slop=2),
    spans.SpanFirst(term("quick"), limit=1),
    spans.SpanOr([term("fox"), term("dog"), term("moon")]),
    spans.SpanNot(spans.SpanNear(term("quick"), term("fox"), slop=8), term("dog")),
    spans.SpanContains(spans.SpanNear(term("quick"), term("dog"), slop=9), term("brown")),
    spans.SpanBefore(term("brown"), term("dog")),
    spans.SpanCondition(term("fox"), term("trade")),
    query.Phrase("body", ["lazy", "dog"]),
    query.Sequence([term("quick"), term("fox")], slop=3),
    query.Ordered([term("fox"), term("trade")]),
)


@pytest.mark.parametrize("node", SPANS, ids=repr)
def test_span_queries_find_the_same_places(searchers: tuple[Any, Any], node: query.Query) -> None:
    def places(searcher: Any) -> list[Any]:
        found = []
        for leaf, offset in searcher.leaf_searchers():
            matcher = node.matcher(leaf, leaf.context())
            while matcher.is_active():
                found.append(
                    (matcher.id() + offset, [(s.start, s.end, s.startchar, s.endchar) for s in matcher.spans()])
                )
                matcher.next()
        return found

    ours, stock = map(places, searchers)
    assert ours == stock
    assert ours, "a query that finds nothing shows nothing"


@pytest.mark.parametrize(
    "fragmenter", [highlight.ContextFragmenter(), highlight.SentenceFragmenter(), highlight.PinpointFragmenter()]
)
@pytest.mark.parametrize("node", [term("quick"), query.Phrase("body", ["brown", "fox"]), query.Prefix("body", "f")])
def test_highlights_mark_the_same_words(searchers: tuple[Any, Any], node: query.Query, fragmenter: Any) -> None:
    def marked(searcher: Any) -> list[str]:
        results = searcher.search(node, terms=True)
        results.fragmenter = fragmenter
        return [hit.highlights("body") for hit in results]

    ours, stock = map(marked, searchers)
    assert sorted(ours) == sorted(stock)
    assert any('class="match' in text for text in ours)


SORTS: tuple[Any, ...] = (
    "id",
    "n",
    "plain",
    "when",
    sorting.FieldFacet("n", reverse=True),
    sorting.FieldFacet("id", reverse=True),
    sorting.FieldFacet("when", reverse=True),
    [sorting.FieldFacet("flag"), sorting.FieldFacet("when", reverse=True)],
    sorting.StoredFieldFacet("n"),
    sorting.FunctionFacet(lambda searcher, docnum: -docnum),
)


@pytest.mark.parametrize("sortedby", SORTS, ids=range(len(SORTS)))
def test_hits_are_sorted_alike(searchers: tuple[Any, Any], sortedby: Any) -> None:
    for options in ({}, {"reverse": True}, {"limit": 2}):
        ours, stock = ([hit["id"] for hit in s.search(query.Every(), sortedby=sortedby, **options)] for s in searchers)
        assert ours == stock


def test_hits_are_sorted_by_the_engines_own_columns(pair: tuple[Any, Any]) -> None:
    def order(facet: Any) -> str:
        with pair[0].searcher() as searcher:
            return "".join(hit["id"] for hit in searcher.search(query.Every(), sortedby=facet))

    # Of articles 0, 1, 3 and 4 the days are 0, 4, none, 2 and the outlets Herald, Times, none, Herald.
    assert order(sorting.FieldFacet("day")) == "0413"
    assert order(sorting.FieldFacet("day", reverse=True)) == "1403", "without a day comes last either way"
    assert order(sorting.FieldFacet("outlet")) == "3041"
    assert order(sorting.FieldFacet("outlet", reverse=True)) == "1043"


def test_segment_without_a_column_takes_part_in_sorting(tmp_path: Path) -> None:
    path = str(tmp_path / "gaps")
    create_index(path, schema(False))
    for number, values in enumerate(({"day": 5, "outlet": "Herald"}, {}, {"day": 3, "outlet": "Times"})):
        with BulkWriter(path) as bulk:
            bulk.add(EngineDocument(str(number), {}, values))
            bulk.commit(merge=False)
    with index.open_dir(path).searcher() as searcher:
        for name, up, down in (("day", "201", "021"), ("outlet", "102", "201")):
            assert "".join(ids(searcher.search(query.Every(), sortedby=name))) == up
            facet = sorting.FieldFacet(name, reverse=True)
            assert "".join(ids(searcher.search(query.Every(), sortedby=facet))) == down


GROUPS: tuple[Any, ...] = (
    "id",
    "n",
    "plain",
    "flag",
    sorting.FieldFacet("word", allow_overlap=True),
    sorting.RangeFacet("n", 0, 6, 2),
    sorting.DateRangeFacet("when", datetime.datetime(2020, 1, 1), datetime.datetime(2020, 1, 9), datetime.timedelta(2)),
    sorting.QueryFacet({"fox": term("fox"), "dog": term("dog")}, allow_overlap=True),
    sorting.StoredFieldFacet("flag"),
)


@pytest.mark.parametrize("facet", GROUPS, ids=range(len(GROUPS)))
@pytest.mark.parametrize("maptype", [None, sorting.Count, sorting.Best])
def test_hits_are_grouped_alike(searchers: tuple[Any, Any], facet: Any, maptype: Any) -> None:
    groupedby = sorting.Facets().add_field(facet) if isinstance(facet, str) else sorting.Facets().add_facet("by", facet)
    name = facet if isinstance(facet, str) else "by"
    ours, stock = (
        searcher.search(query.Every(), groupedby=groupedby, maptype=maptype).groups(name) for searcher in searchers
    )
    assert ours == stock


def test_hits_are_grouped_by_the_engines_own_columns(pair: tuple[Any, Any]) -> None:
    facets = sorting.Facets().add_field("outlet").add_field("day").add_field("countries", allow_overlap=True)
    with pair[0].searcher() as searcher:
        found = searcher.search(query.Every(), groupedby=facets, maptype=sorting.Count)
        assert found.groups("outlet") == {"Herald": 2, "Times": 1, "": 1}
        backwards = sorting.FieldFacet("outlet", reverse=True, maptype=sorting.Count)
        assert searcher.search(query.Every(), groupedby=backwards).groups() == found.groups("outlet")
        assert found.groups("day") == {0: 1, 4: 1, None: 1, 2: 1}
        assert found.groups("countries") == {"fr": 2, None: 2}
        whole = searcher.search(query.Every(), groupedby="countries", maptype=sorting.Count).groups("countries")
        assert whole == {(): 2, ("fr",): 2}


def ids(results: Any) -> list[str]:
    return [hit["id"] for hit in results]


@pytest.mark.parametrize(
    "options", [{"filter": term("lazy")}, {"mask": term("lazy")}, {"filter": term("fox"), "mask": term("grain")}]
)
def test_filters_and_masks_leave_the_same_hits(searchers: tuple[Any, Any], options: dict[str, Any]) -> None:
    ours, stock = (sorted(ids(searcher.search(term("brown"), **options))) for searcher in searchers)
    assert ours == stock
    assert 0 < len(ours) < 3


def test_pages_hold_the_hits_of_the_whole_list(pair: tuple[Any, Any]) -> None:
    with pair[0].searcher() as searcher:
        whole = ids(searcher.search(query.Every(), limit=None))
        pages = [searcher.search_page(query.Every(), number, pagelen=3) for number in (1, 2)]
        assert [name for page in pages for name in ids(page)] == whole
        assert pages[1].total == len(whole) == 4


def test_scores_and_matched_terms_are_those_of_the_stock_codec(searchers: tuple[Any, Any]) -> None:
    # Lengths below 18 are exact in Whoosh's byte, so the scores can be compared.
    node = query.Or([term("quick"), query.AndMaybe(term("fox"), term("trade")), query.FuzzyTerm("body", "doq")])

    def found(searcher: Any) -> dict[str, Any]:
        results = searcher.search(node, terms=True)
        return {hit["id"]: (pytest.approx(hit.score, rel=1e-5), sorted(hit.matched_terms())) for hit in results}

    ours, stock = map(found, searchers)
    assert ours == stock
    assert len(ours) == 3


def test_similar_documents_and_key_terms_are_the_same(searchers: tuple[Any, Any]) -> None:
    def similar(searcher: Any) -> list[Any]:
        number = searcher.document_number(id="0")
        hit = searcher.search(query.Term("id", "0"))[0]
        return [
            sorted(ids(hit.more_like_this("body", top=3))),
            sorted(ids(searcher.more_like(number, "body"))),
            sorted(searcher.key_terms([number], "body", numterms=4)),
            sorted(hit.results.key_terms("body", numterms=4)),
            sorted(word for word, _ in searcher.key_terms_from_text("body", TEXTS[1], numterms=4)),
        ]

    ours, stock = map(similar, searchers)
    assert [part if not part or isinstance(part[0], str) else [word for word, _ in part] for part in ours] == [
        part if not part or isinstance(part[0], str) else [word for word, _ in part] for part in stock
    ]
    assert ours[0]


def test_documents_are_looked_up_by_value(searchers: tuple[Any, Any]) -> None:
    for searcher in searchers:
        assert searcher.document(id="1")["body"] == TEXTS[1]
        assert sorted(found["id"] for found in searcher.documents(flag=True)) == ["0", "4"]
        assert list(searcher.documents(id=str(GONE))) == []


def test_typed_queries_are_answered_alike(searchers: tuple[Any, Any]) -> None:
    parser = QueryParser("body", schema(False))
    for typed in (
        "quick fox",
        "fox OR moon",
        "quick NOT hound",
        '"brown dog"',
        "fo*",
        "t?e",
        "n:[1 TO 3]",
        "when:2020-01-02",
        "flag:true",
        "outlet:Times",
        "day:4",
    ):
        ours, stock = (sorted(ids(searcher.search(parser.parse(typed)))) for searcher in searchers)
        assert ours == stock, typed


def nested(codec: Any) -> Any:
    """Albums with songs, in two segments."""
    made = index.FileIndex.create(
        RamStorage(),
        fields.Schema(id=fields.ID(stored=True), kind=fields.ID(), title=fields.TEXT(stored=True)),
    )
    for album, songs in (("A", ("red sun", "blue moon")), ("B", ("blue sea",)), ("C", ("green tea", "red wine"))):
        writer = made.writer(codec=codec)
        with writer.group():
            writer.add_document(id=album, kind="album", title=f"album {album}")
            for number, song in enumerate(songs):
                writer.add_document(id=f"{album}{number}", kind="song", title=song)
        writer.commit(merge=False)
    return made


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (query.NestedParent(query.Term("kind", "album"), query.Term("title", "blue")), ["A", "B"]),
        (query.NestedChildren(query.Term("kind", "album"), query.Term("id", "C")), ["C0", "C1"]),
    ],
)
def test_nested_documents_are_found_from_either_side(node: query.Query, expected: list[str]) -> None:
    for codec in (ArrayCodec(), None):
        with nested(codec).searcher() as searcher:
            assert sorted(ids(searcher.search(node))) == expected


def test_index_is_changed_through_whooshs_own_writer(tmp_path: Path) -> None:
    path = str(tmp_path / "own")
    create_index(path, schema(False))
    opened = index.open_dir(path)
    writer = opened.writer(codec=ArrayCodec())
    for number, text in enumerate(TEXTS):
        writer.add_document(id=str(number), **document(number, text))
    writer.commit()
    writer = opened.writer(codec=ArrayCodec())
    writer.add_field("extra_*", fields.TEXT(), glob=True)
    writer.remove_field("word")
    assert writer.delete_by_query(term("hound")) == 1
    writer.update_document(id="0", body="changed words")
    writer.add_document(id="9", extra_note="dynamic words")
    writer.commit(optimize=True)
    with opened.searcher() as searcher:
        assert sorted(ids(searcher.search(query.Every()))) == ["0", "1", "2", "3", "9"]
        assert ids(searcher.search(term("changed"))) == ["0"]
        assert ids(searcher.search(query.Term("extra_note", "dynamic"))) == ["9"]
        assert "word" not in searcher.reader().indexed_field_names()
    assert opened.doc_count() == 5
    assert index.exists_in(path)


OTHERS = (
    query.Variations("body", "fox"),
    query.Sequence([term("quick"), term("fox")], slop=3),
    query.Ordered([term("fox"), term("trade")]),
    query.Otherwise(term("nosuch"), term("fox")),
    query.Or([term("fox"), term("quick")], scale=0.5),
    query.NestedParent(query.Term("flag", True), term("fox")),
    query.NestedChildren(query.Term("flag", True), term("lazy")),
)


@pytest.mark.parametrize("node", OTHERS, ids=repr)
def test_queries_the_evaluator_leaves_to_whoosh_find_what_whoosh_finds(
    pair: tuple[Any, Any], node: query.Query
) -> None:
    reader = EngineReader.open(pair[0].storage.folder)
    with pair[0].searcher() as searcher:
        expected = sorted(ids(searcher.search(node, limit=None)))
    assert sorted(reader.stored(number)["id"] for number in reader.evaluate(node).docs.tolist()) == expected
