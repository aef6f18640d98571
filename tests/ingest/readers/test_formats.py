"""Files of office programs, mail clients, browsers and libraries of references, made by their
libraries."""

from __future__ import annotations

import io
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from tests.ingest.readers.warcs import page, response
from tests.ingest.reading import read, read_bytes

TITLE = "Lighthouse of Tarn is lit again"
FIRST = "The keeper climbed the stairs of the old lighthouse on Sunday and lit its lamp, which ships in Norway see."
SECOND = "It had been dark for eleven winters, and the village had paid for the new glass with a fair, she said."
DAY = "2020-10-05"


def docx_bytes(*paragraphs: str, heading: str = "") -> bytes:
    document = docx.Document()
    if heading:
        document.add_heading(heading, 1)
    for each in paragraphs:
        document.add_paragraph(each)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx_bytes(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf_bytes(*lines: str) -> bytes:
    """One page with a text layer."""
    writer = PdfWriter()
    sheet = writer.add_blank_page(600, 800)
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    drawn = "".join(f"({line}) Tj 0 -14 Td\n" for line in lines)
    content.set_data(f"BT /F1 11 Tf 40 760 Td\n{drawn}ET".encode())
    sheet[NameObject("/Contents")] = writer._add_object(content)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def mail(title: str = TITLE, text: str = f"{FIRST}\n\n{SECOND}\n", html: str = "", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ada Brink <ada@tarn.example>"
    message["Date"] = "Mon, 05 Oct 2020 08:00:00 +0200"
    message["Subject"] = title
    message["Message-ID"] = f"<{abs(hash(title))}@tarn.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_word_document_is_split_like_a_saved_page(tmp_path: Path) -> None:
    record = read_bytes(tmp_path, "lamp.docx", docx_bytes("By Ada Brink", FIRST, SECOND, heading=TITLE)).only
    assert (record.title, record.author) == (TITLE, "Ada Brink")
    assert record.text == f"{FIRST}\n{SECOND}"


def test_cells_of_a_table_in_a_word_document_are_in_its_text(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(docx_bytes(FIRST, heading=TITLE)))
    document.add_table(1, 2).rows[0].cells[1].text = "Eleven winters of darkness, and a fair for the glass of it."
    out = io.BytesIO()
    document.save(out)
    assert "Eleven winters" in read_bytes(tmp_path, "lamp.docx", out.getvalue()).only.text


def test_a_bare_word_document_of_another_program_is_read(tmp_path: Path) -> None:
    out = io.BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in (TITLE, FIRST))
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    assert read_bytes(tmp_path, "lamp.docx", out.getvalue()).only.text == FIRST


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf", "a.rtf", "a.mhtml", "a.eml", "a.ris", "a.bib"])
def test_a_file_that_is_not_what_its_name_says_is_a_failure_with_the_reason(name: str, tmp_path: Path) -> None:
    found = read_bytes(tmp_path, name, b"\x00\x01 no such file \xff\n" * 20)
    assert found.records == []
    assert len(found.failures) == 1


def test_entities_in_an_office_file_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_bytes(FIRST))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            head = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' if name == "word/document.xml" else b""
            new.writestr(name, head + old.read(name))
    assert "entities" in read_bytes(tmp_path, "a.docx", out.getvalue()).failures[0]


