r"""Names of files on a terminal: what would steer it is written out."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.management.terminal import SafeOutput, on_one_line
from tests.factories import make_article
from tests.ingest.runs import record, write_jsonl

TRICKS = "\x1b[2J\r\n\x07\x9b31m\u202egnp.\u2066\u2028"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\x1b[31mb.txt", r"a\x1b[31mb.txt"),
        ("two\nlines\r\t.txt", r"two\nlines\r\t.txt"),
        ("photo\u202egpj.exe", r"photo\u202egpj.exe"),
        ("\x9b2J\x7f", r"\x9b2J\x7f"),
        ("أخبار می‌خواهم 新闻 é.txt", "أخبار می‌خواهم 新闻 é.txt"),
    ],
)
def test_a_name_is_one_line_that_says_what_is_in_it(name: str, shown: str) -> None:
    assert on_one_line(name) == shown


def harmless(text: str) -> bool:
    return not any(char in text for char in TRICKS if char not in "[2J31m\ngnp.")


@pytest.mark.django_db(transaction=True)
def test_ingest_prints_no_control_character_of_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / f"empty{TRICKS}.jsonl").touch()
    (folder / f"picture{TRICKS}.png").touch()
    (folder / f"link{TRICKS}.jsonl").symlink_to("/etc/passwd")
    write_jsonl(folder / f"good{TRICKS}.jsonl", record(1, other="x"))
    (folder / f"turkish{TRICKS}.txt").write_bytes(
        ("Dışişleri Bakanlığı\n\n" + "Görüşmelerin başlayacağını açıkladı. " * 9).encode("cp1254")
    )
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError):
        call_command("ingest", str(folder), str(tmp_path / f"gone{TRICKS}"), verbosity=0, stdout=out, stderr=err)
    printed = out.getvalue() + err.getvalue()
    assert harmless(printed), ascii(printed)
    for name in ("empty", "picture", "link", "good", "turkish", "gone"):
        assert rf"{name}\x1b[2J\r\n\x07\x9b31m\u202egnp.\u2066\u2028" in printed
    assert [line.split(":")[0] for line in err.getvalue().splitlines()] == ["failed"] * 3


@pytest.mark.django_db(transaction=True)
def test_errors_that_name_a_file_print_none_either(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("ingest", str(tmp_path), report=tmp_path / "none" / f"r{TRICKS}.json", verbosity=0)
    assert harmless(str(caught.value))
    assert r"r\x1b[2J\r\n" in str(caught.value)


def test_the_last_guard_keeps_lines_and_right_to_left_text_and_what_it_writes_is_json() -> None:
    out = StringIO()
    SafeOutput(out).write('"أ\u200fب\nc\x1b\x9b\u202e"'.replace("\n", "\\n"))
    assert "\u200f" in out.getvalue()
    assert harmless(out.getvalue().replace("\u200f", ""))
    assert json.loads(out.getvalue()) == "أ\u200fب\nc\x1b\x9b\u202e"


@pytest.mark.django_db(transaction=True)
def test_a_title_that_turns_a_line_round_is_printed_as_it_is_spelled() -> None:
    make_article("Harbour \u202eopens")
    call_command("rebuild_index", verbosity=0, stdout=StringIO())
    out = StringIO()
    call_command("search", "harbour", stdout=out)
    assert r"Harbour \u202eopens" in out.getvalue()
    out = StringIO()
    call_command("search", "harbour", "--json", stdout=out)
    assert json.loads(out.getvalue())["hits"][0]["title"] == "Harbour \u202eopens"
