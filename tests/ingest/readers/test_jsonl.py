"""JSON lines into records: what is taken, what is refused with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from search.ingest.readers import jsonl
from search.ingest.readers.jsonl import read_jsonl
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import Gaps
from search.ingest.records import Failure, Record, Source
from tests.ingest.opened import open_file


def read(path: Path, data: bytes, notes: Notes | None = None, outlet: str = "") -> list[Record | Failure]:
    file = path / "a.jsonl"
    file.write_bytes(data)
    with open_file(file) as opened:
        source = Source("a.jsonl", "c", opened.content_hash, "jsonl", opened.encoding)
        return list(read_jsonl(opened, source, Gaps(outlet), notes or Notes()))


def read_one(path: Path, **values: Any) -> Record | Failure:
    (found,) = read(path, json.dumps(values).encode())
    return found


def taken(path: Path, **values: Any) -> Record:
    found = read_one(path, **values)
    assert isinstance(found, Record)
    return found


def refused(path: Path, line: bytes) -> str:
    (found,) = read(path, line)
    assert isinstance(found, Failure)
    assert (found.file, found.line) == ("a.jsonl", 1)
    return found.reason


def test_only_text_is_required(tmp_path: Path) -> None:
    found = taken(tmp_path, text="First line\nSecond line")
    assert (found.title, found.text) == ("First line", "First line\nSecond line")


def test_a_missing_title_is_the_first_line_cut_at_a_word(tmp_path: Path) -> None:
    found = taken(tmp_path, text="\n" + "word " * 100 + "\nmore")
    assert found.title == ("word " * 40).strip()
    assert found.text.endswith("more")


def test_a_first_line_without_spaces_is_cut_at_200_characters(tmp_path: Path) -> None:
    assert taken(tmp_path, text="港" * 300).title == "港" * 200


def test_a_word_that_ends_at_200_characters_stays_whole(tmp_path: Path) -> None:
    assert taken(tmp_path, text="a" * 99 + " " + "b" * 100 + " c").title == "a" * 99 + " " + "b" * 100


def test_a_title_without_a_text_has_an_empty_body(tmp_path: Path) -> None:
    assert taken(tmp_path, title="Only a title").text == ""
    assert taken(tmp_path, title="Only a title", text=None).text == ""


@pytest.mark.parametrize(
    "line", [b"{}", b'{"title": "", "text": " \\n "}', b'{"id": "1", "title": null, "text": null}']
)
def test_neither_title_nor_text_is_a_failure(tmp_path: Path, line: bytes) -> None:
    assert refused(tmp_path, line) == "neither a title nor a text"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"text": "cut', "not JSON"),
        (b'{"text": NaN}', "not JSON"),
        (b"[1, 2]", "a list"),
        (b'"text"', "a string"),
        (b"17", "a number"),
        (b"null", "null"),
        (b"true", "true or false"),
        (b"[" * 100_000, "not JSON"),
        (b'{"text": 3}', "'text' is not a string but a number"),
        (b'{"text": "x", "published": 2020}', "'published' is not a string but a number"),
        (b'{"text": "x", "author": [true]}', "'author' is not a string but a list"),
        (b'{"text": "x", "id": true}', "'id' is not a string but true or false"),
        (b'{"text": "x", "outlet": {"size": 3}}', "'outlet' is not a string but an object"),
    ],
)
def test_a_line_that_is_no_record_is_refused_with_the_reason(tmp_path: Path, line: bytes, said: str) -> None:
    assert said in refused(tmp_path, line)


def test_lines_after_a_broken_one_are_read_with_their_own_numbers(tmp_path: Path) -> None:
    found = read(tmp_path, b'{"text": "one"}\n\n{broken\n{"text": "four"}\n')
    assert [getattr(item, "first_line", None) or getattr(item, "line", None) for item in found] == [1, 3, 4]


def test_a_title_over_the_limit_is_refused(tmp_path: Path) -> None:
    assert "1,000,000 characters" in refused(tmp_path, json.dumps({"title": "x" * 1_000_000, "text": "y"}).encode())


@pytest.mark.parametrize(("key", "limit"), [("outlet", 200), ("author", 500), ("id", 500)])
def test_labels_over_their_limit_are_refused_by_name(tmp_path: Path, key: str, limit: int) -> None:
    taken(tmp_path, text="x", **{key: "n" * limit})
    assert f"'{key}'" in refused(tmp_path, json.dumps({"text": "x", key: "n" * (limit + 1)}).encode())


@pytest.mark.parametrize("url", ["ftp://a.example/1", "http://[oops", "nonsense"])
def test_an_address_that_no_page_may_link_to_is_left_out_and_said(tmp_path: Path, url: str) -> None:
    notes = Notes()
    (found,) = read(tmp_path, json.dumps({"text": "x", "url": url}).encode(), notes)
    assert isinstance(found, Record)
    assert found.url == ""
    assert "addresses that are not http(s)" in notes.lines()[0]


def test_unknown_keys_are_counted_and_named(tmp_path: Path) -> None:
    notes = Notes()
    read(tmp_path, b'{"text": "x", "section": 1, "tags": []}\n{"text": "y", "tags": 2}\n', notes)
    assert notes.unknown_keys == {"tags": 2, "section": 1}


def test_nul_and_other_control_characters_go(tmp_path: Path) -> None:
    found = taken(tmp_path, title="A\x00B\x1b", text="one\x00\r\ntwo\rthree\tfour\x85")
    assert (found.title, found.text) == ("AB", "one\ntwo\nthree\tfour")


def test_half_a_surrogate_pair_is_replaced(tmp_path: Path) -> None:
    (found,) = read(tmp_path, b'{"text": "cut \\ud83d here"}')
    assert isinstance(found, Record)
    assert found.text == "cut \ufffd here"


def test_a_whole_surrogate_pair_is_its_character(tmp_path: Path) -> None:
    (found,) = read(tmp_path, b'{"text": "sun \\u2600\\ud83c\\udf1e"}')
    assert isinstance(found, Record)
    assert found.text == "sun ☀🌞"


def test_an_id_may_be_a_whole_number(tmp_path: Path) -> None:
    assert taken(tmp_path, id=17, text="x").external_id == "17"


@pytest.mark.parametrize("url", ["", "https://a.example/1"])
def test_a_record_without_an_id_is_known_by_what_it_says(tmp_path: Path, url: str) -> None:
    first, second = taken(tmp_path, text="x", url=url), taken(tmp_path, text="y", url=url)
    assert first.external_id.startswith("sha:")
    assert first.external_id != second.external_id
    assert taken(tmp_path, text="x").external_id == first.external_id


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    (found,) = read(tmp_path, b'\xef\xbb\xbf{"text": "x"}\n')
    assert isinstance(found, Record)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251"])
def test_a_file_in_another_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    text = "Министерство иностранных дел заявило, что переговоры начнутся в понедельник."
    lines = "".join(json.dumps({"id": str(n), "text": text}, ensure_ascii=False) + "\n" for n in range(3))
    found = read(tmp_path, lines.encode(encoding))
    assert [item.text for item in found if isinstance(item, Record)] == [text] * 3


def test_one_line_in_another_encoding_is_guessed_and_said(tmp_path: Path) -> None:
    notes = Notes()
    text = "Министерство иностранных дел заявило, что переговоры начнутся в понедельник."
    good = json.dumps({"text": "plain " * 60_000}).encode() + b"\n"
    bad = json.dumps({"text": text}, ensure_ascii=False).encode("cp1251") + b"\n"
    found = read(tmp_path, good + bad, notes)
    assert isinstance(found[1], Record)
    assert found[1].text == text
    assert notes.lines() == ["a.jsonl:2 is not UTF-8, read as cp1251"]


def test_a_line_over_the_cap_is_passed_over_and_the_next_one_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 2_000)
    found = read(tmp_path, b'{"text": "' + b"x" * 3_000_000 + b'"}\n{"text": "next"}\n')
    assert isinstance(found[0], Failure)
    assert found[0].line == 1
    assert isinstance(found[1], Record)
    assert (found[1].text, found[1].first_line) == ("next", 2)


def test_input_hashes_tell_every_stated_value_apart(tmp_path: Path) -> None:
    base = {"id": "1", "title": "t", "text": "x", "outlet": "o", "author": "a", "published": "2020", "language": "en"}
    hashes = {taken(tmp_path, **base).input_hash}
    for key in ("title", "text", "outlet", "author", "published", "language"):
        hashes.add(taken(tmp_path, **base | {key: "zz"}).input_hash)
    assert len(hashes) == 7


def test_spacing_and_composition_of_characters_do_not_change_the_content(tmp_path: Path) -> None:
    first = taken(tmp_path, title="Café  news", text="One\ntwo")
    second = taken(tmp_path, title="Cafe\u0301 news", text="One  two ")
    assert first.content_hash == second.content_hash
