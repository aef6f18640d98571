"""Archives: their members, and what in them is refused."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from search.ingest.files import archives, unpacking
from search.models import Article, SourceDocument
from tests.ingest.readers.warcs import page, warc
from tests.ingest.runs import Report, ingest, record, statuses

pytestmark = pytest.mark.django_db(transaction=True)

LINE = json.dumps(record(1)).encode()


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(*members: tuple[str | tarfile.TarInfo, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def read(path: Path, data: bytes, **options: object) -> Report:
    path.write_bytes(data)
    return ingest(path, **{"dry_run": True, **options})[1]


MEMBERS = (
    ("inner/page.html", page()),
    ("a.jsonl.gz", gzip.compress(LINE)),
    ("crawl.warc.gz", warc("Two ferries sail")),
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(*MEMBERS)), ("a.tar", tarred(*MEMBERS)), ("a.tar.gz", tarred(*MEMBERS, mode="w:gz")),
        ("a.tgz", tarred(*MEMBERS, mode="w:gz")), ("a.tar.bz2", tarred(*MEMBERS, mode="w:bz2")),
        ("a.txz", tarred(*MEMBERS, mode="w:xz")),
    ],
)  # fmt: skip
def test_members_are_read_and_named_with_their_archive(tmp_path: Path, name: str, data: bytes) -> None:
    report = read(tmp_path / name, data)
    assert report["failures"] == []
    assert [each["file"] for each in report["articles"]] == [
        f"{name}/inner/page.html", f"{name}/a.jsonl.gz", f"{name}/crawl.warc.gz",
    ]  # fmt: skip


def test_each_member_has_its_collection_and_the_same_again_is_unchanged(tmp_path: Path) -> None:
    data = zipped(("a/index.html", page("One ferry sails")), ("b/index.html", page("Two ferries sail")))
    folder = tmp_path / "in"
    folder.mkdir()
    assert statuses(read(folder / "pages.zip", data, dry_run=False)) == ["new"] * 2
    assert list(Article.objects.order_by("pk").values_list("collection", flat=True)) == [
        "in/pages/a/index", "in/pages/b/index",
    ]  # fmt: skip
    assert list(SourceDocument.objects.order_by("pk").values_list("name", flat=True)) == [
        "pages.zip/a/index.html", "pages.zip/b/index.html",
    ]  # fmt: skip
    assert statuses(read(folder / "pages.zip", data, dry_run=False)) == ["unchanged"] * 2
    assert statuses(read(folder / "pages.zip", data, collection="wire")) == ["duplicate"] * 2


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz"])
def test_lines_are_read_however_they_are_packed(tmp_path: Path, ending: str) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
    data = packers[ending](LINE)
    assert statuses(read(tmp_path / f"a.jsonl.{ending}", data)) == ["new"]


def test_archives_in_an_archive_are_read_and_those_in_them_refused(tmp_path: Path) -> None:
    inner = zipped(("page.html", page()), ("deep.tar", tarred(("page.html", page()))))
    report = read(
        tmp_path / "a.tar.gz",
        tarred(("in.zip", inner), ("in.tgz", tarred(("b.jsonl", LINE), mode="w:gz")), mode="w:gz"),
    )
    assert [each["file"] for each in report["articles"]] == ["a.tar.gz/in.zip/page.html", "a.tar.gz/in.tgz/b.jsonl"]
    assert [each["file"] for each in report["failures"]] == ["a.tar.gz/in.zip/deep.tar"]


def test_other_kinds_of_members_are_skipped_and_hidden_ones_passed_over(tmp_path: Path) -> None:
    data = zipped(
        ("a.png", b"\x89PNG"), ("__MACOSX/._page.html", b"x"), (".git/page.html", b"x"), ("page.html", page())
    )
    report = read(tmp_path / "a.zip", data)
    assert (report["skipped"], len(report["articles"]), report["failures"]) == (["a.zip/a.png"], 1, [])


@pytest.mark.parametrize(
    "name", ["../evil.html", "a/../../evil.html", "/etc/evil.html", "C:/evil.html", "..\\evil.html"]
)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_names_that_lead_elsewhere_are_refused_and_the_rest_goes_on(tmp_path: Path, name: str, kind: str) -> None:
    pack = zipped if kind == "zip" else tarred
    report = read(tmp_path / f"a.{kind}", pack((name, page()), ("good.html", page())))
    assert [each["file"] for each in report["articles"]] == [f"a.{kind}/good.html"]
    (failure,) = report["failures"]
    assert repr(name) in failure["reason"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    info = tarfile.TarInfo("a.html")
    info.type, info.linkname = kind, "/etc/passwd"
    report = read(tmp_path / "a.tar", tarred((info, b""), ("good.html", page())))
    assert [each["file"] for each in report["articles"]] == ["a.tar/good.html"]
    assert "not a file" in report["failures"][0]["reason"]


@pytest.mark.parametrize("system", [0, 3, 19])
def test_a_symbolic_link_in_a_zip_is_refused_from_whatever_system(tmp_path: Path, system: int) -> None:
    info = zipfile.ZipInfo("a.html")
    info.create_system, info.external_attr = system, 0o120777 << 16
    report = read(tmp_path / "a.zip", zipped((info, b"/etc/passwd"), ("good.html", page())))
    assert "symbolic link" in report["failures"][0]["reason"]
    assert len(report["articles"]) == 1


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.html", page()), ("good.html", page())))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | 1)
    report = read(tmp_path / "a.zip", bytes(data))
    assert "encrypted" in report["failures"][0]["reason"]
    assert len(report["articles"]) == 1


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "jsonl.gz", "jsonl.bz2", "jsonl.xz"])
def test_a_decompression_bomb_is_refused_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(unpacking, "FREE_BYTES", 1024 * 1024)
    bomb = b"[" * (16 * 1024 * 1024)
    data = {
        "zip": lambda: zipped(("a.jsonl", bomb), ("good.html", page())),
        "tar.gz": lambda: tarred(("a.jsonl", bomb), mode="w:gz"),
        "jsonl.gz": lambda: gzip.compress(bomb), "jsonl.bz2": lambda: bz2.compress(bomb), "jsonl.xz": lambda: lzma.compress(bomb),
    }[kind]()  # fmt: skip
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / f"a.{kind}").write_bytes(data)
    (folder / "z.jsonl").write_bytes(LINE)
    _, report = ingest(folder, dry_run=True)
    assert [each["file"] for each in report["articles"]] == (["a.zip/good.html"] if kind == "zip" else []) + ["z.jsonl"]
    assert "decompression bomb refused" in report["failures"][0]["reason"]


def test_all_that_a_file_unpacks_to_is_bounded_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "FREE_BYTES", 64 * 1024)
    monkeypatch.setattr(unpacking, "FREE_BYTES_A_FILE", 1024 * 1024)
    monkeypatch.setattr(unpacking, "MAX_UNPACKED_RATIO", 40)
    members = [(f"{number}.jsonl", LINE + b" " * 40_000) for number in range(60)]
    report = read(tmp_path / "a.zip", zipped(*members))
    assert len(report["articles"]) < 60
    assert "unpacks to more than any text would" in report["failures"][0]["reason"]


def test_a_list_of_members_that_would_fill_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_ZIP_LIST_BYTES", 1000)
    report = read(tmp_path / "a.zip", zipped(*((f"{number}.html", b"") for number in range(100))))
    assert "list of members is larger" in report["failures"][0]["reason"]


def test_a_list_of_members_whose_size_stands_in_a_record_of_64_bits_is_refused_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_ZIP_LIST_BYTES", 1000)
    data = zipped(*((f"{number}.html", b"") for number in range(100)))
    end = data.rfind(b"PK\x05\x06")
    count, length, start = struct.unpack_from("<H", data, end + 10)[0], *struct.unpack_from("<LL", data, end + 12)
    record = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    small = data[end : end + 12] + struct.pack("<LL", 0, 0) + data[end + 20 :]
    report = read(tmp_path / "a.zip", data[:end] + record + locator + small)
    assert "list of members is larger" in report["failures"][0]["reason"]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_more_members_than_are_read_end_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(archives, "MAX_ARCHIVE_MEMBERS", 2)
    pack = zipped if kind == "zip" else tarred
    report = read(
        tmp_path / f"a.{kind}", pack(*((f"{number}.html", page(f"Ferry {number} sails")) for number in range(5)))
    )
    assert len(report["articles"]) == (0 if kind == "zip" else 2)
    assert "members" in report["failures"][0]["reason"]


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_an_archive_cut_short_or_damaged_is_a_failure(tmp_path: Path, kind: str) -> None:
    members = (("a.html", page("One ferry sails")), ("b.html", page("Two ferries sail")))
    data = zipped(*members) if kind == "zip" else tarred(*members, mode="w:gz" if kind == "tar.gz" else "w")
    cut = read(tmp_path / f"a.{kind}", data[: 1800 if kind == "tar" else len(data) // 3])
    assert cut["failures"]
    assert len(cut["articles"]) == (kind == "tar")
    assert len(read(tmp_path / f"b.{kind}", b"nothing of the kind" * 100)["failures"]) == 1


def test_a_member_whose_checksum_is_wrong_fails_alone(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.html", page("One ferry sails"))
        archive.writestr("b.html", page("Two ferries sail"))
    report = read(tmp_path / "a.zip", out.getvalue().replace(b"One ferry", b"Oxe ferry", 1))
    assert [each["file"] for each in report["articles"]] == ["a.zip/b.html"]
    assert [each["file"] for each in report["failures"]] == ["a.zip/a.html"]


def test_only_members_of_the_kind_asked_for_are_read(tmp_path: Path) -> None:
    report = read(tmp_path / "a.zip", zipped(*MEMBERS), format="warc")
    assert [each["file"] for each in report["articles"]] == ["a.zip/crawl.warc.gz"]


def test_an_empty_archive_is_no_failure(tmp_path: Path) -> None:
    assert read(tmp_path / "a.zip", zipped())["failures"] == []
    assert read(tmp_path / "a.tar", tarred())["failures"] == []
