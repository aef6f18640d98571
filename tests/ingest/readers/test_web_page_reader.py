"""Files of saved pages into records."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from search.bounds import MAX_AUTHOR_CHARACTERS
from search.ingest.readers import html
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import Gaps
from search.ingest.records import Failure, NoArticle, Record, Source
from tests.ingest.opened import open_file
from tests.ingest.webpages.invented import PARAGRAPHS, jsonld, meta, page


def read(path: Path, gaps: Gaps | None = None) -> Record | Failure | NoArticle:
    with open_file(path) as opened:
        source = Source(path.name, "", opened.content_hash, "html", opened.encoding)
        (only,) = html.read_html(opened, source, gaps or Gaps(), Notes())
    return only if isinstance(only, Failure) else html.answer(only).items[0]


def record(path: Path, gaps: Gaps | None = None) -> Record:
    found = read(path, gaps)
    assert isinstance(found, Record), found
    return found


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_page_is_one_record(tmp_path: Path) -> None:
    head = meta(og__site_name="The Velmora Post", og__url="https://velmora.example/a") + jsonld(
        {"headline": "Terminal closes", "datePublished": "2024-03-01T09:00:00Z", "author": {"name": "Ada Brink"}}
    )
    found = record(write(tmp_path / "a.html", page(head=head)))
    assert (found.title, found.author, found.outlet) == ("Terminal closes", "Ada Brink", "The Velmora Post")
    assert found.date is not None
    assert (found.date.iso, found.url) == ("2024-03-01", "https://velmora.example/a")
    assert found.text.split("\n") == list(PARAGRAPHS)


def test_gzip_is_read_alike(tmp_path: Path) -> None:
    plain = record(write(tmp_path / "a.html", page()))
    packed = record(write(tmp_path / "a.html.gz", gzip.compress(page().encode())))
    assert (plain.title, plain.text) == (packed.title, packed.text)


@pytest.mark.parametrize("packed", [False, True])
def test_the_charset_that_a_page_states_goes_before_a_guess(tmp_path: Path, packed: bool) -> None:
    text = f'<html><head><meta charset="iso-8859-2"><title>Żółta łódź</title></head><body><p>{"Łódź płynie. " * 30}'
    data = text.encode("iso-8859-2")
    path = write(tmp_path / ("a.html.gz" if packed else "a.html"), gzip.compress(data) if packed else data)
    assert record(path).title == "Żółta łódź"


def test_the_outlet_given_for_the_run_fills_a_gap_only(tmp_path: Path) -> None:
    bare = write(tmp_path / "a.html", "<html><body><h1>Title of it</h1><p>" + PARAGRAPHS[0])
    assert record(bare, Gaps(outlet="Given")).outlet == "Given"


def test_files_of_one_name_with_other_titles_have_other_ids(tmp_path: Path) -> None:
    ids = set()
    for folder, title in (("a", "One title of a page"), ("b", "Another title of a page")):
        (tmp_path / folder).mkdir()
        ids.add(record(write(tmp_path / folder / "index.html", page(head=meta(og__title=title)))).external_id)
    assert len(ids) == 2


def test_a_text_long_enough_to_be_looked_at_keeps_no_stated_language(tmp_path: Path) -> None:
    assert record(write(tmp_path / "a.html", page(lang="fr"))).language == ""
    assert record(write(tmp_path / "b.html", page(lang="fr", body="<p>Court.</p>"))).language == "fr"


def test_more_authors_than_the_field_takes_are_left_out_whole(tmp_path: Path) -> None:
    people = [{"@type": "Person", "name": f"Ada Brink Number {chr(97 + i % 26)}{i}"} for i in range(59)]
    author = record(write(tmp_path / "a.html", page(head=jsonld({"headline": "x", "author": people})))).author
    assert len(author) <= MAX_AUTHOR_CHARACTERS
    assert author.split(", ")[-1].startswith("Ada Brink Number")


def test_a_page_larger_than_the_bound_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_PAGE_BYTES", 1024 * 1024)
    found = read(write(tmp_path / "a.html", page() + " " * (1024 * 1024)))
    assert isinstance(found, Failure)
    assert found.reason == "the page is larger than 1 MB"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("just text", "no HTML"), ("<html><body></body></html>", "no article"), ("<div>" * 5_000, "deeper")],
)
def test_what_is_no_article_is_a_failure_with_a_reason(tmp_path: Path, text: str, reason: str) -> None:
    found = read(write(tmp_path / "a.html", text))
    assert isinstance(found, Failure)
    assert reason in found.reason


def test_damaged_gzip_is_a_failure(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html.gz", gzip.compress(page().encode() * 50)[:-200])
    assert isinstance(read(path), Failure)
