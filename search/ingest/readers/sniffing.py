"""The format of a file by its content, where its name does not tell."""

from __future__ import annotations

import re

from search.exceptions import ReadError
from search.formats import Format
from search.ingest.files.encodings import UTF8, guess_encoding
from search.ingest.files.kinds import ARCHIVE, is_archive
from search.ingest.limits import KIND_SAMPLE_BYTES
from search.ingest.readers.json_shape import holds_articles

_MARKS = ((b"%PDF-", Format.PDF), (b"{\\rtf", Format.RTF), (b"From ", Format.MAIL), (b"TY  - ", Format.RIS))
_OFFICE = b"[Content_Types].xml"
_OFFICE_FOLDERS = ((b"word/document", Format.DOCX), (b"xl/workbook", Format.XLSX))
_LEAD = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?!\s+html)[^>\[]*>)*", re.DOTALL | re.IGNORECASE)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|h1|p)[\s>/]", re.IGNORECASE)


def format_by_content(sample: bytes) -> str | None:
    """The kind by a file's first bytes, unpacked; ``None`` where they are of no kind that is
    read."""
    known = next((kind for mark, kind in _MARKS if sample.startswith(mark)), None)
    if known is not None:
        return known
    if is_archive(sample):
        return _office_kind(sample) or ARCHIVE
    if sample.startswith(b"WARC/"):
        return Format.WARC
    head = sample[:KIND_SAMPLE_BYTES]
    try:
        encoding = guess_encoding(head, whole=len(head) == len(sample))
    except ReadError:
        return None
    text = head.decode(encoding, "replace").lstrip("\ufeff")
    body = text[_LEAD.match(text).end() :]  # type: ignore[union-attr]  # it matches the empty string
    if body.startswith(("[", "{")):
        return _kind_of_json(sample.decode(encoding, "replace").lstrip("\ufeff"))
    if _FEED.match(body) or (text.lstrip().startswith("<") and "<!ENTITY" in text):
        # What declares entities is refused by the reader of feeds, with the reason.
        return Format.FEED
    return Format.HTML if _HTML.match(body) else None


def _office_kind(sample: bytes) -> str | None:
    """That of a zip file which an office program wrote."""
    if _OFFICE not in sample[:KIND_SAMPLE_BYTES]:
        return None
    return next((kind for folder, kind in _OFFICE_FOLDERS if folder in sample), None)


def _kind_of_json(text: str) -> str | None:
    """``jsonl`` where an object is followed by another one in the next line; ``None`` for JSON
    without articles."""
    lines = [line.strip() for line in text.lstrip().split("\n", 2)[:2]]
    if len(lines) == 2 and lines[0].startswith("{") and lines[0].endswith("}") and lines[1].startswith("{"):
        return Format.JSONL
    try:
        return Format.JSON if holds_articles(text.encode(UTF8)) else None
    except ReadError:
        # Its reader says what is wrong.
        return Format.JSON