def test_an_old_word_document_under_a_new_name_is_told(tmp_path: Path) -> None:
    (reason,) = read_bytes(tmp_path, "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600).failures
    assert "save it as DOCX" in reason


def test_the_rows_of_every_sheet_of_a_workbook_are_articles(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Exported by a monitor"], [], ["Headline", "Body", "Source", "Date"],
        [TITLE, FIRST, "Tarn Post", DAY], [], ["Tram is late", SECOND, "Tarn Post", None]]  # fmt: skip
    found = read_bytes(tmp_path, "a.xlsx", xlsx_bytes(rows, [["a", "b"], [1, 2]], [["title", "text"], ["Swan", FIRST]]))
    assert [(each.title, each.first_line) for each in found.records] == [(TITLE, 4), ("Tram is late", 6), ("Swan", 2)]
    assert (found.records[0].outlet, found.records[0].published) == ("Tarn Post", DAY)
    assert "sheets without a title or a text" in found.notes


def test_a_workbook_without_names_tells_its_columns(tmp_path: Path) -> None:
    (reason,) = read_bytes(tmp_path, "a.xlsx", xlsx_bytes([["kop_a", "zin"], ["x", "y"]])).failures
    assert "'kop_a', 'zin'" in reason


def test_the_text_layer_of_a_pdf_is_read(tmp_path: Path) -> None:
    record = read_bytes(tmp_path, "a.pdf", pdf_bytes(TITLE, "By Ada Brink", FIRST, SECOND)).only
    assert record.title == TITLE
    assert "new glass" in record.text


def test_a_pdf_of_pictures_says_what_it_needs(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    assert "OCR" in read_bytes(tmp_path, "a.pdf", out.getvalue()).failures[0]


def test_a_pdf_with_a_password_says_so(tmp_path: Path) -> None:
    writer = PdfWriter(io.BytesIO(pdf_bytes(FIRST)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "password" in read_bytes(tmp_path, "a.pdf", out.getvalue()).failures[0]


def test_rtf_is_read_in_its_own_encoding(tmp_path: Path) -> None:
    text = (
        f"{{\\rtf1\\ansi\\ansicpg1251 {TITLE}\\par {FIRST}\\par \\'cc\\'ee\\'f1\\'f2 \\u1079?\\u1072?\\u1082?.\\par}}"
    )
    record = read_bytes(tmp_path, "a.rtf", text).only
    assert record.title == TITLE
    assert "Мост" in record.text


def test_a_mail_is_an_article_by_its_sender(tmp_path: Path) -> None:
    record = read_bytes(tmp_path, "a.eml", bytes(mail("Маяк горит"))).only
    assert (record.title, record.author, record.outlet) == ("Маяк горит", "Ada Brink", "")
    assert record.published.startswith("Mon, 05 Oct 2020")
    assert record.text == f"{FIRST}\n\n{SECOND}"


def test_a_newsletter_is_of_its_sender_and_read_from_its_markup(tmp_path: Path) -> None:
    sent = mail(
        text="See the web.", html=f"<p>{FIRST}</p><p>{SECOND}</p>", List_Unsubscribe="<https://tarn.example/out>"
    )
    record = read_bytes(tmp_path, "a.eml", bytes(sent)).only
    assert (record.outlet, record.author) == ("Ada Brink", "")
    assert record.text == f"{FIRST}\n{SECOND}"


def test_attachments_of_a_mail_are_told(tmp_path: Path) -> None:
    sent = mail()
    sent.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="lamp.pdf")
    assert "lamp.pdf" in read_bytes(tmp_path, "a.eml", bytes(sent)).notes


def test_a_charset_that_a_mail_states_wrongly_is_not_believed(tmp_path: Path) -> None:
    head = b"From: a@tarn.example\nSubject: Lamp\nContent-Type: text/plain; charset=us-ascii\n\n"
    text = "Смотритель поднялся на старый маяк и снова зажёг лампу."
    assert read_bytes(tmp_path, "a.eml", head + text.encode()).only.text == text


def test_each_mail_of_a_box_is_an_article_where_it_begins(tmp_path: Path) -> None:
    box = "".join(
        f"From ada@tarn.example Mon Oct  5 08:00:00 2020\n{mail(title).as_string()}\n" for title in ("One", "Two")
    )
    quoted = box.replace("It had been", ">From the sea it had been")
    found = read_bytes(tmp_path, "list.mbox", quoted)
    assert [each.title for each in found.records] == ["One", "Two"]
    assert found.records[1].first_line == box[: box.rindex("From ada")].count("\n") + 1
    assert "\nFrom the sea" in found.records[0].text


def test_the_mails_of_a_digest_are_articles_of_their_own(tmp_path: Path) -> None:
    digest = EmailMessage()
    digest["From"], digest["Subject"] = "list@tarn.example", "Tarn Digest, Vol 3"
    digest["Content-Type"] = "multipart/digest"
    for title in ("One", "Two"):
        digest.attach(_part(mail(title)))
    assert [each.title for each in read_bytes(tmp_path, "a.eml", bytes(digest)).records] == ["One", "Two"]


def _part(message: EmailMessage) -> EmailMessage:
    part = EmailMessage()
    part.set_content(message)
    return part


def test_a_page_saved_whole_is_read_as_a_web_page_of_its_address(tmp_path: Path) -> None:
    saved = EmailMessage()
    saved["Snapshot-Content-Location"] = "https://www.velmora.com/ferry"
    saved.set_content(page().decode(), subtype="html")
    saved.add_related(b"p { color: red }", maintype="text", subtype="css")
    record = read_bytes(tmp_path, "a.mhtml", bytes(saved)).only
    assert (record.title, record.outlet) == ("Ferry to Batumi sails again", "The Velmora Post")
    assert record.url == "https://www.velmora.com/ferry"


def test_an_archive_of_a_crawl_gives_its_pages_alone(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "pages/pages.jsonl",
            '{"format": "json-pages-1.0"}\n{"url": "https://a.example", "title": "A", "text": "x"}\n',
        )
        archive.writestr("archive/data.warc", response("https://www.velmora.com/ferry", page()))
        archive.writestr("datapackage.json", '{"title": "A crawl", "description": "text"}')
    found = read_bytes(tmp_path, "crawl.wacz", out.getvalue())
    assert found.only.title == "Ferry to Batumi sails again"


@pytest.mark.parametrize("above", [
    f'---\ntitle: "{TITLE}"\ndate: {DAY}\nauthor:\n  - Ada Brink\n  - Nino Example\nsource: Tarn Post\n---\n',
    f'+++\ntitle = "{TITLE}"\ndate = {DAY}\nauthor = ["Ada Brink", "Nino Example"]\nsource = "Tarn Post"\n+++\n',
])  # fmt: skip
def test_what_stands_above_a_note_are_its_labels(above: str, tmp_path: Path) -> None:
    record = read_bytes(tmp_path, "lamp.md", f"{above}\n{FIRST}\n\n* {SECOND} [more](https://tarn.example)\n").only
    assert (record.title, record.author, record.outlet, record.published) == (
        TITLE,
        "Ada Brink, Nino Example",
        "Tarn Post",
        DAY,
    )
    assert record.text == f"{FIRST}\n{SECOND} more"


def test_the_first_heading_of_a_note_is_its_title(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "lamp.md", f"# {TITLE}\n\n{FIRST}\n").only.title == TITLE


def test_references_inside_yaml_are_refused(tmp_path: Path) -> None:
    bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: [*b, *b]\n---\n"
    assert "by reference" in read_bytes(tmp_path, "a.md", bomb + FIRST).failures[0]


def test_a_readme_in_a_folder_is_no_article(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "README.md", f"# Data\n\n{FIRST}\n").skipped == ["README.md"]


def test_references_of_ris_are_articles_with_their_abstracts(tmp_path: Path) -> None:
    entry = f"TY  - NEWS\nTI  - {TITLE}\nAU  - Brink, Ada\nT2  - Tarn Post\nDA  - 2020/10/05\nAB  - {FIRST}\nUR  - https://tarn.example/1\nER  - \n"
    found = read_bytes(tmp_path, "a.ris", entry + entry.replace(TITLE, "Tram is late").replace(f"AB  - {FIRST}\n", ""))
    first, second = found.records
    assert (first.title, first.author, first.outlet, first.text) == (TITLE, "Ada Brink", "Tarn Post", FIRST)
    assert first.published == "2020/10/05"
    assert (second.title, second.text) == ("Tram is late", "")
    assert "without an abstract" in found.notes


def test_references_of_bibtex_are_articles_with_their_abstracts(tmp_path: Path) -> None:
    entry = (
        f'@article{{lamp, title = {{Lighth{{\\"o}}use}}, author = {{Brink, Ada and Nino Example}}, journal = {{Tarn Post}},\n'
        f"  year = 2020, month = oct, day = 5, abstract = {{{FIRST}}}}}\n"
    )
    found = read_bytes(tmp_path, "a.bib", f"% a library\n{entry}\n@misc{{cut, title = {{open\n")
    (record,) = found.records
    assert (record.title, record.author, record.outlet) == ("Lighthöuse", "Ada Brink, Nino Example", "Tarn Post")
    assert (record.external_id, record.published, record.text, record.first_line) == ("lamp", "2020-10-05", FIRST, 2)
    assert len(found.failures) == 1


@pytest.mark.parametrize(("name", "data", "module"), [
    ("a.docx", docx_bytes(FIRST), "docx"), ("a.xlsx", xlsx_bytes([["title"], ["x"]]), "openpyxl"), ("a.pdf", pdf_bytes(FIRST), "pypdf"),
    ("a.rtf", b"{\\rtf1 x}", "striprtf.striprtf"), ("a.md", b"# a\n\nb\n", "markdown_it"), ("a.ris", b"TY  - NEWS\nER  - \n", "rispy"),
    ("a.bib", b"@misc{a, title={b}}", "bibtexparser"),
])  # fmt: skip
def test_without_its_library_a_format_says_what_to_install(
    name: str, data: bytes, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    (reason,) = read_bytes(tmp_path, name, data).failures
    assert "[formats]" in reason


@pytest.mark.parametrize(
    ("data", "title"), [(docx_bytes(FIRST, heading=TITLE), TITLE), (pdf_bytes(TITLE, "By Ada Brink", FIRST), TITLE)]
)
def test_a_document_without_an_ending_is_known_by_its_content(data: bytes, title: str, tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "download", data).only.title == title


def test_the_same_article_kept_in_two_formats_is_no_newer_version_of_itself(tmp_path: Path) -> None:
    (tmp_path / "lamp.pdf").write_bytes(pdf_bytes(TITLE, "By Ada Brink", FIRST))
    (tmp_path / "lamp.docx").write_bytes(docx_bytes("By Ada Brink", FIRST, heading=TITLE))
    found = read(tmp_path).records
    assert len({(each.source.collection, each.external_id) for each in found}) == 2
