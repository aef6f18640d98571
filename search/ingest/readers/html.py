"""Saved web pages, one article to a page. Reading one takes long, so it is a task that a worker
process can do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from search.bounds import MAX_AUTHOR_CHARACTERS
from search.cleaning import clean_line, clean_text
from search.exceptions import ReadError
from search.hashing import digest
from search.ingest.files.kinds import stem_of
from search.ingest.files.opening import OpenedFile, read_whole
from search.ingest.limits import MAX_PAGE_BYTES, MAX_WEB_PAGE_SECONDS
from search.ingest.readers.mending import REMARK, mended
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import Gaps, OverLimit, Stated, article_record
from search.ingest.records import Failure, NoArticle, Record, Source
from search.ingest.time_limit import PageTooSlow, time_limit
from search.ingest.webpages import NotAnArticle, PageRecord, read_documents
from search.ingest.webpages.markup import decode_page
from search.ingest.webpages.saving import saved_from

MIN_TEXT_FOR_DETECTION = 200


@dataclass(frozen=True, slots=True)
class PageTask:
    """A page still to be read.

    ``line`` is its number in its file, ``None`` for a file of one page. ``charset``, ``url`` and
    ``external_id`` are what is known beside the page; ``""`` for nothing, and an id is made of the
    file's name and the title.
    """

    source: Source
    data: bytes
    gaps: Gaps
    line: int | None = None
    charset: str = ""
    url: str = ""
    external_id: str = ""

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data)


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """What a page held; ``guessed`` is its encoding where nothing that can be believed
    states one; ``mended`` says that it was encoded twice."""

    items: tuple[Record | Failure | NoArticle, ...]
    guessed: str = ""
    mended: bool = False

    def noted(self, notes: Notes) -> Sequence[Record | Failure | NoArticle]:
        """The items, what the page has to say said."""
        if self.guessed and isinstance(self.items[0], Record):
            notes.encoding(self.items[0].source.name, self.guessed)
        if self.mended and isinstance(self.items[0], Record):
            notes.remark(REMARK, self.items[0].source.name)
        return self.items


def read_html(opened: OpenedFile, source: Source, gaps: Gaps, _notes: Notes) -> Iterator[PageTask | Failure]:
    """The task of reading one page, or why there is none. A page is read whole, so its size is
    bounded."""
    try:
        data = read_whole(opened.stream, MAX_PAGE_BYTES, "page")
    except ReadError as error:
        yield Failure(source.name, error.line, error.reason)
    else:
        yield PageTask(source, data, gaps)


def answer(task: PageTask) -> PageAnswer:
    """Read a page: the part that takes time. Never raises for what a page may hold."""
    try:
        with time_limit(MAX_WEB_PAGE_SECONDS):
            decoded = decode_page(task.data, charset=task.charset)
            text = mended(decoded.text)
            pages = read_documents(text, url=task.url or saved_from(text))
            source = replace(task.source, encoding=decoded.encoding)
            items = tuple(_items(task, source, pages))
            return PageAnswer(items, decoded.encoding if decoded.guessed else "", mended=text != decoded.text)
    except NotAnArticle as error:
        return PageAnswer((NoArticle(task.source.name, task.line, error.reason),))
    except ReadError as error:
        return PageAnswer((Failure(task.source.name, task.line, error.reason),))
    except PageTooSlow:
        reason = f"reading the page takes longer than {MAX_WEB_PAGE_SECONDS:.0f} s"
    except (RecursionError, MemoryError) as error:
        reason = f"the page is beyond what can be read: {type(error).__name__}"
    return PageAnswer((Failure(task.source.name, task.line, reason),))


def _items(task: PageTask, source: Source, pages: Sequence[PageRecord]) -> Iterator[Record | Failure]:
    """The records of a page; of several documents each has its number as its line, as entries of a
    feed have."""
    if len(pages) == 1:
        name = task.external_id or _made_id(task.source.name, pages[0].title)
        yield page_record(pages[0], source, task.gaps, external_id=name, line=task.line or 1)
        return
    for number, page in enumerate(pages, 1):
        # Documents may share a title, and pages of an archive their line.
        name = _made_id(task.external_id or task.source.name, f"{page.title}\n{page.published.iso}\n{page.text}")
        try:
            yield page_record(page, source, task.gaps, external_id=name, line=task.line or number)
        except ReadError as error:
            yield Failure(task.source.name, task.line or number, f"document {number} of the page: {error.reason}")


def _made_id(file_name: str, title: str) -> str:
    """Names like index.html are many files': the title tells them apart."""
    return f"{stem_of(Path(file_name))[:400]}#{digest(clean_line(title))[:8]}"


def page_record(page: PageRecord, source: Source, gaps: Gaps, *, external_id: str, line: int = 1) -> Record:
    """A page's article as a record, for readers of pages in files and in archives.

    Raises:
        ReadError: neither a title nor a text, or the title is longer than a title can be.
    """
    stated = Stated(
        title=page.title,
        text=page.text,
        outlet=page.outlet or "",
        original_outlet=page.original_outlet or "",
        author=joined_authors(page.authors),
        # Templates often state another language than the article's: a text that can be looked at says it better.
        language=page.language or "" if len(clean_text(page.text).strip()) < MIN_TEXT_FOR_DETECTION else "",
        url=page.url or "",
    )
    return article_record(
        stated,
        source,
        gaps,
        lines=(line, line),
        external_id=external_id,
        over_limit=OverLimit.CUT,
        date=page.published,
    )


def joined_authors(authors: tuple[str, ...]) -> str:
    """As many authors as the field takes, none cut."""
    names = [clean_line(name) for name in authors]
    while names and len(", ".join(names)) > MAX_AUTHOR_CHARACTERS:
        names.pop()
    return ", ".join(names)
