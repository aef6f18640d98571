"""Files into records: each by its reader, pages in the worker processes, all in the order of the
input."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from search.bounds import MAX_OUTLET_CHARACTERS
from search.cleaning import clean_line
from search.formats import Format
from search.ingest.files.frames import page_of_frame, page_of_member
from search.ingest.files.inputs import InputFile
from search.ingest.files.opening import OpenedFile
from search.ingest.files.sources import OpenedSource, Skipped, SourceFile
from search.ingest.limits import BYTES_AHEAD, PAGES_AHEAD
from search.ingest.readers.csv import read_csv
from search.ingest.readers.documents import DocumentTask, read_document, split_document
from search.ingest.readers.feed import read_feed
from search.ingest.readers.html import PageAnswer, PageTask, answer, read_html
from search.ingest.readers.json import read_json
from search.ingest.readers.jsonl import read_jsonl
from search.ingest.readers.mail import read_mail
from search.ingest.readers.markdown import read_markdown
from search.ingest.readers.mhtml import read_mhtml
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import Gaps
from search.ingest.readers.references import read_bibtex, read_ris
from search.ingest.readers.shared_ids import SHARED_ID, IdsOfFile
from search.ingest.readers.sniffing import format_by_content
from search.ingest.readers.text import TextAnswer, TextTask, read_text, split_text
from search.ingest.readers.warc import read_warc
from search.ingest.readers.xlsx import read_xlsx
from search.ingest.records import Failure, NoArticle, Record, Source
from search.ingest.workers import Labeller, Later

ReadTask = PageTask | TextTask | DocumentTask
Answer = PageAnswer | TextAnswer
Item = Record | Failure | NoArticle

_READERS: Mapping[str, Callable[[OpenedFile, Source, Gaps, Notes], Iterator[Item | ReadTask]]] = {
    Format.TEXT: read_text, Format.JSONL: read_jsonl, Format.JSON: read_json, Format.CSV: read_csv, Format.FEED: read_feed,
    Format.HTML: read_html, Format.WARC: read_warc, Format.MAIL: read_mail, Format.MHTML: read_mhtml, Format.DOCX: read_document,
    Format.PDF: read_document, Format.RTF: read_document, Format.XLSX: read_xlsx, Format.MARKDOWN: read_markdown,
    Format.RIS: read_ris, Format.BIBTEX: read_bibtex,
}  # fmt: skip

#: Whose records have ids of their own.
_OF_RECORDS = frozenset([Format.JSONL, Format.JSON, Format.CSV, Format.XLSX, Format.MAIL, Format.RIS, Format.BIBTEX])


def _answer(task: ReadTask) -> Answer:
    """What a worker does."""
    if isinstance(task, DocumentTask):
        return split_document(task)
    return split_text(task) if isinstance(task, TextTask) else answer(task)


class Intake:
    """Reads the files of a run.

    Args:
        outlet: that of articles which state none, unless their file has its own.
        notes: what people should know; written to.
        skipped: names of files of no known kind; written to.
        labeller: whose processes read pages.
        names: fields of records, each with the name that holds it.
    """

    def __init__(
        self, outlet: str, notes: Notes, skipped: list[str], labeller: Labeller, names: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self._names = names
        self._outlet, self._notes, self._skipped, self._labeller = outlet, notes, skipped, labeller
        #: The file of each source, by the source's order.
        self.files: list[InputFile] = []
        # Pages of the archive that is read now.
        self._archive: InputFile | None = None
        self._members: set[str] = set()

    def items(self, files: Iterable[InputFile]) -> Iterator[tuple[Item, InputFile, int]]:
        """Records, failures and what is no article in order, each with its file and how many bytes
        of the input were read until then."""
        ahead: deque[tuple[Item | Later[Answer], int, InputFile, int]] = deque()
        waiting = size = 0
        for item, file, position in self._tasks(files):
            if isinstance(item, ReadTask):
                ahead.append((self._labeller.later(_answer, item), item.size, file, position))
                waiting, size = waiting + 1, size + item.size
            else:
                ahead.append((item, 0, file, position))
            while ahead:
                head, weight, its, at = ahead[0]
                if isinstance(head, Later):
                    room = waiting <= PAGES_AHEAD * self._labeller.workers and size <= BYTES_AHEAD
                    if room and self._labeller.workers > 1 and not head.done():
                        break
                    waiting, size = waiting - 1, size - weight
                ahead.popleft()
                for settled in self._settled(head):
                    yield settled, its, at
        for head, _, its, at in ahead:
            for settled in self._settled(head):
                yield settled, its, at

    def _settled(self, item: Item | Later[Answer]) -> Sequence[Item]:
        return item.result().noted(self._notes) if isinstance(item, Later) else [item]

    def _tasks(self, files: Iterable[InputFile]) -> Iterator[tuple[Item | ReadTask, InputFile, int]]:
        done = 0
        for file in files:
            reading = SourceFile(
                file.path,
                file.format,
                file.wanted,
                file.collection,
                scoped=file.scoped,
                sniff=format_by_content,
                place=file.place,
            )
            for found in reading.sources():
                if isinstance(found, Skipped):
                    self._skipped.append(found.name)
                elif isinstance(found, Failure):
                    yield found, file, done + reading.position
                else:
                    for item in self._read(found, file):
                        yield item, file, done + min(reading.position, file.size)
            done += file.size

    def _read(self, found: OpenedSource, file: InputFile) -> Iterator[Item | ReadTask]:
        opened = found.opened
        if opened.assumed:
            self._notes.encoding(opened.name, opened.encoding)
        assert opened.format is not None
        if opened.format == Format.HTML and (page := self._page_of_frame(opened.name, file)):
            yield NoArticle(opened.name, None, f"a frame of the saved page {page!r}, no article of its own")
            return
        order = len(self.files)
        self.files.append(file)
        source = Source(opened.name, found.collection, opened.content_hash, opened.format, opened.encoding, order)
        outlet = clean_line(file.outlet or self._outlet)[:MAX_OUTLET_CHARACTERS]
        gaps = Gaps(outlet, file.names or self._names)
        ids = IdsOfFile() if opened.format in _OF_RECORDS else None
        for item in _READERS[opened.format](opened, source, gaps, self._notes):
            if ids is not None and isinstance(item, Record):
                told = ids.told_apart(item)
                if told is not item:
                    self._notes.remark(SHARED_ID, f"{source.name}:{item.first_line}")
                yield told
            else:
                yield item

    def _page_of_frame(self, name: str, file: InputFile) -> str | None:
        """The page that a file or a member of an archive was saved with as a frame. A file that was
        named is what was asked for."""
        if "/" not in name:
            return page_of_frame(file.path) if file.place is not None else None
        if self._archive is not file:
            self._archive, self._members = file, set()
        self._members.add(name)
        return page_of_member(name, self._members)
