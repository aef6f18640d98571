"""Saved web pages, one article to a page."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from search.exceptions import ReadError
from search.ingest.pages import PageRecord, read_page
from search.ingest.pages.markup import stated_charset
from search.ingest.readers.cleaning import clean_line, clean_text, first_line_title
from search.ingest.readers.jsonl import Gaps
from search.ingest.readers.notes import Notes
from search.ingest.readers.opening import OpenedFile, stem_of, translated_errors
from search.ingest.readers.publishers import outlet_and_original
from search.ingest.records import (
    MAX_AUTHOR_CHARACTERS,
    MAX_ID_CHARACTERS,
    MAX_OUTLET_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    MAX_URL_CHARACTERS,
    Failure,
    Record,
    Source,
    digest,
)

MIN_TEXT_FOR_DETECTION = 200
MAX_PAGE_BYTES = 20 * 1024 * 1024


def read_html(opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes) -> Iterator[Record | Failure]:
    """The article of one page, or why there is none. A page is read whole, so its size is bounded."""
    try:
        with translated_errors():
            data, encoding = _page_bytes(opened)
        if opened.assumed and encoding == opened.encoding:
            notes.encoding(source.name, encoding)
        page = read_page(data)
        # Names like index.html are many files': the title tells them apart.
        name = f"{stem_of(Path(source.name))[:400]}#{digest(clean_line(page.title))[:8]}"
        yield page_record(page, replace(source, encoding=encoding), gaps, external_id=name)
    except ReadError as error:
        yield Failure(source.name, error.line, error.reason)


def page_record(page: PageRecord, source: Source, gaps: Gaps, *, external_id: str) -> Record:
    """A page's article as a record, for readers of pages in files and in archives.

    Raises:
        ReadError: the title is longer than a title can be.
    """
    text = clean_text(page.text).strip()
    title = clean_line(page.title) or first_line_title(text)
    if not title:
        raise ReadError("neither a title nor a text")
    if len(title) > MAX_TITLE_CHARACTERS:
        raise ReadError(f"the title has {len(title):,} characters, more than {MAX_TITLE_CHARACTERS:,}")
    url = clean_line(page.url or "")
    outlet, original = outlet_and_original(
        stated=clean_line(page.outlet or "")[:MAX_OUTLET_CHARACTERS],
        original=clean_line(page.original_outlet or "")[:MAX_OUTLET_CHARACTERS],
        given=gaps.outlet,
        url=url,
    )
    return Record(
        source=source,
        first_line=1,
        last_line=1,
        external_id=external_id[:MAX_ID_CHARACTERS],
        title=title,
        text=text,
        outlet=outlet,
        author=_joined(page.authors),
        # Templates often state another language than the article's: a text that can be looked at says it better.
        language=page.language or "" if len(text) < MIN_TEXT_FOR_DETECTION else "",
        url=url if len(url) <= MAX_URL_CHARACTERS else "",
        date=page.published,
        original_outlet=original,
    )


def _joined(authors: tuple[str, ...]) -> str:
    """As many authors as the field takes, none cut."""
    names = [clean_line(name) for name in authors]
    while names and len(", ".join(names)) > MAX_AUTHOR_CHARACTERS:
        names.pop()
    return ", ".join(names)


def _page_bytes(opened: OpenedFile) -> tuple[bytes | str, str]:
    """The page and its encoding: as text where that is known or guessed, as bytes where the page itself says it."""
    data = _read(opened)
    stated = stated_charset(data) if opened.assumed else None
    if stated is None:
        return data.decode("utf-8", "replace"), opened.encoding
    # The guess was made without looking at the markup: what the page states goes before it.
    opened.raw.seek(0)
    packed = opened.raw.read(2) == b"\x1f\x8b"
    opened.raw.seek(0)
    if not packed:
        return _checked(opened.raw.read(MAX_PAGE_BYTES + 1)), stated
    with gzip.GzipFile(fileobj=opened.raw) as unpacked:
        return _checked(unpacked.read(MAX_PAGE_BYTES + 1)), stated


def _read(opened: OpenedFile) -> bytes:
    return _checked(opened.stream.read(MAX_PAGE_BYTES + 1))


def _checked(data: bytes) -> bytes:
    if len(data) > MAX_PAGE_BYTES:
        raise ReadError(f"the page is larger than {MAX_PAGE_BYTES // 1024**2} MB")
    return data
