"""What kind of file a name says, and what the first bytes say where the name says nothing."""

from __future__ import annotations

import os
import re
from pathlib import Path

from search.exceptions import ReadError
from search.ingest.files.encodings import UTF8, guess_encoding
from search.ingest.readers.json_shape import holds_articles

#: A name that leaves the kind to the content.
BY_CONTENT = "any"
#: A name or content of an archive of files.
ARCHIVE = "archive"
FORMATS = {
    ".txt": "text", ".text": "text", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".rss": "feed", ".atom": "feed", ".warc": "warc",
    # Programs serve pages and feeds under these names; JSON may be an array or lines.
    ".json": BY_CONTENT, ".xml": BY_CONTENT, ".rdf": BY_CONTENT, ".php": BY_CONTENT, ".asp": BY_CONTENT,
    ".aspx": BY_CONTENT, ".jsp": BY_CONTENT,
    ".zip": ARCHIVE, ".tar": ARCHIVE, ".tgz": ARCHIVE, ".tbz": ARCHIVE, ".tbz2": ARCHIVE, ".txz": ARCHIVE,
}  # fmt: skip
#: What `--format` may ask for.
READ_FORMATS = ("text", "jsonl", "json", "html", "csv", "feed", "warc")
PACKED = (".gz", ".bz2", ".xz")
_LOOKED_AT = 16_384
_LEAD = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?!\s+html)[^>\[]*>)*", re.DOTALL | re.IGNORECASE)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|h1|p)[\s>/]", re.IGNORECASE)


def format_of(path: Path) -> str | None:
    """The kind by the file's name: one of `READ_FORMATS`, `ARCHIVE` or `BY_CONTENT`; ``None`` for a kind that is not known."""
    name = path.name.lower()
    unpacked = next((name[: -len(ending)] for ending in PACKED if name.endswith(ending)), name)
    ending = os.path.splitext(unpacked)[1]
    if ending:
        return FORMATS.get(ending)
    return BY_CONTENT


def stem_of(path: Path) -> str:
    """The file's name without the endings of its kind."""
    name = path.name
    for ending in PACKED:
        name = name[: -len(ending)] if name.lower().endswith(ending) and len(name) > len(ending) else name
    stem, ending = os.path.splitext(name)
    return stem if stem and ending.lower() in FORMATS else name


def format_by_content(sample: bytes) -> str | None:
    """The kind by a file's first bytes, unpacked; ``None`` where they are of no kind that is read."""
    if is_archive(sample):
        return ARCHIVE
    if sample.startswith(b"WARC/"):
        return "warc"
    head = sample[:_LOOKED_AT]
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
        return "feed"
    return "html" if _HTML.match(body) else None


def is_archive(sample: bytes) -> bool:
    """Whether the bytes begin a zip or tar file."""
    return sample.startswith((b"PK\x03\x04", b"PK\x05\x06")) or sample[257:262] == b"ustar"


def _kind_of_json(text: str) -> str | None:
    """``jsonl`` where an object is followed by another one in the next line; ``None`` for JSON without articles."""
    lines = [line.strip() for line in text.lstrip().split("\n", 2)[:2]]
    if len(lines) == 2 and lines[0].startswith("{") and lines[0].endswith("}") and lines[1].startswith("{"):
        return "jsonl"
    try:
        return "json" if holds_articles(text.encode(UTF8)) else None
    except ReadError:
        # Its reader says what is wrong.
        return "json"
