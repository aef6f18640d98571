"""Saved pages as plain text, one article or many to a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from search.exceptions import ReadError
from search.ingest.readers.cleaning import clean_line, clean_text, first_line_title
from search.ingest.readers.jsonl import Gaps
from search.ingest.readers.kinds import stem_of
from search.ingest.readers.notes import Notes
from search.ingest.readers.opening import OpenedFile, translated_errors
from search.ingest.readers.publishers import outlet_and_original
from search.ingest.records import (
    MAX_AUTHOR_CHARACTERS,
    MAX_OUTLET_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    Failure,
    Record,
    Source,
    digest,
)
from search.ingest.siblings import inferred_dates
from search.ingest.split import split_page
from search.ingest.values import PageArticle, PublishedDate

MAX_PAGE_BYTES = 20 * 1024 * 1024


def read_text(opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes) -> Iterator[Record | Failure]:
    """The articles of one page, in order. A page is read whole, so its size is bounded."""
    try:
        with translated_errors():
            data = opened.stream.read(MAX_PAGE_BYTES + 1)
    except ReadError as error:
        yield Failure(source.name, None, error.reason)
        return
    if len(data) > MAX_PAGE_BYTES:
        yield Failure(source.name, None, f"the page is larger than {MAX_PAGE_BYTES // 1024**2} MB")
        return
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        notes.remark("bytes that are not UTF-8, replaced", f"{source.name}:{line}")
        text = data.decode("utf-8", "replace")
    text = clean_text(text)
    if not text.strip():
        yield Failure(source.name, None, "empty file: nothing but blanks")
        return
    found = False
    titles: Counter[str] = Counter()
    stem = stem_of(Path(source.name))
    articles = split_page(text)
    for article, published in zip(articles, inferred_dates([each.published for each in articles]), strict=True):
        found = True
        try:
            yield _record(article, published, source, gaps, stem, titles)
        except ReadError as error:
            yield Failure(source.name, error.line, error.reason)
    if not found:
        yield Failure(source.name, None, "no article found in the page")


def _record(
    article: PageArticle, published: PublishedDate, source: Source, gaps: Gaps, stem: str, titles: Counter[str]
) -> Record:
    body = article.body.strip()
    title = clean_line(article.title) or first_line_title(body)
    if not title:
        raise ReadError("neither a title nor a text", article.start_line)
    if len(title) > MAX_TITLE_CHARACTERS:
        raise ReadError(
            f"the title has {len(title):,} characters, more than {MAX_TITLE_CHARACTERS:,}", article.start_line
        )
    key = digest(" ".join(title.split()))[:8]
    titles[key] += 1
    again = f"-{titles[key]}" if titles[key] > 1 else ""
    outlet, original = outlet_and_original(
        stated=clean_line(article.outlet or "")[:MAX_OUTLET_CHARACTERS],
        original=clean_line(article.original_outlet or "")[:MAX_OUTLET_CHARACTERS],
        given=gaps.outlet,
        url="",
    )
    return Record(
        source=source,
        first_line=article.start_line,
        last_line=article.end_line,
        external_id=f"{stem[:400]}#{key}{again}",
        title=title,
        text=body,
        outlet=outlet,
        author=clean_line(article.author or "")[:MAX_AUTHOR_CHARACTERS],
        date=published,
        original_outlet=original,
        evidence=article.evidence,
        left_out=article.left_out,
    )
