"""Bytes that are not what they seem, in each kind of file: no letter is lost, and it is said."""

from __future__ import annotations

import json
from pathlib import Path

import brotli
import pytest
import zstandard

from search.ingest.readers.mending import mended
from tests.ingest.files.test_encodings import TEXTS
from tests.ingest.readers.warcs import page, response
from tests.ingest.reading import read_bytes

RUSSIAN, FRENCH = TEXTS["cp1251"], TEXTS["cp1252"]


def feed(text: str, stated: str) -> str:
    return (
        f'<?xml version="1.0" encoding="{stated}"?><rss version="2.0"><channel><title>Tarn</title><item><title>Lamp</title>'
        f"<description>{text}</description></item></channel></rss>"
    )


@pytest.mark.parametrize(("stated", "real"), [
    ("utf-8", "cp1251"), ("windows-1251", "utf-8"), ("koi8-r", "cp1251"), ("windows-1251", "koi8_r"), ("cp-1251", "cp1251"),
    ("nonsense", "cp1251"), ("win-1251", "cp1251"),
])  # fmt: skip
def test_a_feed_is_read_whatever_encoding_it_states(stated: str, real: str, tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "a.rss", feed(RUSSIAN, stated).encode(real)).only.text == RUSSIAN


def test_ampersands_that_a_feed_forgot_to_escape_are_text(tmp_path: Path) -> None:
    text = feed("Bread & butter, D&D night & <![CDATA[salt & pepper]]> &amp; more", "utf-8")
    assert read_bytes(tmp_path, "a.rss", text).only.text == "Bread & butter, D&D night & salt & pepper & more"


@pytest.mark.parametrize("real", ["cp1251", "koi8_r"])
def test_a_page_that_states_another_encoding_is_read_in_its_own(real: str, tmp_path: Path) -> None:
    html = f'<html><head><meta charset="windows-1252"><title>Маяк горит</title></head><body><h1>Маяк горит</h1><p>{RUSSIAN}</p></body></html>'
    found = read_bytes(tmp_path, "a.html", html.encode(real))
    assert found.only.title == "Маяк горит"
    assert f"read as {real}" in found.notes


def test_a_row_in_another_encoding_than_its_table_is_read(tmp_path: Path) -> None:
    rows = ["title,text", f'Été,"{FRENCH}"', f'Hélas,"{FRENCH}"', f'Après,"{FRENCH}"']
    data = "\n".join(rows[:2]).encode() + b"\n" + rows[2].encode("cp1252") + b"\n" + rows[3].encode()
    found = read_bytes(tmp_path, "a.csv", data)
    assert [(each.title, each.text) for each in found.records] == [
        ("Été", FRENCH),
        ("Hélas", FRENCH),
        ("Après", FRENCH),
    ]
    assert "a.csv:3 is not UTF-8, read as cp1252" in found.notes


def test_a_line_in_another_encoding_than_its_page_is_read(tmp_path: Path) -> None:
    data = f"Le phare est rallumé\n\n{FRENCH}\n\n".encode() + FRENCH.replace("gardienne", "femme").encode("cp1252")
    found = read_bytes(tmp_path, "a.txt", data)
    assert "\ufffd" not in found.only.text
    assert "La femme a monté" in found.only.text


@pytest.mark.parametrize("text", [text for name, text in TEXTS.items() if name != "koi8_r"])
def test_a_text_that_was_encoded_twice_is_mended_and_said(text: str, tmp_path: Path) -> None:
    row = {"title": "Lamp", "text": text.encode().decode("latin-1")}
    found = read_bytes(tmp_path, "a.jsonl", json.dumps(row))
    assert found.only.text == text
    assert "encoded twice" in found.notes


@pytest.mark.parametrize("text", [*TEXTS.values(), "Ça & là — « déjà » naïve Ångström Ð þorn", "РОССИЯ, С.-Петербург"])
def test_a_text_that_was_encoded_once_stays_as_it_is(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(("encoding", "packed"), [
    ("br", brotli.compress(page())), ("zstd", zstandard.compress(page())), ("br", page()),
])  # fmt: skip
def test_pages_of_a_crawl_are_unpacked(encoding: str, packed: bytes, tmp_path: Path) -> None:
    record = response("https://www.velmora.com/1", packed, headers=[("Content-Encoding", encoding)])
    assert read_bytes(tmp_path, "a.warc", record).only.title == "Ferry to Batumi sails again"


@pytest.mark.parametrize(("encoding", "packed", "said"), [
    ("br", brotli.compress(page())[:-40], "cut short"), ("zstd", b"\x28\xb5\x2f\xfd\xff\xff\xff", "damaged"),
    ("br", brotli.compress(b"a" * 30_000_000), "larger than 20 MB"), ("zstd", zstandard.compress(b"a" * 30_000_000), "larger than 20 MB"),
    ("lzip", b"x", "'lzip'"),
])  # fmt: skip
def test_a_page_of_a_crawl_that_cannot_be_unpacked_is_told(
    encoding: str, packed: bytes, said: str, tmp_path: Path
) -> None:
    record = response("https://www.velmora.com/1", packed, headers=[("Content-Encoding", encoding)])
    (reason,) = read_bytes(tmp_path, "a.warc", record).failures
    assert said in reason


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "a.csv", "title,text\n").failures == ["the table has a header and no rows"]
