"""WARC files of crawlers: one page a response, read one at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from search.bounds import MAX_ID_CHARACTERS
from search.cleaning import clean_line
from search.exceptions import ReadError
from search.hashing import digest
from search.ingest.files.content_encodings import UNPACKED_HERE, unpacked_content
from search.ingest.files.opening import ByteStream, OpenedFile, translated_errors
from search.ingest.files.unpacking import read_some
from search.ingest.limits import MAX_PAGE_BYTES, MAX_WARC_HEADER_BYTES, MAX_WARC_KINDS
from search.ingest.readers.html import PageTask
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import Gaps
from search.ingest.records import Failure, Source

_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)
#: Content encodings that the library undoes.
_ENCODINGS = frozenset(["", "identity", "gzip", "x-gzip", "deflate"])
_PASSED = "WARC records that hold no page, passed over"


def read_warc(opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes) -> Iterator[PageTask | Failure]:
    """The tasks of reading the pages, in the order of the records; a page's line is its record's
    number in the file.

    Requests, revisits, other kinds of content and answers that are no success are counted and
    passed over. Damage is the last failure: what stood before it was given already.
    """
    number = done = 0
    passed: Counter[str] = Counter()
    stream = _Bare(opened.stream)
    try:
        with translated_errors():
            for record in _records(stream):
                number += 1
                other = _other_kind(record)
                if not record.rec_type:
                    yield Failure(source.name, number, "damaged WARC: a record that does not say what it is")
                elif other:
                    passed[other if other in passed or len(passed) < MAX_WARC_KINDS else "others"] += 1
                else:
                    yield _task(record, number, source, gaps)
                done = number
            if stream.damage is not None:
                raise stream.damage
    except ReadError as error:
        yield Failure(source.name, done + 1, error.reason)
    except ArchiveLoadFailed as error:
        yield Failure(source.name, done + 1, f"damaged WARC from here on: {clean_line(str(error))[:200]}")
    except (ValueError, AttributeError, IndexError):
        # The library takes them for granted.
        yield Failure(source.name, done + 1, "damaged WARC from here on: a header of the record is missing or is none")
    else:
        if not number:
            yield Failure(source.name, None, "the WARC holds no record")
    for other, count in passed.most_common():
        notes.remark(_PASSED, f"{source.name}: {count:,} {other}", count)


def _records(stream: _Bare) -> Iterator[Any]:
    """The records, what is left of each passed over before the next."""
    records = ArchiveIterator(stream)
    while True:
        stream.room = MAX_WARC_HEADER_BYTES
        record = next(records, None)
        stream.room = None
        if record is None:
            return
        yield record
        _is_whole(record.raw_stream)


class _Bare:
    """Only what the library needs, which takes damage for the end and headers of any length: both
    are known here."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self.damage: EOFError | None = None
        #: How many bytes may be read before the headers of a record have ended.
        self.room: int | None = None

    def read(self, size: int) -> bytes:
        """As of any stream."""
        if self.room is not None:
            self.room -= size
            if self.room < 0:
                raise ReadError("damaged WARC from here on: headers without end")
        try:
            return read_some(cast(IO[bytes], self._stream), size)
        except EOFError as error:
            self.damage = error
            raise


def _other_kind(record: Any) -> str:
    """What a record is that holds no page; ``""`` for one that does."""
    if record.rec_type not in ("response", "resource"):
        return str(record.rec_type)
    headers = record.http_headers
    if record.rec_type == "response":
        if headers is None:
            return "not of HTTP"
        status = headers.get_statuscode()
        if status != "200":
            return f"status {clean_line(status)[:20]}"
        kind = headers.get_header("Content-Type") or "text/html"
    else:
        kind = record.rec_headers.get_header("Content-Type") or ""
    kind = kind.split(";")[0].strip().lower()
    return "" if kind in _PAGES else f"of {clean_line(kind)[:60]}"


def _task(record: Any, number: int, source: Source, gaps: Gaps) -> PageTask | Failure:
    headers = record.http_headers
    encoding = ((headers and headers.get_header("Content-Encoding")) or "").strip().lower()
    if encoding not in _ENCODINGS and encoding not in UNPACKED_HERE:
        return Failure(source.name, number, f"the page is packed as {clean_line(encoding)[:40]!r}, which is not read")
    stream = record.raw_stream if encoding in UNPACKED_HERE else record.content_stream()
    if encoding in UNPACKED_HERE and _is_chunked(headers):
        stream = ChunkedDataReader(stream)
    try:
        data = stream.read(MAX_PAGE_BYTES + 1) if encoding not in UNPACKED_HERE else _whole(stream, encoding)
    except ReadError as error:
        return Failure(source.name, number, error.reason)
    if len(data) > MAX_PAGE_BYTES:
        return Failure(source.name, number, f"the page is larger than {MAX_PAGE_BYTES // 1024**2} MB")
    if not _is_whole(record.raw_stream):
        return Failure(source.name, number, "the record is cut short")
    url = clean_line(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    charset = _CHARSET.search((headers and headers.get_header("Content-Type")) or "")
    return PageTask(
        source, data, gaps, line=number, charset=charset[1] if charset else "", url=url, external_id=_id(url, number)
    )


def _whole(stream: Any, encoding: str) -> bytes:
    """A packed page, read to its end and unpacked."""
    pieces = []
    size = 0
    while piece := stream.read(65_536):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_PAGE_BYTES:
            raise ReadError(f"the page is larger than {MAX_PAGE_BYTES // 1024**2} MB")
    return unpacked_content(b"".join(pieces), encoding, MAX_PAGE_BYTES)


def _is_chunked(headers: Any) -> bool:
    return "chunked" in (headers.get_header("Transfer-Encoding") or "").lower()


def _is_whole(stream: Any) -> bool:
    """Whether a record has the bytes that its header states; what is left of it is read."""
    while stream.limit > 0:
        if not stream.read(65_536):
            return False
    return True


def _id(url: str, number: int) -> str:
    """The address that a page was saved from; a later record of the same one is a newer version of
    it."""
    if not url:
        return f"record-{number}"
    return url if len(url) <= MAX_ID_CHARACTERS else f"{url[: MAX_ID_CHARACTERS - 17]}#{digest(url)[:16]}"
