"""Bad input: each gets a reason that names file and line, and the rest goes on."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.ingest.files.opening import OpenedFile
from search.ingest.limits import MAX_LINE_BYTES
from search.ingest.workers import Labeller
from search.models import Article, SourceDocument
from tests.ingest.runs import ingest, record, statuses, write_jsonl

pytestmark = pytest.mark.django_db(transaction=True)

RUSSIAN = "Министерство иностранных дел заявило, что переговоры начнутся в понедельник в Ереване.\n"
ARABIC = "قالت وزارة الخارجية إن المحادثات ستبدأ يوم الاثنين في يريفان وأضاف المتحدث أن الوفد وصل أمس\n"
TURKISH = "Dışişleri Bakanlığı görüşmelerin pazartesi günü başlayacağını açıkladı. Heyet dün Erivan'a ulaştı.\n"


def with_good_one(folder: Path) -> Path:
    write_jsonl(folder / "good.jsonl", record(1))
    return folder


def test_an_empty_file_is_a_failure_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").touch()
    (tmp_path / "in" / "b.txt").touch()
    (tmp_path / "in" / "c.txt.gz").write_bytes(gzip.compress(b""))
    _, report = ingest(with_good_one(tmp_path / "in"))
    assert [(failure["file"], failure["line"]) for failure in report["failures"]] == [
        ("a.jsonl", None), ("b.txt", None), ("c.txt.gz", None),
    ]  # fmt: skip
    assert all("empty" in failure["reason"] for failure in report["failures"])
    assert statuses(report) == ["new"]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_a_binary_file_is_a_failure(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    _, report = ingest(tmp_path / name)
    assert "binary" in report["failures"][0]["reason"]
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (ARABIC, "cp1256"), (TURKISH, "cp1254")]
)
def test_another_encoding_is_detected_said_and_kept(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((text + "\n" + text * 3).encode(encoding))
    summary, _ = ingest(path)
    article = Article.objects.get()
    assert article.title.split()[0] == text.split()[0]
    assert SourceDocument.objects.get().encoding == encoding
    assert summary.notes.lines() == [f"a.txt is not UTF-8, read as {encoding}"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_other_forms_of_unicode_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    path.write_bytes((mark + RUSSIAN + "\n" + RUSSIAN * 3).encode(encoding))
    ingest(path)
    assert Article.objects.get().title == RUSSIAN.strip()


def test_a_line_of_50_mb_is_a_failure_and_the_next_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(50):
            file.write(b"x" * 1024 * 1024)
        file.write(b'"}\n')
    with path.open("a", encoding="utf-8") as file:
        file.write(write_jsonl(tmp_path / "b.jsonl", record(1)).read_text())
    _, report = ingest(path)
    assert [(failure["line"], failure["reason"]) for failure in report["failures"]] == [
        (1, f"the line is longer than {MAX_LINE_BYTES // 1024**2} MB")
    ]
    assert report["articles"][0]["start_line"] == 2


def test_a_page_of_50_mb_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * 10_500_000)
    _, report = ingest(path)
    assert "larger than" in report["failures"][0]["reason"]


def test_broken_and_non_object_lines_are_failures_with_their_lines(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1), "{broken", "[1]", "", '"x"', record(2))
    _, report = ingest(path)
    assert [failure["line"] for failure in report["failures"]] == [2, 3, 5]
    assert [entry["start_line"] for entry in report["articles"]] == [1, 6]


def test_unknown_keys_are_named_in_the_summary(tmp_path: Path) -> None:
    summary, _ = ingest(write_jsonl(tmp_path / "a.jsonl", record(1, section="x"), record(2, section="y", tags=["z"])))
    assert summary.notes.lines() == [
        "keys that no field takes, left out: section (2, first at a.jsonl:1), tags (1, first at a.jsonl:2)"
    ]
    assert summary.counts.failed == 0


@pytest.mark.parametrize("written", ["2020-13-45", "31 February 2020", "soon", "0000-00-00", "9" * 400])
def test_an_impossible_date_leaves_the_article_undated_and_is_said(tmp_path: Path, written: str) -> None:
    summary, _ = ingest(write_jsonl(tmp_path / "a.jsonl", record(1, published=written)))
    article = Article.objects.get()
    assert (article.published, article.published_precision) == (None, "unknown")
    assert article.published_raw == written[:200]
    assert any(line.startswith("dates that could not be read") for line in summary.notes.lines())
    assert summary.counts.failed == 0


def test_a_title_of_a_million_characters_is_a_failure_with_its_line(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1), record(2, title="x" * 1_000_000))
    _, report = ingest(path)
    assert [(failure["line"], "1,000,000" in failure["reason"]) for failure in report["failures"]] == [(2, True)]


def test_a_first_line_of_a_million_characters_in_a_page_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x" * 1_000_000 + "\n\nA few words more.\n")
    _, report = ingest(path)
    assert len(report["failures"]) + len(report["articles"]) > 0
    assert all(len(title) <= 2000 for title in Article.objects.values_list("title", flat=True))


def test_nul_bytes_go_and_the_text_stays(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1, title="Har\x00bour", text="The \x00pier.")))
    article = Article.objects.get()
    assert (article.title, article.body) == ("Harbour", "The pier.")
    page = tmp_path / "b.txt"
    page.write_bytes(
        b"A bridge\x00 is promised\n\n" + b"The council said that the bridge would open in spring.\x00 " * 4
    )
    ingest(page)
    assert Article.objects.get(title="A bridge is promised")


def test_a_path_that_leads_nowhere_is_a_failure_and_the_rest_goes_on(tmp_path: Path) -> None:
    _, report = ingest(tmp_path / "gone.jsonl", write_jsonl(tmp_path / "a.jsonl", record(1)))
    reason = f"there is no such file or folder: {tmp_path}/gone.jsonl"
    assert report["failures"] == [{"file": "gone.jsonl", "line": None, "reason": reason}]
    assert statuses(report) == ["new"]


def test_a_file_that_vanishes_before_its_turn_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write_jsonl(tmp_path / "a.jsonl", record(1))
    second = write_jsonl(tmp_path / "b.jsonl", record(2))
    start = Labeller.__enter__

    def delete_then_start(labeller: Labeller) -> Labeller:
        second.unlink()
        return start(labeller)

    monkeypatch.setattr(Labeller, "__enter__", delete_then_start)
    _, report = ingest(first, second)
    assert report["failures"] == [{"file": "b.jsonl", "line": None, "reason": "the file is gone"}]
    assert statuses(report) == ["new"]


def test_a_file_that_can_be_read_no_further_keeps_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        """A file on a disk that is pulled out after two lines."""

        def __init__(self, lines: Iterator[bytes]) -> None:
            self._lines = lines

        def readline(self, _size: int = -1, /) -> bytes:
            try:
                return next(self._lines)
            except StopIteration:
                raise OSError(5, os.strerror(5)) from None

    path = write_jsonl(tmp_path / "a.jsonl", record(1), record(2), record(3))
    lines = path.read_bytes().splitlines(keepends=True)[:2]
    whole = OpenedFile

    def opened(_stream: object, *rest: object, **options: object) -> OpenedFile:
        return whole(Failing(iter(lines)), *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("search.ingest.files.opening.OpenedFile", opened)
    _, report = ingest(path)
    assert [entry["id"] for entry in report["articles"]] == ["1", "2"]
    assert report["failures"] == [
        {"file": "a.jsonl", "line": 3, "reason": "cannot be read: Input/output error"},
    ]


def test_a_gzip_file_cut_short_keeps_what_was_read(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl.gz", *(record(number, text=os.urandom(400).hex()) for number in range(2000)))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    _, report = ingest(path)
    assert "gzip" in report["failures"][0]["reason"]
    assert 500 < len(report["articles"]) < 2000


def test_a_file_that_is_no_gzip_though_named_so_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_text('{"text": "x"}')
    _, report = ingest(tmp_path / "a.jsonl.gz")
    assert "gzip" in report["failures"][0]["reason"]


def test_a_folder_that_is_empty_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    summary, report = ingest(tmp_path / "in")
    assert (summary.counts.failed, report["articles"]) == (0, [])


def test_files_of_unknown_kind_are_read_when_the_format_is_given(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "records.data", record(1))
    _, report = ingest(path)
    assert (report["skipped"], report["articles"]) == (["records.data"], [])
    _, report = ingest(path, format="jsonl")
    assert statuses(report) == ["new"]


def test_names_that_are_not_utf8_are_read_and_told_apart(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/d\xe9p\xf4t"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("the file system takes only names in UTF-8")
    for number, name in enumerate([b"caf\xe9.jsonl", b"caf\xe8.jsonl"]):
        write_jsonl(folder / os.fsdecode(name), record(1, title=f"Title {number}"))
    (folder / os.fsdecode(b"im\xe1gen.png")).touch()
    (folder / os.fsdecode(b"vac\xedo.txt")).touch()
    page = folder / os.fsdecode(b"p\xe1gina.txt")
    page.write_text("Harbour opens again\n\n" + "The harbour of Batumi was opened again after the repairs. " * 5)
    summary, report = ingest(tmp_path, folder / os.fsdecode(b"\xff.txt"))
    assert [entry["file"] for entry in report["articles"]] == [r"caf\xe8.jsonl", r"caf\xe9.jsonl", r"p\xe1gina.txt"]
    assert statuses(report) == ["new"] * 3
    assert [failure["file"] for failure in report["failures"]] == [r"\xff.txt", r"vac\xedo.txt"]
    assert summary.skipped == (r"im\xe1gen.png",)
    assert set(Article.objects.values_list("collection", flat=True)) == {
        r"d\xe9p\xf4t/caf\xe8", r"d\xe9p\xf4t/caf\xe9", r"d\xe9p\xf4t/p\xe1gina",
    }  # fmt: skip
