"""Libraries of references (RIS, BibTeX): one article an entry, its text the abstract."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

from search.exceptions import ReadError
from search.ingest.files.opening import OpenedFile, read_whole
from search.ingest.limits import MAX_DOCUMENT_SECONDS, MAX_REFERENCES_BYTES
from search.ingest.readers.libraries import needed
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import Gaps, checked_record
from search.ingest.records import Failure, Record, Source
from search.ingest.time_limit import PageTooSlow, time_limit

_LATEX = re.compile(r"[\\{}~$]")
_PIECE = re.compile(r"[^\n]{1,400}(?:\s|$|\n)|[\s\S]{1,400}")
_Entries = Callable[[str], list[tuple[int, dict[str, str] | str]]]


def read_ris(opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes) -> Iterator[Record | Failure]:
    """Records and failures in the order of the entries; an entry's line is its number."""
    return _read(opened, source, gaps, notes, _ris)


def read_bibtex(opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes) -> Iterator[Record | Failure]:
    """Records and failures in the order of the entries; an entry's line is the one it starts on."""
    return _read(opened, source, gaps, notes, _bibtex)


def _read(
    opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes, entries: _Entries
) -> Iterator[Record | Failure]:
    try:
        text = read_whole(opened.stream, MAX_REFERENCES_BYTES, "library of references").decode("utf-8", "replace")
        with time_limit(MAX_DOCUMENT_SECONDS):
            found = entries(text.lstrip("\ufeff"))
    except ReadError as error:
        yield Failure(source.name, error.line, error.reason)
        return
    except PageTooSlow:
        yield Failure(source.name, None, f"reading the references takes longer than {MAX_DOCUMENT_SECONDS:.0f} s")
        return
    if not found:
        yield Failure(source.name, None, "there is no reference in the file")
    for line, values in found:
        try:
            if isinstance(values, str):
                raise ReadError(values)
            if not values["text"]:
                notes.remark("references without an abstract, taken with their title alone", f"{source.name}:{line}")
            yield checked_record(values, line, source, gaps, notes)
        except ReadError as error:
            yield Failure(source.name, line, error.reason)


def _ris(text: str) -> list[tuple[int, dict[str, str] | str]]:
    rispy = needed("rispy", "RIS")
    try:
        entries = rispy.loads(text, skip_unknown_tags=False)
    except (OSError, ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise ReadError(f"no RIS that can be read: {str(error)[:100]}") from error
    return [(number, _of_ris(entry)) for number, entry in enumerate(entries, 1)]


def _of_ris(entry: dict[str, Any]) -> dict[str, str]:
    def first(*names: str) -> str:
        return next((text for name in names if (text := _one(entry.get(name)))), "")

    return {
        "id": first("id", "accession_number", "doi"),
        "title": first("title", "primary_title", "translated_title"),
        "text": first("abstract", "notes_abstract", "notes"),
        "outlet": first("journal_name", "secondary_title", "alternate_title3", "alternate_title1", "publisher"),
        "author": ", ".join(_natural(name) for name in entry.get("authors") or entry.get("first_authors") or ()),
        "published": first("date", "publication_year", "year").rstrip("/"),
        "language": first("language"),
        "url": first("urls", "url", "link_to_pdf"),
    }


def _one(value: object) -> str:
    if isinstance(value, list):
        return next((str(each).strip() for each in value if str(each).strip()), "")
    return str(value).strip() if value is not None else ""


def _bibtex(text: str) -> list[tuple[int, dict[str, str] | str]]:
    bibtexparser = needed("bibtexparser", "BibTeX")
    decoder = needed("pylatexenc.latex2text", "BibTeX").LatexNodes2Text(math_mode="verbatim")
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    try:
        library = bibtexparser.parse_string(text)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError) as error:
        raise ReadError(f"no BibTeX that can be read: {str(error)[:100]}") from error
    found: list[tuple[int, dict[str, str] | str]] = [
        (
            entry.start_line + 1,
            _of_bibtex(entry.key, {each.key.lower(): _plain(str(each.value), decoder) for each in entry.fields}),
        )
        for entry in library.entries
    ]
    found += [
        (block.start_line + 1, f"an entry that cannot be read: {str(block.error)[:100]}")
        for block in library.failed_blocks
    ]
    return sorted(found, key=lambda each: each[0])


def _plain(text: str, decoder: Any) -> str:
    """What LaTeX writes with signs as letters. A long text is looked at piece by piece: its library
    takes longer the more it is given at once."""
    if not _LATEX.search(text):
        return text
    pieces = _PIECE.findall(text)
    return "".join(_decoded(piece, decoder) for piece in pieces)


def _decoded(piece: str, decoder: Any) -> str:
    try:
        end = piece[len(piece.rstrip()) :]
        return f"{decoder.latex_to_text(piece.rstrip())}{end}"
    except (ValueError, IndexError, KeyError, AttributeError, TypeError):
        return piece


def _of_bibtex(key: str, fields: dict[str, str]) -> dict[str, str]:
    def first(*names: str) -> str:
        return next((" ".join(fields[name].split()) for name in names if fields.get(name, "").strip()), "")

    names = [_natural(" ".join(each.split())) for each in fields.get("author", "").split(" and ") if each.strip()]
    day = first("date") or "-".join(
        filter(None, (first("year"), _month(first("month")), first("day").zfill(2) if first("day") else ""))
    )
    return {
        "id": key,
        "title": first("title", "booktitle"),
        "text": first("abstract", "annote", "note"),
        "outlet": first("journal", "journaltitle", "newspaper", "publisher", "organization", "howpublished"),
        "author": ", ".join(names),
        "published": day,
        "language": first("langid", "language"),
        "url": first("url"),
    }


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _month(text: str) -> str:
    if text.isdigit():
        return f"{int(text):02}" if len(text) < 3 else ""
    name = text[:3].lower()
    return f"{_MONTHS.index(name) + 1:02}" if name in _MONTHS else ""


def _natural(name: str) -> str:
    """A name with its last part first in the order of speech."""
    last, comma, rest = name.partition(",")
    return f"{rest.strip()} {last.strip()}".strip() if comma else name.strip()
