"""Web pages that browsers saved whole (MHTML): the page in it, read as any saved web page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from search.exceptions import ReadError
from search.ingest.files.opening import OpenedFile, read_whole
from search.ingest.limits import MAX_DOCUMENT_BYTES, MAX_PAGE_BYTES
from search.ingest.readers.html import PageTask
from search.ingest.readers.mail import header, parsed_mail
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import Gaps
from search.ingest.records import Failure, Source

_PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(opened: OpenedFile, source: Source, gaps: Gaps, _notes: Notes) -> Iterator[PageTask | Failure]:
    """The task of reading the page, or why there is none. Pictures, styles and frames stay where
    they are."""
    try:
        mail = parsed_mail(read_whole(opened.stream, MAX_DOCUMENT_BYTES, "saved page"))
        page = _page(mail)
        data = page.get_payload(decode=True) or b""
        if len(data) > MAX_PAGE_BYTES:
            raise ReadError(f"the page is larger than {MAX_PAGE_BYTES // 1024**2} MB")
    except ReadError as error:
        yield Failure(source.name, error.line, error.reason)
        return
    url = header(mail, "Snapshot-Content-Location") or header(page, "Content-Location")
    yield PageTask(source, data, gaps, charset=str(page.get_content_charset() or ""), url=url)


def _page(mail: Any) -> Any:
    """The part that is the page: the one that the file says it starts with, else the first."""
    pages = [part for part in mail.walk() if part.get_content_type() in _PAGES]
    if not pages:
        raise ReadError("there is no web page in the MHTML")
    start = str(mail.get_param("start") or "").strip()
    return next((part for part in pages if start and header(part, "Content-ID") == start), pages[0])
