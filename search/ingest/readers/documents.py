"""DOCX, RTF and PDF as pages of text: one article or many, told apart as in a saved page."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from search.exceptions import ReadError
from search.formats import Format
from search.ingest.files.opening import OpenedFile, read_whole
from search.ingest.limits import (
    MAX_DOCUMENT_BYTES,
    MAX_DOCUMENT_CHARACTERS,
    MAX_DOCUMENT_SECONDS,
    MAX_PDF_PAGES,
    TEXT_PAGE_TIME,
)
from search.ingest.readers.libraries import needed
from search.ingest.readers.notes import Notes
from search.ingest.readers.office_zip import checked_office_zip
from search.ingest.readers.record import Gaps
from search.ingest.readers.text import TextAnswer, TextTask, split_text
from search.ingest.records import Failure, Source
from search.ingest.time_limit import PageTooSlow, time_limit

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"^(?:Heading|Title|Subtitle|Überschrift|Titre|Título|Titolo|Заголовок)", re.IGNORECASE)
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class DocumentTask:
    """A document still to be made text and split: what travels to a worker."""

    source: Source
    data: bytes
    gaps: Gaps

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data)


def read_document(opened: OpenedFile, source: Source, gaps: Gaps, _notes: Notes) -> Iterator[DocumentTask | Failure]:
    """The task of reading one document, or why there is none. It is read whole, so its size is
    bounded."""
    try:
        data = read_whole(opened.stream, MAX_DOCUMENT_BYTES, "document")
    except ReadError as error:
        yield Failure(source.name, None, error.reason)
    else:
        yield DocumentTask(source, data, gaps)


def split_document(task: DocumentTask) -> TextAnswer:
    """Read and split a document: the part that takes time. Never raises for what it may hold."""
    try:
        with time_limit(MAX_DOCUMENT_SECONDS):
            text = _TEXT_OF[task.source.format](task.data)
        if len(text) > MAX_DOCUMENT_CHARACTERS:
            raise ReadError(f"the document has more than {MAX_DOCUMENT_CHARACTERS:,} characters. Remedy: cut it")
        if not text.strip():
            raise ReadError(_NO_TEXT.get(task.source.format, "there is no text in the document"))
    except ReadError as error:
        return TextAnswer((Failure(task.source.name, None, error.reason),))
    except PageTooSlow:
        reason = f"reading the document takes longer than {MAX_DOCUMENT_SECONDS:.0f} s"
        return TextAnswer((Failure(task.source.name, None, reason),))
    except (RecursionError, MemoryError) as error:
        return TextAnswer((Failure(task.source.name, None, f"beyond what can be read: {type(error).__name__}"),))
    data = text.encode("utf-8", "replace")
    return split_text(TextTask(task.source, data, task.gaps, TEXT_PAGE_TIME.seconds(len(data))))


def docx_text(data: bytes) -> str:
    """The paragraphs and tables of a document of Word, headings set apart.

    Raises:
        ReadError: it cannot be read, or its library is missing.
    """
    docx = needed("docx", "DOCX")
    stream = checked_office_zip(data, "DOCX")
    try:
        blocks = list(docx.Document(stream).iter_inner_content())
    except Exception as error:  # the library raises whatever the XML makes it
        bare = _bare_docx_text(data)
        if bare is None:
            raise ReadError(f"no DOCX that can be read: {str(error)[:100]}") from error
        return bare
    lines: list[str] = []
    for block in blocks:
        if hasattr(block, "rows"):
            lines += ["\t".join(cell.text.strip() for cell in row.cells) for row in block.rows]
            continue
        is_heading = bool(_HEADING.match((block.style.name if block.style is not None else "") or ""))
        lines += ["", block.text, ""] if is_heading else [block.text]
    return "\n".join(lines)


def _bare_docx_text(data: bytes) -> str | None:
    """The paragraphs of a document that a program wrote without all that Word writes, which the
    library asks for; ``None`` where there are none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = etree.fromstring(archive.read("word/document.xml"), etree.XMLParser(resolve_entities=False))
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError, ValueError):
        return None
    paragraphs = body.iter(f"{_WORD}p")
    return "\n".join("".join(each.text or "" for each in paragraph.iter(f"{_WORD}t")) for paragraph in paragraphs)


def rtf_text(data: bytes) -> str:
    """The text of an RTF document.

    Raises:
        ReadError: it is none, or its library is missing.
    """
    striprtf = needed("striprtf.striprtf", "RTF")
    if not data.lstrip()[:5] == b"{\\rtf":
        raise ReadError("no RTF: it does not begin as one")
    try:
        return str(striprtf.rtf_to_text(data.decode("cp1252", "replace"), errors="replace"))
    except (ValueError, LookupError, IndexError, KeyError, TypeError) as error:
        raise ReadError(f"no RTF that can be read: {str(error)[:100]}") from error


def pdf_text(data: bytes) -> str:
    """The text layer of a PDF, words divided at the end of a line put together.

    Raises:
        ReadError: it is none, has a password or too many pages, or its library is missing.
    """
    pypdf = needed("pypdf", "PDF")
    # It logs each small fault of a file, of which every second PDF has some.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError("the PDF has a password. Remedy: save it without one")
        if len(reader.pages) > MAX_PDF_PAGES:
            raise ReadError(f"the PDF has more than {MAX_PDF_PAGES:,} pages. Remedy: cut it")
        pages = [_page_text(page) for page in reader.pages]
    except (ReadError, PageTooSlow, MemoryError, RecursionError):
        raise
    except Exception as error:  # the library raises whatever a damaged file makes it
        raise ReadError(f"no PDF that can be read: {str(error)[:100] or type(error).__name__}") from error
    return _HYPHEN.sub("", "\n\n".join(pages))


def _page_text(page: Any) -> str:
    return str(page.extract_text())


_TEXT_OF: Mapping[str, Callable[[bytes], str]] = {Format.DOCX: docx_text, Format.RTF: rtf_text, Format.PDF: pdf_text}
_NO_TEXT: Mapping[str, str] = {
    Format.PDF: "the PDF has no text layer: its pages are pictures. Remedy: make one with a program for OCR"
}
