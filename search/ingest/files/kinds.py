"""What kind of file a name says, and what the first bytes say where the name says nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from search.formats import Format

#: A name that leaves the kind to the content.
BY_CONTENT = "any"
#: A name or content of an archive of files.
ARCHIVE = "archive"
#: Zip archives of WARC files, with lists of their own beside them.
WEB_ARCHIVES = ".wacz"
# Kinds that a page or text is kept in beside another: one is not a newer version of the other.
_BESIDE = frozenset([
    Format.MAIL, Format.MHTML, Format.DOCX, Format.XLSX, Format.MARKDOWN, Format.RIS, Format.BIBTEX, Format.PDF, Format.RTF,
])  # fmt: skip
# Of Markdown: what people say of a folder in it, which is no article.
_ON_FOLDERS = frozenset(["readme", "license", "changelog", "contributing"])
FORMATS: Mapping[str, str] = {
    ".txt": Format.TEXT, ".text": Format.TEXT, ".jsonl": Format.JSONL, ".ndjson": Format.JSONL,
    ".html": Format.HTML, ".htm": Format.HTML, ".xhtml": Format.HTML, ".shtml": Format.HTML,
    ".csv": Format.CSV, ".tsv": Format.CSV, ".tab": Format.CSV, ".rss": Format.FEED, ".atom": Format.FEED, ".warc": Format.WARC,
    ".docx": Format.DOCX, ".docm": Format.DOCX, ".xlsx": Format.XLSX, ".xlsm": Format.XLSX, ".pdf": Format.PDF, ".rtf": Format.RTF,
    ".eml": Format.MAIL, ".mbox": Format.MAIL, ".mbx": Format.MAIL, ".mhtml": Format.MHTML, ".mht": Format.MHTML,
    ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".ris": Format.RIS, ".bib": Format.BIBTEX, ".bibtex": Format.BIBTEX,
    # Programs serve pages and feeds under these names; JSON may be an array or lines.
    ".json": BY_CONTENT, ".xml": BY_CONTENT, ".rdf": BY_CONTENT, ".php": BY_CONTENT, ".asp": BY_CONTENT,
    ".aspx": BY_CONTENT, ".jsp": BY_CONTENT,
    ".zip": ARCHIVE, ".tar": ARCHIVE, ".tgz": ARCHIVE, ".tbz": ARCHIVE, ".tbz2": ARCHIVE, ".txz": ARCHIVE,
    WEB_ARCHIVES: ARCHIVE,
}  # fmt: skip
#: What `--format` may ask for.
READ_FORMATS = tuple(each.value for each in Format)
PACKED = (".gz", ".bz2", ".xz")


def format_of(path: Path) -> str | None:
    """The kind by the file's name: one of `READ_FORMATS`, `ARCHIVE` or `BY_CONTENT`; ``None`` for a
    kind that is not known."""
    name = path.name.lower()
    unpacked = next((name[: -len(ending)] for ending in PACKED if name.endswith(ending)), name)
    stem, ending = os.path.splitext(unpacked)
    if ending:
        if FORMATS.get(ending) == Format.MARKDOWN and stem in _ON_FOLDERS:
            return None
        return FORMATS.get(ending)
    return BY_CONTENT


def stem_of(path: Path) -> str:
    """The file's name without the endings of its kind, but with those of kinds in which people keep
    the same article beside each other."""
    name = path.name
    for ending in PACKED:
        name = name[: -len(ending)] if name.lower().endswith(ending) and len(name) > len(ending) else name
    stem, ending = os.path.splitext(name)
    return stem if stem and ending.lower() in FORMATS and FORMATS[ending.lower()] not in _BESIDE else name


def is_archive(sample: bytes) -> bool:
    """Whether the bytes begin a zip or tar file."""
    return sample.startswith((b"PK\x03\x04", b"PK\x05\x06")) or sample[257:262] == b"ustar"
