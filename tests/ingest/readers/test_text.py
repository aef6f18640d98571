"""Saved pages into records."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.ingest.readers import text
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import Gaps
from search.ingest.readers.text import TextTask, read_text, split_text
from search.ingest.records import Failure, Record, Source
from search.ingest.splitting.article import PageArticle
from search.ingest.splitting.remainder import SplitPage
from tests.ingest.opened import open_file

BODY = "The council said on Monday that the bridge over the river would open in spring. " * 3


def read(path: Path, data: bytes, name: str = "page.txt") -> list[Record | Failure]:
    file = path / name
    file.write_bytes(data)
    with open_file(file) as opened:
        source = Source(name, "c", opened.content_hash, "text", opened.encoding)
        tasks = list(read_text(opened, source, Gaps(), Notes()))
    return [item for task in tasks for item in (split_text(task).items if isinstance(task, TextTask) else [task])]


def split_into(*articles: PageArticle) -> object:
    return lambda _text: SplitPage(articles, (), is_doubtful=False)


def test_an_article_keeps_its_lines_and_is_named_after_file_and_title(tmp_path: Path) -> None:
    (found,) = read(tmp_path, f"\n\nA bridge is promised\n\n{BODY}\n".encode())
    assert isinstance(found, Record)
    assert (found.title, found.first_line) == ("A bridge is promised", 3)
    assert found.external_id.startswith("page#")


def test_articles_with_one_title_get_different_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twice = (PageArticle(1, 2, "Weather", "Rain."), PageArticle(3, 4, "Weather", "Sun."))
    monkeypatch.setattr(text, "split_whole_page", split_into(*twice))
    first, second = read(tmp_path, b"anything")
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert second.external_id == f"{first.external_id}-2"


def test_a_title_over_the_limit_is_a_failure_and_the_other_articles_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = (PageArticle(1, 2, "x" * 1_000_000, "Rain."), PageArticle(3, 4, "Weather", "Sun."))
    monkeypatch.setattr(text, "split_whole_page", split_into(*articles))
    first, second = read(tmp_path, b"anything")
    assert isinstance(first, Failure)
    assert first.line == 1
    assert isinstance(second, Record)


def test_carriage_returns_end_lines(tmp_path: Path) -> None:
    (found,) = read(tmp_path, f"A bridge is promised\r\n\r\n{BODY}\r\n".encode())
    assert isinstance(found, Record)
    assert "\r" not in found.text
    assert found.first_line == 1


def test_a_page_over_the_cap_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MAX_PAGE_BYTES", 1000)
    (found,) = read(tmp_path, b"x" * 1001)
    assert isinstance(found, Failure)
    assert "larger" in found.reason


def test_a_page_of_blanks_is_refused(tmp_path: Path) -> None:
    (found,) = read(tmp_path, b" \n\n\t\n")
    assert isinstance(found, Failure)
    assert "empty" in found.reason
