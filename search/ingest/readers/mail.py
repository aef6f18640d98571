"""Mails (EML) and mailboxes (MBOX): one article a mail, of a digest one for each mail in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

from search.cleaning import clean_line
from search.exceptions import ReadError
from search.ingest.files.encodings import decode_stated
from search.ingest.files.opening import ByteStream, OpenedFile, translated_errors
from search.ingest.limits import MAX_MAILS_OF_DIGEST, MAX_PAGE_BYTES, MAX_WEB_PAGE_SECONDS
from search.ingest.readers.fragments import fragment_text
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import Gaps, checked_record
from search.ingest.records import Failure, Record, Source
from search.ingest.time_limit import PageTooSlow, time_limit
from search.ingest.webpages.markup import known_charset

_BEGIN = b"From "
_QUOTED_BEGIN = re.compile(rb"^>(>*From )", re.MULTILINE)
_LIST_NAME = re.compile(r'^\s*+"?([^"<]{1,200}?)"?\s*+<')
#: A part in plain text that is so much shorter than the one in HTML only says that there is one.
_MIN_PLAIN_SHARE = 0.3
_ATTACHED = "attachments of mails, left out"


def read_mail(opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes) -> Iterator[Record | Failure]:
    """Records and failures in the order of the mails; a mail's line is the one it starts on."""
    number = 0
    try:
        with translated_errors():
            for number, data in _mails(opened.stream):
                if data is None:
                    yield Failure(source.name, number, f"the mail is larger than {MAX_PAGE_BYTES // 1024**2} MB")
                    continue
                yield from _articles(data, number, source, gaps, notes)
    except ReadError as error:
        yield Failure(source.name, number + 1, error.reason)
    if not number:
        yield Failure(source.name, None, "there is no mail in the file")


def _mails(stream: ByteStream) -> Iterator[tuple[int, bytes | None]]:
    """Each mail with the number of its first line; ``None`` for one over the limit."""
    lines: list[bytes] = []
    size = number = 0
    first, is_box, is_blank = 1, False, True
    while line := stream.readline(MAX_PAGE_BYTES + 1):
        number += 1
        if line.startswith(_BEGIN) and is_blank and (is_box or number == 1):
            if lines:
                yield first, _whole(lines, size, is_box=is_box)
            is_box, first, lines, size = True, number, [], 0
        else:
            size += len(line)
            if size <= MAX_PAGE_BYTES:
                lines.append(line)
        is_blank = not line.strip()
    if size:
        yield first, _whole(lines, size, is_box=is_box)


def _whole(lines: list[bytes], size: int, *, is_box: bool) -> bytes | None:
    if size > MAX_PAGE_BYTES:
        return None
    data = b"".join(lines)
    # Boxes put a sign before lines of a mail that would begin the next.
    return _QUOTED_BEGIN.sub(rb"\1", data) if is_box else data


def _articles(data: bytes, number: int, source: Source, gaps: Gaps, notes: Notes) -> Iterator[Record | Failure]:
    try:
        with time_limit(MAX_WEB_PAGE_SECONDS):
            found = [_values(mail, notes, f"{source.name}:{number}") for mail in _of_digest(parsed_mail(data))]
    except ReadError as error:
        yield Failure(source.name, number, error.reason)
        return
    except PageTooSlow:
        yield Failure(source.name, number, f"reading the mail takes longer than {MAX_WEB_PAGE_SECONDS:.0f} s")
        return
    for values in found:
        try:
            yield checked_record(values, number, source, gaps, notes)
        except ReadError as error:
            yield Failure(source.name, number, error.reason)


def parsed_mail(data: bytes) -> EmailMessage:
    """A mail of its bytes.

    Raises:
        ReadError: it is none.
    """
    try:
        mail = message_from_bytes(data, policy=policy.default)
    except (ValueError, RecursionError, LookupError, AttributeError, IndexError) as error:
        raise ReadError(f"no mail that can be read: {str(error)[:100]}") from error
    if not mail.keys():
        raise ReadError("no mail: it begins with no header")
    assert isinstance(mail, EmailMessage)
    return mail


def _of_digest(mail: EmailMessage) -> list[EmailMessage]:
    """The mails in a digest; the mail itself where it is none."""
    inner = [part.get_content() for part in mail.walk() if part.get_content_type() == "message/rfc822"]
    digests = any(part.get_content_type() == "multipart/digest" for part in mail.walk())
    found = [each for each in inner[:MAX_MAILS_OF_DIGEST] if isinstance(each, EmailMessage)]
    return found if digests and found else [mail]


def _values(mail: EmailMessage, notes: Notes, place: str) -> dict[str, str]:
    """A mail as a record's values. What a list or a newsletter sends is theirs, else it is by who
    sends it."""
    name, address = parseaddr(header(mail, "From"))
    sender = name or address
    of_list = _LIST_NAME.match(header(mail, "List-Id"))
    is_bulk = bool(header(mail, "List-Unsubscribe")) and not of_list
    for part in mail.iter_attachments() if mail.is_multipart() else ():
        notes.remark(_ATTACHED, f"{place} {clean_line(part.get_filename() or part.get_content_type())[:60]}")
    return {
        "id": header(mail, "Message-ID").strip("<> "),
        "title": header(mail, "Subject"),
        "text": _text(mail),
        "outlet": of_list[1] if of_list else sender if is_bulk else "",
        "author": "" if is_bulk else sender,
        "published": header(mail, "Date"),
        "url": header(mail, "Archived-At").strip("<> "),
    }


def header(mail: Any, name: str) -> str:
    """A header as text; ``""`` where it is missing or beyond what the library reads."""
    try:
        return clean_line(str(mail.get(name) or ""))
    except (ValueError, IndexError, AttributeError, LookupError, TypeError):
        return ""


def _text(mail: EmailMessage) -> str:
    """The longer of what is said in plain text and in HTML, the plain one where they are near."""
    plain = _of_kind(mail, "plain")
    html = fragment_text(_of_kind(mail, "html"))
    text = html if len(plain) < _MIN_PLAIN_SHARE * len(html) else plain
    # What stands below two dashes is a signature.
    return text.split("\n-- \n")[0]


def _of_kind(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    if part is None or part.get_content_maintype() != "text":
        return ""
    text = part_text(part).replace("\r\n", "\n")
    if kind == "plain" and str(part.get_param("format", "")).lower() == "flowed":
        # A blank at the end of a line says that the paragraph goes on.
        text = re.sub(r"(?<!^--) \n(?!\n)", " ", text, flags=re.MULTILINE)
    return text


def part_text(part: Any) -> str:
    """The text of a part of a mail, in the encoding that it states unless its bytes contradict
    it."""
    data = part.get_payload(decode=True) or b""
    if not data:
        return ""
    return decode_stated(data, known_charset(str(part.get_content_charset() or ""))).text
